import type { CoverageRun } from '../../annotation';
import { firstNotBelow } from './lane';
import type { FrameRange } from './lane';
import { frameLeft, frameMiddle } from './timeline-scale';
import type { TimelineScale } from './timeline-scale';

/** A stretch of a lane in pixels. */
export interface Stretch {
  readonly x0: number;
  readonly x1: number;
}

/** What a lane shows of one object. */
export interface LaneShapes {
  /** Frames with a mask. */
  readonly bars: readonly Stretch[];
  /** Frames whose mask was read from a file. */
  readonly imported: readonly Stretch[];
  /** Frames where the object was looked for and is not in the picture. */
  readonly absent: readonly Stretch[];
}

/** The stretches of a lane that are in sight; those that would share a pixel are joined. Runs are in frame order. */
export function laneShapes(runs: readonly CoverageRun[], scale: TimelineScale): LaneShapes {
  const bars: { x0: number; x1: number }[] = [];
  const imported: { x0: number; x1: number }[] = [];
  const absent: { x0: number; x1: number }[] = [];
  for (let i = firstInSight(runs, scale.first); i < runs.length; i++) {
    const run = runs[i]!;
    const x0 = frameLeft(scale, run.first);
    if (x0 > scale.width) break;
    joinOrAdd(
      run.kind === 'absent' ? absent : run.kind === 'imported' ? imported : bars,
      x0,
      frameLeft(scale, run.last + 1),
    );
  }
  return { bars, imported, absent };
}

/** The ranges in sight as stretches. */
export function stretches(ranges: readonly FrameRange[], scale: TimelineScale): Stretch[] {
  return ranges
    .map(([first, last]) => ({ x0: frameLeft(scale, first), x1: frameLeft(scale, last + 1) }))
    .filter(({ x0, x1 }) => x1 >= 0 && x0 <= scale.width);
}

function joinOrAdd(list: { x0: number; x1: number }[], x0: number, x1: number): void {
  const last = list[list.length - 1];
  if (last && x0 - last.x1 < 1) last.x1 = Math.max(last.x1, x1);
  else list.push({ x0, x1: Math.max(x1, x0 + 1) });
}

/** The first run that reaches to `frame` or beyond. */
function firstInSight(runs: readonly CoverageRun[], frame: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.last + 1 < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The middles of frames in sight, those closer than two pixels left out. Frames rise. */
export function markPlaces(frames: readonly number[], scale: TimelineScale): number[] {
  const places: number[] = [];
  const first = scale.first - 8 / scale.pixelsPerFrame;
  for (let i = firstNotBelow(frames, first); i < frames.length; i++) {
    const x = frameMiddle(scale, frames[i]!);
    if (x > scale.width + 8) break;
    if (x - (places[places.length - 1] ?? -Infinity) >= 2) places.push(x);
  }
  return places;
}

/** What there is of an object on a frame. */
export function kindAt(runs: readonly CoverageRun[], frame: number): CoverageRun['kind'] | null {
  const run = runs[firstInSight(runs, frame)];
  if (run && run.first <= frame && frame <= run.last) return run.kind;
  const next = runs[firstInSight(runs, frame) + 1];
  return next && next.first <= frame && frame <= next.last ? next.kind : null;
}
