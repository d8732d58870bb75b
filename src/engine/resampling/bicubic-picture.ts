import { cubic, filterTaps } from './filter-taps';
import type { FilterTaps } from './filter-taps';

/** A picture as bytes: `data[(y * width + x) * 3 + channel]`. */
export interface BytePicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Weights are whole numbers of this many binary places, as in Pillow (Resample.c: 32 - 8 - 2 bits). */
const places = 22;
const half = 1 << (places - 1);

/**
 * A picture at another size, as three planes, red, green and blue: uint8[3, height, width]. Byte for byte what Pillow's
 * bicubic `resize` makes of it, which is what SAM 2 was evaluated with: first across, then down, rounded to bytes in
 * between.
 */
export function resizeBicubic(source: BytePicture, width: number, height: number): Uint8Array {
  const wide = across(source, filterTaps(source.width, width, cubic), width);
  return down(wide, width, source.height, filterTaps(source.height, height, cubic), height);
}

function wholeWeights({ weights }: FilterTaps): Int32Array {
  return Int32Array.from(weights, (one) => Math.trunc(one * (1 << places) + (one < 0 ? -0.5 : 0.5)));
}

function toByte(sum: number): number {
  const value = sum >> places;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** uint8[3, source.height, width]. A sample's own place has all the weight where the width stays: it is only copied. */
function across(source: BytePicture, taps: FilterTaps, width: number): Uint8Array {
  const weights = wholeWeights(taps);
  const { first, count, most } = taps;
  const { data } = source;
  const plane = width * source.height;
  const planes = new Uint8Array(3 * plane);
  for (let y = 0; y < source.height; y++) {
    const row = y * source.width * 3;
    for (let x = 0, out = y * width; x < width; x++, out++) {
      let at = row + first[x]! * 3;
      let red = half;
      let green = half;
      let blue = half;
      const from = x * most;
      const to = from + count[x]!;
      for (let j = from; j < to; j++, at += 3) {
        const weight = weights[j]!;
        red = (red + Math.imul(data[at]!, weight)) | 0;
        green = (green + Math.imul(data[at + 1]!, weight)) | 0;
        blue = (blue + Math.imul(data[at + 2]!, weight)) | 0;
      }
      planes[out] = toByte(red);
      planes[out + plane] = toByte(green);
      planes[out + 2 * plane] = toByte(blue);
    }
  }
  return planes;
}

/** uint8[3, rows, width] to uint8[3, height, width]. */
function down(planes: Uint8Array, width: number, rows: number, taps: FilterTaps, height: number): Uint8Array {
  const weights = wholeWeights(taps);
  const { first, count, most } = taps;
  const data = new Uint8Array(3 * width * height);
  const sums = new Int32Array(width);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      const from = (channel * rows + first[y]!) * width;
      sums.fill(half);
      // Four rows at once: sums are read and written a quarter as often, which is what takes the time.
      for (let j = 0; j < count[y]!; j += 4)
        addRows(sums, planes, from + j * width, weights, y * most + j, Math.min(4, count[y]! - j));
      const out = (channel * height + y) * width;
      for (let x = 0; x < width; x++) data[out + x] = toByte(sums[x]!);
    }
  }
  return data;
}

/** Adds `rows` (1 to 4) rows of `planes` from `at` on, weighted, to the sums. */
function addRows(
  sums: Int32Array,
  planes: Uint8Array,
  at: number,
  weights: Int32Array,
  from: number,
  rows: number,
): void {
  const width = sums.length;
  const [first, second, third, fourth] = [0, 1, 2, 3].map((row) =>
    row < rows ? weights[from + row]! : 0,
  ) as [number, number, number, number];
  // Rows that are not there count nothing: any that is there stands for them.
  const two = rows > 1 ? at + width : at;
  const three = rows > 2 ? at + 2 * width : at;
  const four = rows > 3 ? at + 3 * width : at;
  const { imul } = Math;
  for (let x = 0; x < width; x++) {
    const above = imul(planes[at + x]!, first) + imul(planes[two + x]!, second);
    const below = imul(planes[three + x]!, third) + imul(planes[four + x]!, fourth);
    sums[x] = (sums[x]! + above + below) | 0;
  }
}
