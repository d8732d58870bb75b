import { takenAlong } from './carried-masks';
import type { AnnotationDocument } from './document';
import { without } from './ranges';
import type { Range } from './structural-edits';

/**
 * The frames of an object that a correction will change and no run has carried it to yet: beside a prompted frame that
 * had a propagated mask, as far as masks go that the same run made, or one before it; and where another mask of that
 * frame was carried already, as far as propagated masks go. Locked frames end a stretch, absences are left out. Ranges
 * in frame order, ends inclusive, the corrected frame itself not among them.
 */
export function outdatedRanges(document: AnnotationDocument, objectId: string): readonly Range[] {
  const order = new Map(document.runs.map((run, index) => [run.id, index]));
  const track = document.track(objectId);
  // Where a run does not say what it took along: one of an older session, or one that was cancelled.
  const carried = (frame: number, since: number): boolean =>
    document.runs.some(
      (run, index) => index > since && run.from === frame && run.objectIds.includes(objectId) && !run.carried,
    );
  return track.vouched().flatMap((frame): Range[] => {
    const { source, mask } = track.entryAt(frame)!;
    const before = source.kind === 'prompted' ? source.before?.source : undefined;
    if (before?.kind !== 'propagated') return [];
    const corrected = order.get(before.run) ?? -1;
    const reach = (way: 1 | -1): number => {
      const known = takenAlong(document, objectId, frame, way);
      if (known === null ? carried(frame, corrected) : known === mask) return frame;
      const isOlder = (at: number): boolean => {
        const there = track.entryAt(at)?.source;
        if (there?.kind !== 'propagated') return false;
        return known !== null || (order.get(there.run) ?? -1) <= corrected;
      };
      let at = frame;
      while (isOlder(at + way) && !document.isLocked(objectId, at + way)) at += way;
      return at;
    };
    const [first, last] = [reach(-1), reach(1)];
    const absent = document.absences
      .filter((one) => one.objectId === objectId)
      .map((one): Range => [one.first, one.last]);
    return [...without([[first, last]], [[frame, frame], ...absent])];
  });
}
