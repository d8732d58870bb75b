import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bitmapArea, bitmapBox, bitmapIou, createBitmap } from '../../src/mask';
import { anyBitmap, bitmapOf } from '../support/arbitrary-masks';

describe('a bitmap', () => {
  it('starts empty', () => {
    expect(bitmapArea(createBitmap(5, 4))).toBe(0);
    expect(bitmapBox(createBitmap(5, 4))).toBeNull();
  });

  it('has a box with inclusive edges', () => {
    expect(bitmapBox(bitmapOf('....', '.##.', '..#.'))).toEqual({ x0: 1, y0: 1, x1: 2, y1: 2 });
    expect(bitmapBox(bitmapOf('#'))).toEqual({ x0: 0, y0: 0, x1: 0, y1: 0 });
  });

  it('has a box that holds every pixel and touches one on each side', () => {
    fc.assert(
      fc.property(anyBitmap, (mask) => {
        const box = bitmapBox(mask);
        const points = [...mask.data.keys()].filter((i) => mask.data[i] === 1);
        const xs = points.map((i) => i % mask.width);
        const ys = points.map((i) => Math.floor(i / mask.width));
        const expected =
          points.length === 0
            ? null
            : { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
        expect(box).toEqual(expected);
      }),
    );
  });

  it('is compared by intersection over union', () => {
    expect(bitmapIou(bitmapOf('##..'), bitmapOf('.##.'))).toBeCloseTo(1 / 3);
    expect(bitmapIou(bitmapOf('....'), bitmapOf('....'))).toBe(1);
    expect(() => bitmapIou(bitmapOf('..'), bitmapOf('...'))).toThrow(/one size/);
  });
});
