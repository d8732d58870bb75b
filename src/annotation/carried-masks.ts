import type { AnnotationDocument } from './document';
import type { MaskId, MaskSource } from './records';

/** The mask that a frame's prompts build on: what a correction there corrects. Undefined where nothing was there. */
export function baseOf(source: MaskSource): MaskId | undefined {
  return source.kind === 'prompted' ? (source.base ?? source.before?.mask) : undefined;
}

/**
 * What the masks to one side of a corrected frame know of its object there: the mask that a run took along last. Null
 * where none did since its first prompt. `now`: passes over runs that took along the mask of this id, so that a
 * correction which is carried once more is carried as it was.
 */
export function takenAlong(
  document: AnnotationDocument,
  objectId: string,
  frame: number,
  way: 1 | -1,
  now?: MaskId,
): MaskId | null {
  const source = document.track(objectId).entryAt(frame)?.source;
  const before = source?.kind === 'prompted' ? source.before?.mask : undefined;
  if (before === undefined) return null;
  for (let run = document.runs.length - 1; run >= 0; run--) {
    const known = document.runs[run]!.carried?.find(
      (one) => one.frame === frame && one.before === before && one.way === way && one.mask !== now,
    );
    if (known) return known.mask;
  }
  return null;
}
