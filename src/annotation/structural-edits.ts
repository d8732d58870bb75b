import { EditError } from '../errors';
import type { AnnotationDocument } from './document';
import type { Edit, TrackChange } from './edits';
import type { IdSource } from './new-records';
import { without } from './ranges';
import type { ObjectRecord, PromptRecord, RangeRecord } from './records';

/** Frames from `first` to `last`, both included. */
export type Range = readonly [first: number, last: number];

/** Takes an object's prompts and masks off a range of frames (D2). */
export function deleteRangeEdit(document: AnnotationDocument, objectId: string, range: Range): Edit {
  const changes = framesIn(document, objectId, range).map((frame) => ({ frame, entry: null }));
  return together([
    ...promptsIn(document, objectId, range).map(({ id }): Edit => ({ kind: 'remove-prompt', promptId: id })),
    ...(changes.length > 0 ? [{ kind: 'set-track', objectId, changes } as const] : []),
  ]);
}

/**
 * Says that an object is not in the picture on a range of frames (D2). Its prompts there go, and the masks they made;
 * propagated masks stay beneath, for the day the absence is taken back.
 */
export function markAbsentEdit(
  document: AnnotationDocument,
  objectId: string,
  range: Range,
  nextId: IdSource,
): Edit {
  const { touching, ...joined } = joinedWith(document.absences, objectId, range);
  const changes = framesIn(document, objectId, range).flatMap((frame): TrackChange[] => {
    const { source } = document.track(objectId).entryAt(frame)!;
    return source.kind === 'prompted' ? [{ frame, entry: source.before ?? null }] : [];
  });
  return together([
    ...promptsIn(document, objectId, range).map(({ id }): Edit => ({ kind: 'remove-prompt', promptId: id })),
    ...(changes.length > 0 ? [{ kind: 'set-track', objectId, changes } as const] : []),
    ...touching.map(({ id }): Edit => ({ kind: 'remove-absence', absenceId: id })),
    { kind: 'add-absence', absence: { id: nextId(), objectId, ...joined } },
  ]);
}

/** Locks an object's masks on a range of frames; ranges that are locked already and touch it become one with it (F5). */
export function lockEdit(
  { locks }: Pick<AnnotationDocument, 'locks'>,
  objectId: string,
  range: Range,
  nextId: IdSource,
): Edit {
  const { touching, ...joined } = joinedWith(locks, objectId, range);
  return together([
    ...touching.map(({ id }): Edit => ({ kind: 'remove-lock', lockId: id })),
    { kind: 'add-lock', lock: { id: nextId(), objectId, ...joined } },
  ]);
}

/** Takes the word “absent” back on a range of frames; the masks beneath are seen again. */
export function markPresentEdit(
  document: Pick<AnnotationDocument, 'absences'>,
  objectId: string,
  range: Range,
  nextId: IdSource,
): Edit {
  return cutOut(document.absences, objectId, range, nextId, {
    remove: (absenceId) => ({ kind: 'remove-absence', absenceId }),
    add: (absence) => ({ kind: 'add-absence', absence }),
  });
}

/** Lets an object's masks on a range of frames be changed again. */
export function unlockEdit(
  document: Pick<AnnotationDocument, 'locks'>,
  objectId: string,
  range: Range,
  nextId: IdSource,
): Edit {
  return cutOut(document.locks, objectId, range, nextId, {
    remove: (lockId) => ({ kind: 'remove-lock', lockId }),
    add: (lock) => ({ kind: 'add-lock', lock }),
  });
}

/** Takes everything away that was made: locks first, since nothing changes what is locked. Settings stay (A1). */
export function startOverEdit(document: AnnotationDocument): Edit {
  return together([
    ...document.barriers.map((frame): Edit => ({ kind: 'set-barrier', frame, on: false })),
    ...document.locks.map(({ id }): Edit => ({ kind: 'remove-lock', lockId: id })),
    ...document.objects.map(({ id }): Edit => ({ kind: 'remove-object', objectId: id })),
    ...document.features.map(({ id }): Edit => ({ kind: 'remove-feature', featureId: id })),
    ...document.classes.map(({ id }): Edit => ({ kind: 'remove-class', classId: id })),
  ]);
}

