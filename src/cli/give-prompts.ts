import type { Edit, PromptRecord } from '../annotation';
import { encodeRunLength } from '../mask';
import { objectNamed } from '../session';
import type { Session } from '../session';
import { readMaskPicture } from './mask-picture';
import type { FileObject, FilePrompt } from './prompts-file';

/** What prompts from a file came to. */
export interface GivenPrompts {
  readonly objects: readonly string[];
  readonly prompts: number;
}

/**
 * Gives a session the prompts of a file, and waits for their masks. Objects of a name that was there before have theirs
 * added; others are new. Rejects with an EditError or CommandError, also where several have a name; what was given before stays.
 */
export async function givePrompts(
  session: Session,
  objects: readonly FileObject[],
  each: (done: number, total: number) => void = () => undefined,
): Promise<GivenPrompts> {
  const before = [...session.document.objects];
  const total = objects.reduce((sum, one) => sum + one.prompts.length, 0);
  let done = 0;
  for (const { name, class: className, prompts } of objects) {
    const id =
      objectNamed(before, name)?.id ??
      session.objects.add({ name, ...(className === null ? {} : { class: className }) }).id;
    for (const prompt of prompts) {
      await givePrompt(session, id, prompt);
      each(++done, total);
    }
  }
  return { objects: objects.map((one) => one.name), prompts: total };
}

/** Points, box and mask of one prompt are one edit: the model answers them together. */
async function givePrompt(
  session: Session,
  objectId: string,
  { frame, mask, points, box }: FilePrompt,
): Promise<void> {
  const { width, height } = session.video;
  const base = (): { id: string; objectId: string; frame: number } => ({
    id: session.nextId(),
    objectId,
    frame,
  });
  const bitmap = mask === null ? null : await readMaskPicture(mask, width, height);
  const stored = bitmap && (await session.store.put(encodeRunLength(bitmap)));
  const given: readonly PromptRecord[] = [
    ...(stored === null ? [] : [{ kind: 'mask', ...base(), mask: stored } as const]),
    ...(box === null
      ? []
      : [{ kind: 'box', ...base(), x0: box[0], y0: box[1], x1: box[2], y1: box[3] } as const]),
    ...points.map(([x, y, sign]) => ({ kind: 'point', ...base(), x, y, positive: sign === 1 }) as const),
  ];
  // A frame has one box and one mask of an object: those that are given take the place of those there.
  const replaced = session.document
    .promptsAt(objectId, frame)
    .filter(({ kind }) => kind !== 'point' && given.some((one) => one.kind === kind));
  const edits: readonly Edit[] = [
    ...replaced.map((one) => ({ kind: 'remove-prompt', promptId: one.id }) as const),
    ...given.map((prompt) => ({ kind: 'add-prompt', prompt }) as const),
  ];
  await session.apply({ kind: 'together', edits });
}
