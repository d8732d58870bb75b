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
export function connectedComponents({ width, height, data }: Bitmap, corners = false): Components {
  const labels = new Int32Array(width * height);
  const stack = new Int32Array(width * height);
  const sizes: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] !== 1 || labels[start] !== 0) continue;
    const label = sizes.length + 1;
    let size = 0;
    let top = 0;
    stack[top++] = start;
    labels[start] = label;
    const visit = (next: number): void => {
      if (data[next] !== 1 || labels[next] !== 0) return;
      labels[next] = label;
      stack[top++] = next;
    };
    while (top > 0) {
      const at = stack[--top]!;
      size++;
      const x = at % width;
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (at >= width) visit(at - width);
      if (at < data.length - width) visit(at + width);
      if (!corners) continue;
      if (at >= width && x > 0) visit(at - width - 1);
      if (at >= width && x < width - 1) visit(at - width + 1);
      if (at < data.length - width && x > 0) visit(at + width - 1);
      if (at < data.length - width && x < width - 1) visit(at + width + 1);
    }
    sizes.push(size);
  }
  return { labels, sizes };
}

/** The mask without parts smaller than `fraction` of the largest. */
export function keepLargeComponents(mask: Bitmap, fraction: number): Bitmap {
  const { labels, sizes } = connectedComponents(mask);
  const least = fraction * Math.max(0, ...sizes);
  const data = new Uint8Array(mask.data.length);
  for (let i = 0; i < data.length; i++) {
    const label = labels[i]!;
    if (label > 0 && sizes[label - 1]! >= least) data[i] = 1;
  }
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
  const { data } = mask;
  const parts = side === 1 ? mask : { ...mask, data: data.map((one) => 1 - one) };
  const { labels, sizes } = connectedComponents(parts);
  const largest = Math.max(...sizes, 0);
  for (let i = 0; i < data.length; i++) {
    const size = labels[i]! > 0 ? sizes[labels[i]! - 1]! : largest;
    if (size < least && size < largest) data[i] = 1 - side;
  }
}
