import { describe, expect, it } from '@jest/globals';
import { objectStatus } from '../../../src/widget/elements/object-status';
import { lane } from '../../support/widget-lanes';

const heron = lane(1, {
  prompted: [10, 60],
  drawn: [70],
  locks: [[35, 38]],
  runs: [
    { first: 10, last: 10, kind: 'prompted' },
    { first: 11, last: 40, kind: 'propagated' },
    { first: 41, last: 50, kind: 'absent' },
  ],
});
const there = {
  lane: heron,
  computing: false,
  tracked: false,
} as const;

describe("an object's state on a frame", () => {
  it.each([
    [10, 'prompt'],
    [32, '22'],
    [45, 'absent'],
    [36, 'locked'],
    [70, 'drawn'],
    [55, ''],
  ])('on frame %i is “%s”', (frame, text) => {
    expect(objectStatus({ ...there, frame }).text).toBe(text);
  });

  it('is computing before anything else', () => {
    expect(objectStatus({ ...there, frame: 10, computing: true, tracked: true }).text).toBe('computing');
  });

  it('is tracking while a run goes over it', () => {
    expect(objectStatus({ ...there, frame: 32, tracked: true }).text).toBe('tracking');
  });

  it('needs no prompt to have a mask', () => {
    expect(objectStatus({ ...there, lane: { ...heron, prompted: [], drawn: [] }, frame: 32 }).text).toBe(
      'mask',
    );
  });

  it('has a sentence for each', () => {
    expect(objectStatus({ ...there, frame: 32 }).title).toBe('22 frames from the nearest prompt');
    expect(objectStatus({ ...there, frame: 55 }).title).toBe('No mask on this frame yet');
  });
});
