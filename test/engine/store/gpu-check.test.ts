import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gpuTolerance, largestDifference, wrongBy } from '../../../src/engine/store';
import type { Samples } from '../../../src/engine/store';

// Whether a GPU's numbers are to be believed. Row I3.

const input = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i + 1));
type Adjust = (data: Float32Array) => Float32Array;
type Graph = (adjust: Adjust) => Promise<Samples>;

/** A graph of one output that is computed from the input by a formula. */
function graph(of: (x: number, i: number, run: number) => number): Graph {
  let runs = 0;
  return (adjust) => {
    runs++;
    return Promise.resolve({ out: Array.from(adjust(input), (x, i) => of(x, i, runs)) });
  };
}

const asIs: Adjust = (data) => data;
const calm = (x: number): number => 3 * x + 1;

describe('a graph on a GPU', () => {
  it('is believed where it is off by no more than rounding', async () => {
    const expected = await graph(calm)(asIs);
    const wobble = fc.double({ min: -gpuTolerance / 2, max: gpuTolerance / 2, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(wobble, { minLength: 64, maxLength: 64 }), async (off) => {
        expect(
          await wrongBy(
            graph((x, i) => calm(x) + off[i]!),
            expected,
          ),
        ).toBeNull();
      }),
    );
  });

  it('is not believed where a single number is wrong, and how wrong is told', async () => {
    const expected = await graph(calm)(asIs);
    const place = fc.integer({ min: 0, max: 63 });
    await fc.assert(
      fc.asyncProperty(place, fc.double({ min: 0.5, max: 100, noNaN: true }), async (at, off) => {
        const spoilt = graph((x, i) => calm(x) + (i === at ? off : 0));
        const wrong = await wrongBy(spoilt, expected);
        expect(wrong).toBeCloseTo(largestDifference(await spoilt(asIs), expected), 9);
      }),
    );
  });

  it('is not believed where it gives no numbers', async () => {
    const expected = await graph(calm)(asIs);
    expect(
      await wrongBy(
        graph(() => NaN),
        expected,
      ),
    ).toBeNaN();
  });

  it('is excused where a rounded input changes its numbers as much', async () => {
    // Some thousand times steeper than its input is rounded.
    const wild = (x: number): number => Math.sin(2000 * x);
    const expected = await graph(wild)(asIs);
    const elsewhere = graph((x) => wild(x + 2e-4));
    expect(largestDifference(await elsewhere(asIs), expected)).toBeGreaterThan(gpuTolerance);
    expect(await wrongBy(elsewhere, expected)).toBeNull();
  });

  it('is not excused where it does not even give the same numbers twice', async () => {
    const wild = (x: number): number => Math.sin(2000 * x);
    const expected = await graph(wild)(asIs);
    const unsteady = graph((x, _, run) => wild(x + 2e-4 * run));
    expect(await wrongBy(unsteady, expected)).toBeGreaterThan(gpuTolerance);
  });
});
