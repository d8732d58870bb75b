import type { AnnotationDocument, Edit, NewObject } from '../annotation';
import { FormatError } from '../errors';
import { readPrompts } from '../formats';
import type { GivenPrompt } from '../formats';
import { filesInput } from './import-masks';
import type { Video } from './video';

/** What {@link Session.importPrompts} brought. */
export interface PromptReport {
  /** Names of the new objects. */
  readonly objects: readonly string[];
  readonly prompts: number;
}

interface PromptedSession {
  readonly document: AnnotationDocument;
  readonly video: Video;
  readonly objects: { add(wanted: NewObject): { readonly id: string } };
  nextId(): string;
  apply(edit: Edit): Promise<void>;
  step<T>(label: string, work: () => T): T;
}

/**
 * Reads boxes and points of a COCO, LabelMe or CSV file; each object of it becomes a new object with those prompts, all as
 * one step to undo. The whole file is read before anything is changed. Resolves when the masks are there.
 */
export async function givePrompts(session: PromptedSession, path: string): Promise<PromptReport> {
  const found = await readGivenPrompts(session.video, path);
  await session.step('Import prompts', () => addPrompts(session, found));
  return {
    objects: found.map((one) => one[0]!.name),
    prompts: found.reduce((sum, one) => sum + one.length, 0),
  };
}

/**
 * The prompts of a COCO, LabelMe or CSV file (or a folder of LabelMe files) on the frames of a video: a list an object, none
 * of them empty. Rejects with a FormatError when it is none of these, when a box is on no frame, or when there is none.
 */
export async function readGivenPrompts(
  video: Video,
  path: string,
): Promise<readonly (readonly GivenPrompt[])[]> {
  const found = new Map<string, GivenPrompt[]>();
  const input = await filesInput(video, path, 'No prompt was given.');
  for await (const one of readPrompts(input)) {
    const known = found.get(one.key);
    if (known) known.push(one);
    else found.set(one.key, [one]);
  }
  if (found.size === 0)
    throw new FormatError(`There is no box and no point in ${path}. No prompt was given.`, { path });
  return [...found.values()];
}

async function addPrompts(
  session: PromptedSession,
  found: readonly (readonly GivenPrompt[])[],
): Promise<void> {
  for (const prompts of found) {
    const { name, className } = prompts[0]!;
    const { id } = session.objects.add({ name, ...(className === null ? {} : { class: className }) });
    const frames = new Set(prompts.map((one) => one.frame));
    for (const frame of frames) {
      const here = prompts.filter((one) => one.frame === frame);
      // A frame has one box of an object: the last of them.
      const given = here.filter((one, i) => !one.box || !here.slice(i + 1).some((other) => other.box));
      const edits = given.map((one) => promptEdit(session, id, one));
      await session.apply({ kind: 'together', edits });
    }
  }
}

function promptEdit(session: PromptedSession, objectId: string, { frame, box, point }: GivenPrompt): Edit {
  const base = { id: session.nextId(), objectId, frame };
  if (box) {
    const [x0, y0, x1, y1] = box;
    return { kind: 'add-prompt', prompt: { ...base, kind: 'box', x0, y0, x1, y1 } };
  }
  return { kind: 'add-prompt', prompt: { ...base, kind: 'point', ...point! } };
}
