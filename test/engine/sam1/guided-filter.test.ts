import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitToColours } from '../../../src/engine/sam1/guided-filter';
import type { BytePicture, FloatMap } from '../../../src/engine/resampling';

const evenness = 0.0002;

/** The filter's answer: its fit, put together again with the picture's colours. */
function filtered(picture: BytePicture, map: FloatMap, radius: number): number[] {
  const { red, green, blue, rest } = fitToColours(picture, map, radius, evenness);
  return Array.from(rest, (one, i) => {
    const [r, g, b] = colourAt(picture, i);
    return red[i]! * r + green[i]! * g + blue[i]! * b + one;
  });
}

function colourAt({ data }: BytePicture, i: number): [number, number, number] {
  return [data[3 * i]! / 255, data[3 * i + 1]! / 255, data[3 * i + 2]! / 255];
}

/** The same from the paper's equations as they stand, window by window. */
function byTheEquations(picture: BytePicture, { width, height, data }: FloatMap, radius: number): number[] {
  const windowOf = (i: number): number[] => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Array.from({ length: width * height }, (_, j) => j).filter(
      (j) => Math.abs((j % width) - x) <= radius && Math.abs(Math.floor(j / width) - y) <= radius,
    );
  };
  const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
  const fits = Array.from({ length: width * height }, (_, k) => {
    const around = windowOf(k);
    const colours = around.map((j) => colourAt(picture, j));
    const values = around.map((j) => data[j]!);
    const centre = [0, 1, 2].map((c) => mean(colours.map((one) => one[c]!)));
    const matrix = [0, 1, 2].map((c) => [
      ...[0, 1, 2].map(
        (d) =>
          mean(colours.map((one) => one[c]! * one[d]!)) - centre[c]! * centre[d]! + (c === d ? evenness : 0),
      ),
      mean(colours.map((one, i) => one[c]! * values[i]!)) - centre[c]! * mean(values),
    ]);
    const a = solved(matrix);
    return [...a, mean(values) - a.reduce((sum, one, c) => sum + one * centre[c]!, 0)];
  });
  return fits.map((_, i) => {
    const own = windowOf(i).map((k) => fits[k]!);
    const [r, g, b] = colourAt(picture, i);
    const [red, green, blue, rest] = [0, 1, 2, 3].map((n) => mean(own.map((one) => one[n]!)));
    return red! * r + green! * g + blue! * b + rest!;
  });
}

/** Three equations solved by elimination, the larger pivot first. */
function solved(rows: number[][]): number[] {
  for (let c = 0; c < 3; c++) {
    const best = [...rows.keys()]
      .slice(c)
      .sort((p, q) => Math.abs(rows[q]![c]!) - Math.abs(rows[p]![c]!))[0]!;
    [rows[c], rows[best]] = [rows[best]!, rows[c]!];
    for (let r = 0; r < 3; r++) {
      if (r === c) continue;
      const by = rows[r]![c]! / rows[c]![c]!;
      rows[r] = rows[r]!.map((one, i) => one - by * rows[c]![i]!);
    }
  }
  return rows.map((row, c) => row[3]! / row[c]!);
}

const anyCase = fc
  .record({ width: fc.integer({ min: 1, max: 7 }), height: fc.integer({ min: 1, max: 7 }) })
  .chain(({ width, height }) =>
    fc.record({
      map: fc
        .array(fc.double({ min: -7, max: 7, noNaN: true }), {
          minLength: width * height,
          maxLength: width * height,
        })
        .map((values): FloatMap => ({ width, height, data: Float32Array.from(values) })),
      picture: fc
        .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
        .map((data): BytePicture => ({ width, height, data: Uint8Array.from(data) })),
      radius: fc.integer({ min: 1, max: 3 }),
    }),
  );

describe('the guided filter', () => {
  it('is what the equations of its paper say, at edges and corners too', () => {
    fc.assert(
      fc.property(anyCase, ({ map, picture, radius }) => {
        const expected = byTheEquations(picture, map, radius);
        const apart = filtered(picture, map, radius).map((one, i) => Math.abs(one - expected[i]!));
        expect(Math.max(...apart)).toBeLessThan(0.02);
      }),
      { interruptAfterTimeLimit: 20_000 },
    );
  });

  it('leaves a map alone that says the same everywhere, whatever the picture', () => {
    fc.assert(
      fc.property(anyCase, ({ map, picture, radius }) => {
        const even = { ...map, data: map.data.map(() => 3) };
        for (const one of filtered(picture, even, radius)) expect(one).toBeCloseTo(3, 3);
      }),
      { interruptAfterTimeLimit: 20_000 },
    );
  });

  it('puts an edge of the map where the picture has one', () => {
    const [width, height] = [16, 8];
    const picture = { width, height, data: new Uint8Array(3 * width * height) };
    for (let i = 0; i < width * height; i++) picture.data.fill(i % width < 8 ? 40 : 200, 3 * i, 3 * i + 3);
    // The map's own edge lies a place further on.
    const data = Float32Array.from({ length: width * height }, (_, i) => (i % width < 9 ? 4 : -4));
    const found = filtered(picture, { width, height, data }, 2);
    expect(found.map((one, i) => one > 0 === i % width < 8)).not.toContain(false);
  });
});
