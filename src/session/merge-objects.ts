import { covers, promptsMark } from '../annotation';
import type { AnnotationDocument, Edit, IdSource, MaskStore, TrackChange, TrackEntry } from '../annotation';
import { EditError } from '../errors';
import { decodeRunLength, encodeRunLength, paintRunLength, runLengthArea } from '../mask';

/**
 * The edit that makes one object of two: `one` takes the prompts, masks and values of `other`, which goes. Where both
 * have a mask it is the two joined; where one of these was prompted, the joined mask stands as a mask given by hand.
 * Rejects with an EditError for an object with itself.
 */
export async function mergeEdit(
  document: AnnotationDocument,
  store: MaskStore,
  one: string,
  other: string,
  nextId: IdSource,
): Promise<Edit> {
  if (one === other) throw new EditError('An object cannot be merged with itself. Nothing was changed.');
  const names = [document.object(one).name, document.object(other).name];
  const [mine, theirs] = [document.track(one), document.track(other)];
  const changes: TrackChange[] = [];
  const prompts: Edit[] = [];
  for (const frame of theirs.frames()) {
    const [a, b] = [mine.entryAt(frame), theirs.entryAt(frame)!];
    const moved = document.promptsAt(other, frame);
    if (!a || a.area === 0) {
      document
        .promptsAt(one, frame)
        .forEach(({ id }) => prompts.push({ kind: 'remove-prompt', promptId: id }));
      moved.forEach((prompt) =>
        prompts.push({ kind: 'change-prompt', prompt: { ...prompt, objectId: one } }),
      );
      changes.push({ frame, entry: b });
    } else if (b.area > 0) {
      const joined = await join(store, a, b, names);
      const given = [...document.promptsAt(one, frame), ...moved];
      given.forEach(({ id }) => prompts.push({ kind: 'remove-prompt', promptId: id }));
      if (given.length > 0) {
        const prompt = { id: nextId(), objectId: one, frame, kind: 'mask', mask: joined.mask } as const;
        prompts.push({ kind: 'add-prompt', prompt });
        changes.push({
          frame,
          entry: { ...joined, source: { kind: 'prompted', of: promptsMark([prompt]) } },
        });
      } else changes.push({ frame, entry: joined });
    }
  }
  return {
    kind: 'together',
    edits: [
      ...liftedAbsences(document, one, changes),
      ...prompts,
      ...(changes.length > 0 ? [{ kind: 'set-track', objectId: one, changes } as const] : []),
      ...values(document, one, other),
      { kind: 'remove-object', objectId: other },
    ],
  };
}

async function join(
  store: MaskStore,
  a: TrackEntry,
  b: TrackEntry,
  objects: readonly string[],
): Promise<TrackEntry> {
  const bitmap = decodeRunLength(await store.get(a.mask));
  paintRunLength(await store.get(b.mask), bitmap.data, 1);
  const mask = encodeRunLength(bitmap);
  return { mask: await store.put(mask), source: { kind: 'merged', objects }, area: runLengthArea(mask) };
}

/** Where the other was seen, the joined object is not absent. */
function liftedAbsences(document: AnnotationDocument, id: string, changes: readonly TrackChange[]): Edit[] {
  const lifted = document.absences.filter((one) => changes.some(({ frame }) => covers(one, id, frame)));
  return lifted.map((one) => ({ kind: 'remove-absence', absenceId: one.id }));
}

/** The other's values go over where the first has none of that feature. */
function values(document: AnnotationDocument, one: string, other: string): Edit[] {
  const had = new Set(
    document.featureChanges.filter((change) => change.objectId === one).map((change) => change.featureId),
  );
  return document.featureChanges
    .filter((change) => change.objectId === other && !had.has(change.featureId))
    .map(({ featureId, frame, value }) => ({
      kind: 'set-feature',
      featureId,
      objectId: one,
      frame,
      change: { value },
    }));
}
