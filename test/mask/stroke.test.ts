import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyStroke, bitmapArea, createBitmap } from '../../src/mask';
import type { Bitmap, Stroke } from '../../src/mask';

const width = 37;
const height = 23;

function painted(stroke: Stroke): Bitmap {
  const mask = createBitmap(width, height);
  applyStroke(mask, stroke, true);
  return mask;
}

/** How far a pixel's centre is from a line between two places, by the definition. */
function distance(x: number, y: number, [ax, ay, bx, by]: readonly number[]): number {
  const [dx, dy] = [bx! - ax!, by! - ay!];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax!) * dx + (y - ay!) * dy) / length));
  return Math.hypot(x - ax! - t * dx, y - ay! - t * dy);
}

/** How often a loop goes round a place: the sum of the angles under which its sides are seen. */
function windings(x: number, y: number, path: readonly number[]): number {
  let turned = 0;
  for (let i = 0; i < path.length; i += 2) {
    const j = (i + 2) % path.length;
    const from = Math.atan2(path[i + 1]! - y, path[i]! - x);
    const to = Math.atan2(path[j + 1]! - y, path[j]! - x);
    turned += ((to - from + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
  }
  return Math.round(turned / (2 * Math.PI));
}

const place = fc.tuple(
  fc.double({ min: -8, max: width + 8, noNaN: true }),
  fc.double({ min: -8, max: height + 8, noNaN: true }),
);
const path = (least: number): fc.Arbitrary<number[]> =>
  fc.array(place, { minLength: least, maxLength: 7 }).map((places) => places.flat());

describe('a brush', () => {
  it('covers the pixels within its radius of its path, and no others', () => {
    fc.assert(
      fc.property(path(1), fc.double({ min: 0.5, max: 9, noNaN: true }), (way, radius) => {
        const mask = painted({ kind: 'brush', radius, path: way });
        const wrong: string[] = [];
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const sides = Math.max(1, way.length / 2 - 1);
            const away = Math.min(
              ...Array.from({ length: sides }, (_, i) =>
                distance(x, y, way.length === 2 ? [...way, ...way] : way.slice(2 * i, 2 * i + 4)),
              ),
            );
            // On the very edge rounding may decide.
            if (Math.abs(away - radius) <= 1e-6) continue;
            if (mask.data[y * width + x] !== (away < radius ? 1 : 0)) wrong.push(`${x} ${y}`);
          }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('says how many pixels it changed, and takes the same ones away again', () => {
    const mask = createBitmap(width, height);
    const stroke: Stroke = { kind: 'brush', radius: 3, path: [5, 5, 20, 9, 30, 2] };
    const added = applyStroke(mask, stroke, true);
    expect(added).toBe(bitmapArea(mask));
    expect(applyStroke(mask, stroke, true)).toBe(0);
    expect(applyStroke(mask, stroke, false)).toBe(added);
    expect(bitmapArea(mask)).toBe(0);
  });

  it('of half a pixel’s radius sets the one pixel it is put on', () => {
    const mask = painted({ kind: 'brush', radius: 0.5, path: [7, 4] });
    expect(bitmapArea(mask)).toBe(1);
    expect(mask.data[4 * width + 7]).toBe(1);
  });
});

describe('a lasso', () => {
  it('covers the pixels that its path goes round, also where it crosses itself', () => {
    fc.assert(
      fc.property(path(3), (loop) => {
        const mask = painted({ kind: 'lasso', path: loop });
        const wrong: string[] = [];
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const edges = Array.from({ length: loop.length / 2 }, (_, i) => {
              const j = (2 * i + 2) % loop.length;
              return distance(x, y, [loop[2 * i]!, loop[2 * i + 1]!, loop[j]!, loop[j + 1]!]);
            });
            if (Math.min(...edges) <= 1e-6) continue;
            if (mask.data[y * width + x] !== (windings(x, y, loop) === 0 ? 0 : 1)) wrong.push(`${x} ${y}`);
          }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('of two places covers nothing', () => {
    expect(bitmapArea(painted({ kind: 'lasso', path: [1, 1, 20, 20] }))).toBe(0);
  });
});
