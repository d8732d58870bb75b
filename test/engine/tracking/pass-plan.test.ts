import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countSteps, planPasses } from '../../../src/engine/tracking';

const object = (id: string, ...frames: number[]): { id: string; seeds: { frame: number }[] } => ({
  id,
  seeds: frames.map((frame) => ({ frame })),
});

describe('the sweeps of a run', () => {
  it('are none where there is nothing to compute', () => {
    expect(planPasses({ direction: 'both', first: 0, last: 9, objects: [] })).toEqual([]);
    expect(planPasses({ direction: 'both', first: 0, last: 9, objects: [object('a')] })).toEqual([]);
    expect(planPasses({ direction: 'forward', first: 0, last: 9, objects: [object('a', 9)] })).toEqual([]);
    expect(planPasses({ direction: 'both', first: 3, last: 3, objects: [object('a', 3)] })).toEqual([]);
  });

  it('leave out a sweep that would only visit the seed', () => {
    const passes = planPasses({ direction: 'both', first: 0, last: 9, objects: [object('a', 0)] });
    expect(passes.map(({ first, last, reverse }) => ({ first, last, reverse }))).toEqual([
      { first: 0, last: 9, reverse: false },
    ]);
  });

  it('compute every frame of “both” once for each object, and no seed', () => {
    const anyObject = fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(anyObject, { minLength: 1, maxLength: 4 }), (seeds) => {
        const objects = seeds.map((frames, i) => object(`o${i}`, ...frames));
        const passes = planPasses({ direction: 'both', first: 0, last: 29, objects });
        for (const { id, seeds: own } of objects) {
          const seen: number[] = [];
          for (const pass of passes) {
            if (!pass.objects.some((one) => one.id === id)) continue;
            for (let frame = pass.first; frame <= pass.last; frame++) {
              if (pass.startsAt(id, frame) && !own.some((seed) => seed.frame === frame)) seen.push(frame);
            }
          }
          const expected = Array.from({ length: 30 }, (_, i) => i).filter(
            (i) => !own.some((seed) => seed.frame === i),
          );
          expect(seen.sort((a, b) => a - b)).toEqual(expected);
        }
        const masks = objects.reduce((sum, one) => sum + 30 - one.seeds.length, 0);
        expect(countSteps(passes).masks).toBe(masks);
      }),
    );
  });
});
