import type { AnnotationDocument, Edit, MaskStore, TrackEntry } from '../annotation';
import type { WireStep } from '../engine/host';
import { runLengthArea, runLengthOverlap, withoutRunLengths } from '../mask';
import type { RunLength } from '../mask';
import { promptedFrames } from './run-plan';
import type { Sweep } from './run-plan';

/** A sweep, and the frame whose correction it carries, if it does. */
export interface CarriedSweep extends Sweep {
  readonly corrected: number | undefined;
  /** What the masks beside the corrected frame know of it, where the run has found that by itself. */
  readonly found?: RunLength;
}

/** A sweep of one object back from a frame on which it is said anew. */
export interface WayBack extends CarriedSweep {
  readonly corrected: number;
  readonly found: RunLength;
}

/** An object that the user says anew on a frame that a run comes by, and what the run would have found of it. */
export interface SaidAnew {
  readonly frame: number;
  readonly objectId: string;
  readonly found: RunLength;
}

/** The way back from a frame on which an object is said anew, to where the sweep that came by there began. */
export function backFrom(
  { reverse, first, last, objects }: Sweep,
  { frame, objectId, found }: SaidAnew,
): WayBack {
  const { start } = objects.find(({ id }) => id === objectId)!;
  const next = reverse ? frame + 1 : frame - 1;
  return {
    reverse: !reverse,
    first: reverse ? next : Math.max(first, start),
    last: reverse ? Math.min(last, start) : next,
    objects: [{ id: objectId, start: next }],
    corrected: frame,
    found,
  };
}

/** True while the user still says on the frame what a sweep goes back with: prompts may be taken back while a run goes on. */
export function isStillSaid(
  document: AnnotationDocument,
  { corrected, objects, first, last }: WayBack,
): boolean {
  const { id } = objects[0]!;
  const isThere = document.objects.some((one) => one.id === id);
  return first <= last && isThere && promptedFrames(document, id).includes(corrected);
}

/**
 * On a frame that a run went back to: what it had found of its other objects there, without what the object has now. Within a run a pixel has
 * one object. Answers with the pixels that are left of those, by object id.
 */
export async function leaveToObject(
  {
    document,
    store,
    commit,
  }: {
    readonly document: AnnotationDocument;
    readonly store: MaskStore;
    readonly commit: (edit: Edit) => void;
  },
  run: { readonly id: string; readonly objectIds: readonly string[] },
  { frame, masks }: Pick<WireStep, 'frame' | 'masks'>,
): Promise<Record<string, number>> {
  const areas: Record<string, number> = {};
  const foundBy = (id: string): TrackEntry | null => {
    if (!document.objects.some((one) => one.id === id) || document.isLocked(id, frame)) return null;
    const entry = document.track(id).entryAt(frame);
    return entry?.source.kind === 'propagated' && entry.source.run === run.id ? entry : null;
  };
  for (const { objectId, mask } of masks) {
    if (!foundBy(objectId)) continue;
    for (const other of run.objectIds.filter((id) => id !== objectId)) {
      const entry = foundBy(other);
      if (!entry) continue;
      const had = await store.get(entry.mask);
      if (runLengthOverlap(had, mask) === 0) continue;
      const now = withoutRunLengths(had, [mask]);
      const id = await store.put(now);
      // It may have been prompted meanwhile.
      if (foundBy(other) !== entry) continue;
      const changed = { ...entry, mask: id, area: runLengthArea(now) };
      commit({ kind: 'set-track', objectId: other, changes: [{ frame, entry: changed }] });
      areas[other] = changed.area;
    }
  }
  return areas;
}
