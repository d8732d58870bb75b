/** For each sample of a line: the first source sample it takes, and the weights from there on. */
export interface FilterTaps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** float64[to, most]: weights that add up to 1, `most` to a sample. */
  readonly weights: Float64Array;
  readonly most: number;
}

/** A filter kernel: its half width in samples, and its value there. */
export interface Kernel {
  readonly support: number;
  at(x: number): number;
}

/** Straight lines to both neighbours. */
export const triangle: Kernel = { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) };

/** Cubic convolution with a = -0.5 (Keys, 1981), as Pillow and torch's antialiased resizing use it. */
export const cubic: Kernel = {
  support: 2,
  at: (value) => {
    const x = Math.abs(value);
    const a = -0.5;
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
    return 0;
  },
};

/**
 * Weights for resampling a line of `from` samples to `to` samples. When it shrinks, the kernel widens with it,
 * so that every sample counts (Pillow's Resample.c, torch's UpSampleKernel.cpp with antialias).
 */
export function filterTaps(from: number, to: number, kernel: Kernel): FilterTaps {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = kernel.support * stretch;
  const most = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Float64Array(to * most);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const low = Math.max(0, Math.trunc(centre - support + 0.5));
    const high = Math.min(from, Math.trunc(centre + support + 0.5));
    first[i] = low;
    count[i] = high - low;
    let sum = 0;
    for (let j = 0; j < high - low; j++) {
      const weight = kernel.at((j + low - centre + 0.5) / stretch);
      weights[i * most + j] = weight;
      sum += weight;
    }
    for (let j = 0; j < high - low; j++) weights[i * most + j]! /= sum;
  }
  return { first, count, weights, most };
}
