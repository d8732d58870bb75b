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
 * A picture at another size, byte for byte what Pillow's bicubic `resize` makes of it, which is what SAM 2 was
 * evaluated with: first across, then down, rounded to bytes in between.
 */
export function resizeBicubic(source: BytePicture, width: number, height: number): BytePicture {
  const wide =
    source.width === width ? source : across(source, filterTaps(source.width, width, cubic), width);
  return wide.height === height ? wide : down(wide, filterTaps(wide.height, height, cubic), height);
}

function wholeWeights({ weights }: FilterTaps): Int32Array {
  return Int32Array.from(weights, (one) => Math.trunc(one * (1 << places) + (one < 0 ? -0.5 : 0.5)));
}

function toByte(sum: number): number {
  const value = sum >> places;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function across(source: BytePicture, taps: FilterTaps, width: number): BytePicture {
  const weights = wholeWeights(taps);
  const { first, count, most } = taps;
  const data = new Uint8Array(width * source.height * 3);
  for (let y = 0, out = 0; y < source.height; y++) {
    const row = y * source.width * 3;
    for (let x = 0; x < width; x++) {
      let at = row + first[x]! * 3;
      const from = x * most;
      const to = from + count[x]!;
      let [red, green, blue] = [half, half, half];
      for (let j = from; j < to; j++, at += 3) {
        const weight = weights[j]!;
        red += source.data[at]! * weight;
        green += source.data[at + 1]! * weight;
        blue += source.data[at + 2]! * weight;
      }
      data[out++] = toByte(red);
      data[out++] = toByte(green);
      data[out++] = toByte(blue);
    }
  }
  return { width, height: source.height, data };
}

function down(source: BytePicture, taps: FilterTaps, height: number): BytePicture {
  const weights = wholeWeights(taps);
  const { first, count, most } = taps;
  const stride = source.width * 3;
  const data = new Uint8Array(stride * height);
  const sums = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(half);
    for (let j = 0; j < count[y]!; j++) {
      const weight = weights[y * most + j]!;
      const row = (first[y]! + j) * stride;
      for (let i = 0; i < stride; i++) sums[i]! += source.data[row + i]! * weight;
    }
    for (let i = 0; i < stride; i++) data[y * stride + i] = toByte(sums[i]!);
  }
  return { width: source.width, height, data };
}
