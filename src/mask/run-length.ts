import { bitmapBox } from './bitmap';
import type { Bitmap } from './bitmap';

/**
 * A mask at rest, as in COCO: lengths of alternating runs, down the columns from the top left, the first run
 * counting pixels that are not set (it may be 0). The counts add up to `width * height`.
 */
export interface RunLength {
  readonly width: number;
  readonly height: number;
  readonly counts: Uint32Array;
}

/** Run lengths of a bitmap. */
export function encodeRunLength(mask: Bitmap): RunLength {
  const { width, height, data } = mask;
  const box = bitmapBox(mask);
  if (!box) return emptyRunLength(width, height);
  const counts: number[] = [];
  let value = 0;
  // Columns without any are counted, and not looked at.
  let length = box.x0 * height;
  for (let x = box.x0; x <= box.x1; x++) {
    for (let i = x; i < data.length; i += width) {
      if (data[i] === value) length++;
      else {
        counts.push(length);
        length = 1;
        value ^= 1;
      }
    }
  }
  const rest = (width - 1 - box.x1) * height;
  if (value === 0) counts.push(length + rest);
  else counts.push(length, ...(rest > 0 ? [rest] : []));
  return { width, height, counts: Uint32Array.from(counts) };
}

/** The bitmap of run lengths. Throws a TypeError when the counts do not add up to the mask's size. */
export function decodeRunLength(mask: RunLength): Bitmap {
  const data = new Uint8Array(mask.width * mask.height);
  paintRunLength(mask, data, 1);
  return { width: mask.width, height: mask.height, data };
}

/**
 * Writes `value` into `target` (uint8 or uint16[height * width], row by row) wherever the mask is set; other pixels stay.
 * Throws a TypeError when the counts do not add up to the mask's size.
 */
export function paintRunLength(mask: RunLength, target: Uint8Array | Uint16Array, value: number): void {
  const { width, height, counts } = mask;
  const size = width * height;
  let position = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = position + counts[i]!;
    if (end > size) throw new TypeError(`run lengths exceed the mask's ${size} pixels`);
    if ((i & 1) === 1) paintColumns(target, width, height, position, end, value);
    position = end;
  }
  if (position !== size) throw new TypeError(`run lengths cover ${position} of the mask's ${size} pixels`);
}

function paintColumns(
  target: Uint8Array | Uint16Array,
  width: number,
  height: number,
  from: number,
  to: number,
  value: number,
): void {
  let x = Math.floor(from / height);
  let y = from - x * height;
  for (let i = from; i < to; i++) {
    target[y * width + x] = value;
    if (++y === height) {
      y = 0;
      x++;
    }
  }
}

/** Run lengths of a mask with no pixel set. */
export function emptyRunLength(width: number, height: number): RunLength {
  return { width, height, counts: Uint32Array.of(width * height) };
}

/** The number of pixels that are set, without decoding. */
export function runLengthArea(mask: RunLength): number {
  let area = 0;
  for (let i = 1; i < mask.counts.length; i += 2) area += mask.counts[i]!;
  return area;
}

/** A mask without the pixels of others of its size. */
export function withoutRunLengths(mask: RunLength, others: readonly RunLength[]): RunLength {
  const bitmap = decodeRunLength(mask);
  for (const other of others) paintRunLength(other, bitmap.data, 0);
  return encodeRunLength(bitmap);
}

/** The number of pixels that two masks of one size share, without decoding. */
export function runLengthOverlap(a: RunLength, b: RunLength): number {
  if (a.width !== b.width || a.height !== b.height) throw new TypeError('two masks of one size are needed');
  let both = 0;
  let i = 0;
  let j = 0;
  let left = a.counts[0] ?? 0;
  let right = b.counts[0] ?? 0;
  while (i < a.counts.length && j < b.counts.length) {
    const step = Math.min(left, right);
    if ((i & 1) === 1 && (j & 1) === 1) both += step;
    left -= step;
    right -= step;
    if (left === 0) left = a.counts[++i] ?? 0;
    if (right === 0) right = b.counts[++j] ?? 0;
  }
  return both;
}

/** Intersection over union of two masks of one size, without decoding; 1 when both are empty. */
export function runLengthIou(a: RunLength, b: RunLength): number {
  const both = runLengthOverlap(a, b);
  const either = runLengthArea(a) + runLengthArea(b) - both;
  return either === 0 ? 1 : both / either;
}
