import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resizeBicubic } from '../../../src/engine/resampling';

// Scaling pictures as Pillow does (Resample.c), here once more as plainly as it can be written.

/** Keys's kernel, a = -0.5. */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * (x ** 3 - 5 * x ** 2 + 8 * x - 4) : 0;
}

/** One line of bytes at another length. */
function resizeLine(line: readonly number[], length: number): number[] {
  const scale = line.length / length;
  const stretch = Math.max(1, scale);
  return Array.from({ length }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - 2 * stretch + 0.5));
    const to = Math.min(line.length, Math.trunc(centre + 2 * stretch + 0.5));
    const weights = Array.from({ length: to - from }, (__, j) => kernel((from + j - centre + 0.5) / stretch));
    const all = weights.reduce((sum, one) => sum + one, 0);
    const whole = weights.map((one) => Math.sign(one) * Math.round(Math.abs((one / all) * 2 ** 22)));
    const sum = whole.reduce((total, one, j) => total + one * line[from + j]!, 2 ** 21);
    return Math.min(255, Math.max(0, Math.floor(sum / 2 ** 22)));
  });
}

describe('a picture at another size', () => {
  it('is what one line after the other makes of it, in three planes, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(side, side, side, side, fc.infiniteStream(fc.nat(255)), (w, h, width, height, bytes) => {
        const data = Uint8Array.from({ length: w * h * 3 }, () => bytes.next().value as number);
        const planes = [0, 1, 2].map((channel) => {
          const rows = Array.from({ length: h }, (_, y) =>
            resizeLine(
              Array.from({ length: w }, (__, x) => data[(y * w + x) * 3 + channel]!),
              width,
            ),
          );
          const columns = Array.from({ length: width }, (_, x) =>
            resizeLine(
              rows.map((row) => row[x]!),
              height,
            ),
          );
          return Array.from({ length: height }, (_, y) => columns.map((column) => column[y]!)).flat();
        });
        expect(Array.from(resizeBicubic({ width: w, height: h, data }, width, height))).toEqual(
          planes.flat(),
        );
      }),
    );
  });
});
