import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FourDots } from '../../../src/engine/sam1/four-dots';
import type { Features } from '../../../src/engine/sam1/mobile-embedding';

const [columns, rows] = [4, 2];

/** Maps of vectors, all of the same size, and the places of theirs that are compared with the first's four in the middle. */
const anyMaps = fc.constantFrom(16, 48, 128).chain((channels) =>
  fc.record({
    maps: fc.array(anyMap(channels), { minLength: 2, maxLength: 4 }),
    places: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: columns * rows - 1 })), { maxLength: 128 }),
    first: fc.integer({ min: 0, max: columns - 2 }),
  }),
);

function anyMap(channels: number): fc.Arbitrary<Features> {
  const size = columns * rows * channels;
  return fc
    .int8Array({ minLength: size, maxLength: size })
    .map((data) => ({ columns, rows, channels, data, unit: 1 }));
}

function plain(one: Features, a: number, other: Features, b: number): number {
  const { channels } = one;
  let sum = 0;
  for (let c = 0; c < channels; c++) sum += one.data[a * channels + c]! * other.data[b * channels + c]!;
  return sum;
}

describe('four dot products at once', () => {
  it('are the sums of products, for any places, also after others', () => {
    const kept = new Map<number, FourDots>();
    fc.assert(
      fc.property(anyMaps, ({ maps, places, first }) => {
        const [four, ...others] = maps;
        const dots = kept.get(four!.channels) ?? new FourDots(four!.channels);
        kept.set(four!.channels, dots);
        dots.take(four!, others);
        for (const [which, place] of places) dots.add(which % others.length, place);
        const found = [...dots.compare(first).subarray(0, 4 * places.length)];
        const quarters = [first, first + 1, first + columns, first + columns + 1];
        expect(found).toEqual(
          places.flatMap(([which, place]) =>
            quarters.map((at) => plain(four!, at, others[which % others.length]!, place)),
          ),
        );
      }),
    );
  });

  it('are right for maps that come again, few at a time or more than are kept', () => {
    const all = Array.from({ length: 30 }, (_, n): Features => {
      const data = Int8Array.from({ length: columns * rows * 16 }, (_, i) => ((n + 3) * (i + 7) * 37) % 127);
      return { columns, rows, channels: 16, data, unit: 1 };
    });
    const dots = new FourDots(16);
    const someMaps = fc.array(fc.nat({ max: all.length - 1 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(someMaps, fc.nat(), (which, place) => {
        const [four, ...others] = which.map((one) => all[one]!);
        dots.take(four!, others);
        const at = place % (columns * rows);
        for (let i = 0; i < others.length; i++) dots.add(i, at);
        const found = [...dots.compare(0).subarray(0, 4 * others.length)];
        expect(found).toEqual(
          others.flatMap((other) => [0, 1, columns, columns + 1].map((one) => plain(four!, one, other, at))),
        );
      }),
    );
  });

  it('are right for the largest numbers', () => {
    const data = new Int8Array(columns * rows * 128).fill(-128);
    const map: Features = { columns, rows, channels: 128, data, unit: 1 };
    const dots = new FourDots(128);
    dots.take(map, [map]);
    dots.add(0, 3);
    expect([...dots.compare(0).subarray(0, 4)]).toEqual([1, 1, 1, 1].map((one) => one * 128 ** 3));
  });
});
