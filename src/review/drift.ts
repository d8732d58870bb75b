import { markOf, median } from './alarm';
import type { Alarm, AlarmSign } from './alarm';
import type { FigureSource } from './frame-figures';
import { creepFrames } from './thresholds';
import type { Thresholds } from './thresholds';

/** Frames on either side that tell what is usual, and how many of them there must be. */
const usualFrames = 8;
const fewest = 4;
/** Frames on either side that tell an object's course. */
const courseFrames = 3;
/** Frames on either side that tell how much an area usually changes over {@link creepFrames}. */
const creepAround = 60;
/** What is usual is never less than this: outlines are not known to the pixel. */
const noise = { area: 0.01, place: 0.01, creep: 0.05 };
/** What changes by less, of its area or length, is not worth a look, however still the object is otherwise. */
const least = { area: 0.1, place: 0.1, creep: 0.2 };

/** How far from a frame the rule looks. */
export const driftReach: number = creepAround + creepFrames;

/**
 * A mask that leaves its object: its area jumps, its centroid leaves its course, or its area creeps away, each by many
 * times what is usual for this object hereabouts. The alarm stands at the frame that the user did not vouch for.
 */
export function driftAt(
  source: FigureSource,
  objectId: string,
  frame: number,
  { areaJump, placeJump, creep }: Thresholds,
): Alarm | null {
  const signs = [
    { sign: 'area', strength: areaScore(source, frame) / areaJump, from: frame - 1 },
    { sign: 'place', strength: placeScore(source, frame) / placeJump, from: frame - 1 },
    { sign: 'creep', strength: creepScore(source, frame) / creep, from: frame - creepFrames },
  ] as const;
  const best = signs.reduce((a, b) => (b.strength > a.strength ? b : a));
  const now = source.at(frame);
  const before = source.at(best.from);
  if (best.strength < 1 || !now || !before || (now.vouched && before.vouched)) return null;
  const at = now.vouched ? best.from : frame;
  return {
    ...{ kind: 'drift', sign: best.sign satisfies AlarmSign, objectId, frame: at, otherId: null },
    ...{ lastGood: now.vouched ? null : best.from, strength: best.strength },
    before: best.sign === 'place' ? 0 : before.area,
    after: best.sign === 'place' ? Math.hypot(now.x - before.x, now.y - before.y) : now.area,
    of: `${markOf(before)} ${markOf(now)}`,
  };
}

/** Change of the area from the frame before, in logarithms, as a ratio to its usual change; 0 where it is not known. */
function areaScore(source: FigureSource, frame: number): number {
  return ratioToUsual((at) => areaChange(source, at, 1), frame, 'area');
}

/** How far the centroid is off its course, in lengths of the object, as a ratio to what is usual. */
function placeScore(source: FigureSource, frame: number): number {
  return ratioToUsual((at) => offCourse(source, at), frame, 'place');
}

/** Change of the area over {@link creepFrames}, as a ratio to three quarters of the others hereabouts. */
function creepScore(source: FigureSource, frame: number): number {
  const change = areaChange(source, frame, creepFrames);
  if (change === null || change < least.creep) return 0;
  // A mask of the user's on the way says that the change is as it should be.
  for (let at = frame - creepFrames + 1; at <= frame; at++) if (source.at(at)?.vouched) return 0;
  const others: number[] = [];
  for (let at = Math.max(0, frame - creepAround); at <= frame + creepAround; at++) {
    // Stretches that share half of their frames with this one show the same change.
    if (at >= frame - creepFrames / 2 && at <= frame + 1.5 * creepFrames) continue;
    const other = areaChange(source, at, creepFrames);
    if (other !== null) others.push(other);
  }
  if (others.length < fewest) return 0;
  others.sort((a, b) => a - b);
  return change / (others[Math.floor(0.75 * others.length)]! + noise.creep);
}

function ratioToUsual(of: (frame: number) => number | null, frame: number, what: keyof typeof noise): number {
  const value = of(frame);
  if (value === null || value < least[what]) return 0;
  const others: number[] = [];
  for (let at = frame - usualFrames; at <= frame + usualFrames; at++) {
    const other = at === frame ? null : of(at);
    if (other !== null) others.push(other);
  }
  return others.length < fewest ? 0 : value / (median(others)! + noise[what]);
}

function areaChange(source: FigureSource, frame: number, over: number): number | null {
  const [now, before] = [source.at(frame), source.at(frame - over)];
  if (!now || !before || now.area === 0 || before.area === 0) return null;
  return Math.abs(Math.log(now.area / before.area));
}

function offCourse(source: FigureSource, frame: number): number | null {
  const step = stepAt(source, frame);
  if (!step) return null;
  const near: (readonly [number, number])[] = [];
  for (let at = frame - courseFrames; at <= frame + courseFrames; at++) {
    const other = at === frame ? null : stepAt(source, at);
    if (other) near.push(other);
  }
  if (near.length < 2) return null;
  const [x, y] = [median(near.map((one) => one[0]))!, median(near.map((one) => one[1]))!];
  const area = Math.min(source.at(frame)!.area, source.at(frame - 1)!.area);
  return Math.hypot(step[0] - x, step[1] - y) / Math.sqrt(area);
}

function stepAt(source: FigureSource, frame: number): readonly [number, number] | null {
  const [now, before] = [source.at(frame), source.at(frame - 1)];
  if (!now || !before || now.area === 0 || before.area === 0) return null;
  return [now.x - before.x, now.y - before.y];
}
