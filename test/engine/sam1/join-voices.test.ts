import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinVoices } from '../../../src/engine/sam1/join-voices';
import type { Voice } from '../../../src/engine/sam1/join-voices';
import { lessFamiliar } from '../../../src/engine/sam1/tuning';

function voice(odds: number, likeness: number): Voice {
  return { odds: Float64Array.of(odds), likeness: Float32Array.of(likeness) };
}

describe('what groups of witnesses say together', () => {
  it('is the mean of those that know the place', () => {
    expect(joinVoices([voice(3, 0.9), voice(-1, 0.8)])[0]).toBe(1);
  });

  it('is not swayed by a group to which the place is strange while another has seen it', () => {
    expect(joinVoices([voice(-6.9, 1), voice(6.9, 0.4)])[0]).toBeCloseTo(-6.9);
  });

  it('is that of all where the place is as strange to each', () => {
    expect(joinVoices([voice(2, 0.2), voice(4, 0.2)])[0]).toBe(3);
  });

  it('is nothing where nobody says anything, and leaves out who does not', () => {
    expect(joinVoices([voice(NaN, 0), voice(NaN, 0)])[0]).toBeNaN();
    expect(joinVoices([voice(NaN, 0), voice(-2, 0.5)])[0]).toBe(-2);
  });

  it('lies among the odds of those who are heard, in whatever order they speak', () => {
    const anyVoice = fc.record({
      odds: fc.integer({ min: -69, max: 69 }),
      likeness: fc.integer({ min: -10, max: 10 }),
    });
    fc.assert(
      fc.property(fc.array(anyVoice, { minLength: 1, maxLength: 4 }), (all) => {
        const voices = all.map(({ odds, likeness }) => voice(odds / 10, likeness / 10));
        const best = Math.fround(Math.max(...all.map(({ likeness }) => likeness / 10)));
        const heard = all
          .filter(({ likeness }) => best <= 0 || Math.fround(likeness / 10) >= lessFamiliar * best)
          .map(({ odds }) => odds / 10);
        const joined = joinVoices(voices)[0]!;
        expect(joinVoices([...voices].reverse())[0]).toBeCloseTo(joined, 9);
        expect(joined).toBeGreaterThanOrEqual(Math.min(...heard) - 1e-9);
        expect(joined).toBeLessThanOrEqual(Math.max(...heard) + 1e-9);
      }),
      { numRuns: 200, interruptAfterTimeLimit: 20_000 },
    );
  });
});
