import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bitmapArea, bitmapBox, encodeRunLength } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';
import { contourArea, isPixelSet, maskContour, runLengthBox } from '../../../src/widget/drawing';
import type { ContourLoop } from '../../../src/widget/drawing';

const bitmaps = fc
  .record({ width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 14 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
      .map((values): Bitmap => ({ width, height, data: Uint8Array.from(values) })),
  );

/** A bitmap from a drawing: `#` is set. */
function drawing(...rows: string[]): Bitmap {
  const width = rows[0]!.length;
  return { width, height: rows.length, data: Uint8Array.from(rows.join(''), (one) => (one === '#' ? 1 : 0)) };
}

/** How often the loops go around a place, by the rule that fills paths. */
function winding(loops: readonly ContourLoop[], x: number, y: number): number {
  let turns = 0;
  for (const loop of loops)
    for (let i = 0; i < loop.length; i += 2) {
      const j = (i + 2) % loop.length;
      const [y0, y1] = [loop[i + 1]!, loop[j + 1]!];
      if (loop[i]! <= x || y0 === y1) continue;
      if (y0 < y && y1 > y) turns++;
      if (y1 < y && y0 > y) turns--;
    }
  return turns;
}

describe('the outline of a mask', () => {
  it('is four corners for a rectangle', () => {
    const loops = maskContour(encodeRunLength(drawing('.....', '.###.', '.###.', '.....')));
    expect(loops).toHaveLength(1);
    expect(loops[0]).toHaveLength(8);
    expect(contourArea(loops)).toBe(6);
  });

  it('goes around a hole against the clock, so that the hole is taken off', () => {
    const loops = maskContour(encodeRunLength(drawing('####', '#..#', '####')));
    expect(loops.map((loop) => contourArea([loop])).sort((a, b) => a - b)).toEqual([-2, 12]);
  });

  it('keeps pixels that touch at a corner apart', () => {
    const loops = maskContour(encodeRunLength(drawing('#.', '.#')));
    expect(loops).toHaveLength(2);
    expect(contourArea(loops)).toBe(2);
  });

  it('is nothing for an empty mask and the frame for a full one', () => {
    expect(maskContour(encodeRunLength(drawing('...', '...')))).toEqual([]);
    expect(contourArea(maskContour(encodeRunLength(drawing('###', '###'))))).toBe(6);
  });

  it('fills exactly the pixels that are set, for any mask', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const loops = maskContour(encodeRunLength(bitmap));
        expect(contourArea(loops)).toBe(bitmapArea(bitmap));
        for (let y = 0; y < bitmap.height; y++)
          for (let x = 0; x < bitmap.width; x++)
            expect(winding(loops, x + 0.5, y + 0.5)).toBe(bitmap.data[y * bitmap.width + x]);
      }),
    );
  });

  it('has a corner only where the line turns', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        for (const loop of maskContour(encodeRunLength(bitmap)))
          for (let i = 0; i < loop.length; i += 2) {
            const at = (k: number): number => loop[(k + loop.length) % loop.length]!;
            const before = at(i - 2) === at(i);
            const after = at(i) === at(i + 2);
            expect(before).not.toBe(after);
          }
      }),
    );
  });
});

describe('looking into a mask without decoding it', () => {
  it('knows each pixel', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = encodeRunLength(bitmap);
        for (let y = 0; y < bitmap.height; y++)
          for (let x = 0; x < bitmap.width; x++)
            expect(isPixelSet(mask, x, y)).toBe(bitmap.data[y * bitmap.width + x] === 1);
      }),
    );
  });

  it('has nothing set outside', () => {
    const mask = encodeRunLength(drawing('##', '##'));
    expect(isPixelSet(mask, -1, 0)).toBe(false);
    expect(isPixelSet(mask, 0, 2)).toBe(false);
    expect(isPixelSet(mask, 2, 0)).toBe(false);
  });

  it('finds the same box as the bitmap', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        expect(runLengthBox(encodeRunLength(bitmap))).toEqual(bitmapBox(bitmap));
      }),
    );
  });
});
