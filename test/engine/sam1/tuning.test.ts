import { describe, expect, it } from '@jest/globals';
import { searchRadius, tuning } from '../../../src/engine/sam1/tuning';

describe('what the tracker was tuned to', () => {
  it('are at most twenty numbers, the same for every video', () => {
    const values = Object.values(tuning);
    expect(values.length).toBeLessThanOrEqual(20);
    expect(values.every((one) => Number.isFinite(one))).toBe(true);
  });

  it('searches the wider, the longer ago a frame may be', () => {
    expect(searchRadius).toEqual({ recent: 10, spaced: 14, prompted: 20 });
  });
});