/** From a frame on, each of two objects has what the other had: prompts and masks. Names, classes, features stay (D2). */
export function swapEdit(document: AnnotationDocument, one: string, other: string, from: number): Edit {
  if (one === other) throw new EditError('An object cannot be swapped with itself. Nothing was changed.');
  const range = [from, document.video.frameCount - 1] as const;
  const moved = [...promptsIn(document, one, range), ...promptsIn(document, other, range)];
  return together([
    ...moved.map((prompt): Edit => ({
      kind: 'change-prompt',
      prompt: { ...prompt, objectId: prompt.objectId === one ? other : one },
    })),
    ...takeOver(document, other, one, range),
    ...takeOver(document, one, other, range),
  ]);
}

/** From a frame on, what an object had is a new object's, which comes behind it in the list (D2). */
export function splitEdit(
  document: AnnotationDocument,
  objectId: string,
  from: number,
  object: ObjectRecord,
): Edit {
  const range = [from, document.video.frameCount - 1] as const;
  const at = document.objects.findIndex((one) => one.id === objectId) + 1;
  const values = document.featureChanges.filter((one) => one.objectId === objectId && one.frame >= from);
  const masks = changesOf(document, objectId, range);
  if (masks.length === 0)
    throw new EditError(
      `“${document.object(objectId).name}” has no mask from frame ${from} on, so there is nothing to split off. Nothing was changed.`,
    );
  return together([
    { kind: 'add-object', object, at },
    ...promptsIn(document, objectId, range).map((prompt): Edit => ({
      kind: 'change-prompt',
      prompt: { ...prompt, objectId: object.id },
    })),
    { kind: 'set-track', objectId: object.id, changes: masks },
    { kind: 'set-track', objectId, changes: masks.map(({ frame }) => ({ frame, entry: null })) },
    ...values.flatMap(({ featureId, frame, value }): Edit[] => [
      { kind: 'set-feature', featureId, objectId: object.id, frame, change: { value } },
      { kind: 'set-feature', featureId, objectId, frame, change: null },
    ]),
  ]);
}

/** The edits that give `to` what `from` has on a range, and no more. */
function takeOver(document: AnnotationDocument, from: string, to: string, range: Range): Edit[] {
  const mine = changesOf(document, from, range);
  const there = new Set(mine.map(({ frame }) => frame));
  const gone = framesIn(document, to, range).filter((frame) => !there.has(frame));
  const changes = [...mine, ...gone.map((frame) => ({ frame, entry: null }))];
  return changes.length > 0 ? [{ kind: 'set-track', objectId: to, changes }] : [];
}

function changesOf(document: AnnotationDocument, objectId: string, range: Range): TrackChange[] {
  const track = document.track(objectId);
  return framesIn(document, objectId, range).map((frame) => ({ frame, entry: track.entryAt(frame)! }));
}

function framesIn(document: AnnotationDocument, objectId: string, [first, last]: Range): number[] {
  return document
    .track(objectId)
    .frames()
    .filter((frame) => frame >= first && frame <= last);
}

function promptsIn(document: AnnotationDocument, objectId: string, [first, last]: Range): PromptRecord[] {
  return document.prompts.filter(
    (one) => one.objectId === objectId && one.frame >= first && one.frame <= last,
  );
}

/** An object's ranges that a range overlaps or adjoins, and the range that all of them make together. */
function joinedWith(
  ranges: readonly RangeRecord[],
  objectId: string,
  [first, last]: Range,
): { readonly touching: readonly RangeRecord[]; readonly first: number; readonly last: number } {
  const touching = ranges.filter(
    (one) => one.objectId === objectId && one.first <= last + 1 && one.last >= first - 1,
  );
  const all = [...touching, { first, last }];
  return {
    touching,
    first: Math.min(...all.map((one) => one.first)),
    last: Math.max(...all.map((one) => one.last)),
  };
}

/** Takes a range out of an object's ranges: those that it touches go, and what is left of each comes as ranges of its own. */
function cutOut(
  ranges: readonly RangeRecord[],
  objectId: string,
  range: Range,
  nextId: IdSource,
  edits: { readonly remove: (id: string) => Edit; readonly add: (range: RangeRecord) => Edit },
): Edit {
  const touched = ranges.filter(
    (one) => one.objectId === objectId && one.first <= range[1] && one.last >= range[0],
  );
  return together(
    touched.flatMap(({ id, ...one }) => [
      edits.remove(id),
      ...without([[one.first, one.last]], [range]).map(([first, last]) =>
        edits.add({ id: nextId(), objectId, first, last }),
      ),
    ]),
  );
}

function together(edits: readonly Edit[]): Edit {
  return edits.length === 1 ? edits[0]! : { kind: 'together', edits };
}
