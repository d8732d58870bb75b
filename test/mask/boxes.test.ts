import { describe, expect, it } from '@jest/globals';
import { boxesMeet, grownBox } from '../../src/mask';

const box = { x0: 10, y0: 20, x1: 13, y1: 21 };

describe('a box', () => {
  it('grows by a share of its size to each side', () => {
    expect(grownBox(box, 0.5)).toEqual({ x0: 8, y0: 19, x1: 15, y1: 22 });
    expect(grownBox(box, 0)).toEqual(box);
  });

  it('meets another that has its edge or its corner, or lies within it, and none beside or below it', () => {
    expect(boxesMeet(box, { x0: 13, y0: 21, x1: 30, y1: 30 })).toBe(true);
    expect(boxesMeet(box, { x0: 11, y0: 20, x1: 11, y1: 20 })).toBe(true);
    expect(boxesMeet(box, { x0: 14, y0: 20, x1: 30, y1: 21 })).toBe(false);
    expect(boxesMeet(box, { x0: 10, y0: 0, x1: 13, y1: 19 })).toBe(false);
  });
});
