import { bitmapBox } from './bitmap';
import type { Bitmap } from './bitmap';

/** Connected parts of a mask. */
export interface Components {
  /** int32[height * width]: 0 for background, else the part's number from 1. */
  readonly labels: Int32Array;
  /** Pixels of each part; `sizes[0]` is that of part 1. */
  readonly sizes: readonly number[];
}

/**
 * The connected parts of a mask, numbered in reading order of their first pixels. Pixels touch by their sides;
 * with `corners` also by their corners.
 */
export function connectedComponents(mask: Bitmap, corners = false): Components {
  const { starts, ends, parts, sizes } = runsOf(mask, 1, corners);
  const labels = new Int32Array(mask.data.length);
  for (let i = 0; i < starts.length; i++) labels.fill(parts[i]! + 1, starts[i], ends[i]);
  return { labels, sizes };
}

/** The mask without parts smaller than `fraction` of the largest. */
export function keepLargeComponents(mask: Bitmap, fraction: number): Bitmap {
  const { starts, ends, parts, sizes } = runsOf(mask, 1);
  const least = fraction * largestOf(sizes);
  const data = new Uint8Array(mask.data.length);
  for (let i = 0; i < starts.length; i++) if (sizes[parts[i]!]! >= least) data.fill(1, starts[i], ends[i]);
  return { ...mask, data };
}

/**
 * The mask without parts of fewer than `least` pixels, and without gaps in it that are as small. The largest part stays however small it is.
 */
export function withoutSpecks(mask: Bitmap, least: number): Bitmap {
  const box = bitmapBox(mask);
  if (!box) return mask;
  // With a line of background around it: a gap that is open to the outside is none.
  const [width, height] = [box.x1 - box.x0 + 3, box.y1 - box.y0 + 3];
  const within = { width, height, data: new Uint8Array(width * height) };
  const lines = Array.from({ length: height - 2 }, (_, y) => ({
    whole: (box.y0 + y) * mask.width + box.x0,
    own: (y + 1) * width + 1,
  }));
  for (const { whole, own } of lines) within.data.set(mask.data.subarray(whole, whole + width - 2), own);
  turnSmallParts(within, 1, least);
  turnSmallParts(within, 0, least);
  const data = new Uint8Array(mask.data.length);
  for (const { whole, own } of lines) data.set(within.data.subarray(own, own + width - 2), whole);
  return { ...mask, data };
}

/** Gives parts of one `side` that have fewer than `least` pixels to the other, but for its largest. */
function turnSmallParts(mask: Bitmap, side: 0 | 1, least: number): void {
  const { starts, ends, parts, sizes } = runsOf(mask, side);
  const largest = largestOf(sizes);
  for (let i = 0; i < starts.length; i++) {
    const size = sizes[parts[i]!]!;
    if (size < least && size < largest) mask.data.fill(1 - side, starts[i], ends[i]);
  }
}

function largestOf(sizes: readonly number[]): number {
  return sizes.reduce((largest, one) => Math.max(largest, one), 0);
}

/** Pixels of one kind that lie side by side in a line, in reading order, and the parts that they are of. */
interface Runs {
  /** As places in the mask, the ends excluded. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** For each run the number of its part, from 0 in reading order of their first pixels. */
  readonly parts: Int32Array;
  /** Pixels of each part. */
  readonly sizes: readonly number[];
}

/**
 * The pixels of a mask that have `value`, in runs: there are a thousand times fewer than pixels. Runs that touch get one root, the first
 * of them, as in He, Chao and Suzuki, "A run-based two-scan labeling algorithm" (2008).
 */
function runsOf(mask: Bitmap, value: 0 | 1, corners = false): Runs {
  const { starts, ends } = cutIntoRuns(mask, value);
  const roots = Int32Array.from(starts, (_, i) => i);
  const apart = corners ? 0 : 1;
  // Of two lines the runs are passed side by side; `above` is the first run that may touch this one.
  for (let i = 0, above = 0; i < starts.length; i++) {
    const [from, to] = [starts[i]! - mask.width, ends[i]! - mask.width];
    const lineAbove = (Math.floor(starts[i]! / mask.width) - 1) * mask.width;
    while (above < i && (ends[above]! < from + apart || starts[above]! < lineAbove)) above++;
    for (let other = above; other < i && starts[other]! <= to - apart; other++) {
      if (starts[other]! >= lineAbove + mask.width) break;
      join(roots, i, other);
    }
  }
  const parts = new Int32Array(starts.length);
  const sizes: number[] = [];
  for (let i = 0; i < parts.length; i++) {
    const root = rootOf(roots, i);
    if (root === i) sizes.push(0);
    parts[i] = root === i ? sizes.length - 1 : parts[root]!;
    sizes[parts[i]!]! += ends[i]! - starts[i]!;
  }
  return { starts, ends, parts, sizes };
}

function cutIntoRuns({ width, data }: Bitmap, value: 0 | 1): Pick<Runs, 'starts' | 'ends'> {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = data.indexOf(value); at >= 0; at = data.indexOf(value, at)) {
    starts.push(at);
    const line = at - (at % width) + width;
    while (at < line && data[at] === value) at++;
    ends.push(at);
  }
  return { starts, ends };
}

/** The first of the runs that are known to touch one; the way there becomes shorter. */
function rootOf(roots: Int32Array, run: number): number {
  let root = run;
  while (roots[root]! !== root) {
    roots[root] = roots[roots[root]!]!;
    root = roots[root]!;
  }
  return root;
}

function join(roots: Int32Array, one: number, other: number): void {
  const [first, second] = [rootOf(roots, one), rootOf(roots, other)];
  if (first < second) roots[second] = first;
  else roots[first] = second;
}
