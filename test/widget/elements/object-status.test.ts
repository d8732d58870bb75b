import { describe, expect, it } from '@jest/globals';
import type { PointRecord } from '../../../src/annotation';
import { objectStatus } from '../../../src/widget/elements/object-status';

const prompt = (frame: number): PointRecord => ({
  id: `p${frame}`,
  objectId: 'o',
  frame,
  kind: 'point',
  x: 1,
  y: 1,
  positive: true,
});
const there = {
  prompts: [prompt(10), prompt(60)],
  runs: [
    { first: 10, last: 10, kind: 'prompted' },
    { first: 11, last: 40, kind: 'propagated' },
    { first: 41, last: 50, kind: 'absent' },
  ],
  computing: false,
  tracked: false,
} as const;

describe("an object's state on a frame", () => {
  it.each([
    [10, 'prompt'],
    [32, '22'],
    [45, 'absent'],
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
    expect(objectStatus({ ...there, prompts: [], frame: 32 }).text).toBe('mask');
  });

  it('has a sentence for each', () => {
    expect(objectStatus({ ...there, frame: 32 }).title).toBe('22 frames from the nearest prompt');
    expect(objectStatus({ ...there, frame: 55 }).title).toBe('No mask on this frame yet');
  });
});
