import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closestFrames, MemoryBank } from '../../../src/engine/sam2/memory-bank';
import type { Remembered } from '../../../src/engine/sam2/memory-bank';
import type { Sam2Settings } from '../../../src/engine/sam2/sam2-config';

// Rules of SAM 2's _prepare_memory_conditioned_features (sam2_base.py). Rows I2, F6.

function seen(frame: number): Remembered {
  return {
    frame,
    tokens: Uint16Array.of(frame),
    places: Int32Array.of(0),
    pointer: Float32Array.of(frame),
  };
}

function bankOf(
  prompted: readonly number[],
  tracked: readonly number[],
  {
    reverse = false,
    frameCount = 100,
    ...settings
  }: Sam2Settings & { reverse?: boolean; frameCount?: number } = {},
): MemoryBank {
  const bank = new MemoryBank({ frameCount, reverse }, settings);
  prompted.forEach((frame) => bank.add(seen(frame), true));
  tracked.forEach((frame) => bank.add(seen(frame), false));
  return bank;
}

/** Frames and temporal rows that are looked at. */
function memories(bank: MemoryBank, frame: number): (readonly [number, number])[] {
  return bank.recall(frame).memories.map(({ of, row }) => [of.frame, row] as const);
}

function pointers(bank: MemoryBank, frame: number): (readonly [number, number])[] {
  return bank
    .recall(frame)
    .pointers.map(({ pointer, ago }) => [pointer[0]!, Number(ago.toFixed(4))] as const);
}

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('what is looked at when a frame is computed', () => {
  it('is what was prompted, in row 6, and the last six frames, the nearest in row 0', () => {
    expect(memories(bankOf([0], upTo(1, 9)), 10)).toEqual([
      [0, 6],
      [4, 5],
      [5, 4],
      [6, 3],
      [7, 2],
      [8, 1],
      [9, 0],
    ]);
  });

  it('skips frames that nobody computed', () => {
    expect(memories(bankOf([0], [1, 2, 7]), 8)).toEqual([
      [0, 6],
      [2, 5],
      [7, 0],
    ]);
  });

  it('mirrors in reverse', () => {
    expect(memories(bankOf([20], [19, 18, 17], { reverse: true }), 16)).toEqual([
      [20, 6],
      [19, 2],
      [18, 1],
      [17, 0],
    ]);
  });

  it('counts a prompted frame that was not chosen among the last six', () => {
    const bank = bankOf([0, 5, 6, 7, 30], [], { promptedFrames: 2 });
    expect(memories(bank, 8)).toEqual([
      [7, 6],
      [30, 6],
      [5, 2],
      [6, 1],
    ]);
  });

  it('has sixteen pointers at most: of prompted frames in the past, and of the last fifteen', () => {
    const found = pointers(bankOf([0, 40], upTo(1, 29)), 30);
    expect(found).toHaveLength(16);
    expect(found[0]).toEqual([0, 2]);
    expect(found[1]).toEqual([29, Number((1 / 15).toFixed(4))]);
    expect(found[15]).toEqual([15, 1]);
  });

  it('stretches the pointers’ times in short videos, also in one of a single frame', () => {
    expect(pointers(bankOf([0], [1, 2], { frameCount: 4 }), 3)).toEqual([
      [0, 1],
      [2, 0.3333],
      [1, 0.6667],
    ]);
    expect(pointers(bankOf([0], [], { frameCount: 1 }), 0)).toEqual([[0, 0]]);
  });

  it('takes fewer frames where speed was asked for', () => {
    expect(memories(bankOf([0], upTo(1, 9), { recentFrames: 2 }), 10)).toEqual([
      [0, 6],
      [8, 1],
      [9, 0],
    ]);
  });

  it('is a frame’s correction once it was given, not what was tracked there', () => {
    const bank = bankOf([0], upTo(1, 5));
    bank.add(seen(3), true);
    bank.add(seen(3), false);
    expect(bank.frames).toEqual({ prompted: [0, 3], recent: [1, 2, 4, 5] });
  });
});

describe('a memory', () => {
  it('does not grow with the video', () => {
    const bank = bankOf([0], upTo(1, 40));
    const { bytes } = bank;
    upTo(41, 400).forEach((frame) => bank.add(seen(frame), false));
    expect(bank.bytes).toBe(bytes);
    expect(bank.frames.recent.length).toBeLessThanOrEqual(16);
  });
});

describe('the nearest prompted frames', () => {
  it('are the nearest before, the nearest after, then the nearest of the rest', () => {
    expect(closestFrames(10, [0, 2, 8, 9, 30, 40], 4)).toEqual([9, 30, 8, 2]);
    expect(closestFrames(10, [10, 4], 1)).toEqual([4]);
    expect(closestFrames(10, [3, 50], 4)).toEqual([3, 50]);
  });

  it('are never more than asked for, never twice, and hold both neighbours where there is room', () => {
    const frames = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(frames, fc.nat(200), fc.integer({ min: 2, max: 6 }), (prompted, frame, limit) => {
        const chosen = closestFrames(frame, prompted, limit);
        expect(chosen).toHaveLength(Math.min(limit, prompted.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        const before = Math.max(...prompted.filter((one) => one < frame));
        if (Number.isFinite(before)) expect(chosen).toContain(before);
      }),
    );
  });
});
