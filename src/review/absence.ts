import { markOf, median } from './alarm';
import type { Alarm } from './alarm';
import type { FigureSource, FrameFigures } from './frame-figures';
import { backWithin, longestHole } from './thresholds';
import type { Thresholds } from './thresholds';

/** Present frames that tell an object's usual size. */
const usualFrames = 8;

/** How far from a frame the rule looks. */
export const absenceReach: number = 2 * usualFrames + backWithin;

/** An object that is empty or left out on a frame, though it was whole on the frame before. */
export function absenceAt(
  source: FigureSource,
  objectId: string,
  frame: number,
  { wholeShare }: Thresholds,
): Alarm | null {
  const before = frame > 0 ? source.at(frame - 1) : null;
  if (!before || before.area === 0) return null;
  const now = source.at(frame);
  if (now === null) return holeAt(source, objectId, frame, before);
  if (now.area > 0 || now.vouched) return null;
  const usual = usualArea(source, frame - 1);
  const share = before.area / usual;
  if (share < wholeShare) return null;
  if (before.atBorder && !comesBack(source, frame, before)) return null;
  return {
    ...{ kind: 'absence', sign: 'gone', objectId, frame, otherId: null, lastGood: frame - 1 },
    ...{ strength: share / wholeShare, before: before.area, after: 0, of: markOf(before) },
  };
}

/** Frames that a run left out, between frames that it computed. */
function holeAt(source: FigureSource, objectId: string, frame: number, before: FrameFigures): Alarm | null {
  if (before.vouched) return null;
  for (let next = frame + 1; next <= frame + longestHole && next < source.frameCount; next++) {
    const after = source.at(next);
    if (!after) continue;
    if (after.vouched || after.area === 0) return null;
    return {
      ...{ kind: 'absence', sign: 'hole', objectId, frame, otherId: null, lastGood: frame - 1 },
      ...{ strength: 1, before: frame, after: next - 1, of: markOf(null) },
    };
  }
  return null;
}

/** The median area of the last frames on which the object was in the picture. */
function usualArea(source: FigureSource, last: number): number {
  const areas: number[] = [];
  for (
    let frame = last;
    frame >= 0 && frame > last - 2 * usualFrames && areas.length < usualFrames;
    frame--
  ) {
    const area = source.at(frame)?.area ?? 0;
    if (area > 0) areas.push(area);
  }
  return median(areas) ?? 1;
}

function comesBack(source: FigureSource, frame: number, before: FrameFigures): boolean {
  for (let next = frame + 1; next <= frame + backWithin && next < source.frameCount; next++) {
    const after = source.at(next);
    if (!after || after.area === 0) continue;
    return Math.hypot(after.x - before.x, after.y - before.y) < Math.sqrt(before.area);
  }
  return false;
}
