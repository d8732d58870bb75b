import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bitmapBox, encodeRunLength, runLengthOverlap, runLengthShape } from '../../src/mask';
import { anyBitmap, anyBitmapPair } from '../support/arbitrary-masks';

describe('the shape of run lengths', () => {
  it('is that of the bitmap: area, centroid and box', () => {
    fc.assert(
      fc.property(anyBitmap, (mask) => {
        const set = [...mask.data.keys()].filter((i) => mask.data[i] === 1);
        const mean = (of: (i: number) => number): number =>
          set.length === 0 ? 0 : set.reduce((sum, i) => sum + of(i), 0) / set.length;
        const { area, x, y, box } = runLengthShape(encodeRunLength(mask));
        expect(area).toBe(set.length);
        expect(x).toBeCloseTo(
          mean((i) => i % mask.width),
          9,
        );
        expect(y).toBeCloseTo(
          mean((i) => Math.floor(i / mask.width)),
          9,
        );
        expect(box).toEqual(bitmapBox(mask));
      }),
    );
  });

  it('shares as many pixels with another as their bitmaps do', () => {
    fc.assert(
      fc.property(anyBitmapPair, ([a, b]) => {
        const both = a.data.reduce((sum, one, i) => sum + (one & b.data[i]!), 0);
        expect(runLengthOverlap(encodeRunLength(a), encodeRunLength(b))).toBe(both);
      }),
    );
  });
});
