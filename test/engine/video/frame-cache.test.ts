import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameCache } from '../../../src/engine/video/frame-cache';

const frame = (
  index: number,
  bytes: number,
): { index: number; width: number; height: number; data: Uint8Array } => ({
  index,
  width: bytes / 3,
  height: 1,
  data: new Uint8Array(bytes),
});

describe('the pictures decoded lately', () => {
  it('let go of the one used longest ago', () => {
    const cache = new FrameCache(30);
    [0, 1, 2, 3, 4].forEach((index) => cache.put(frame(index, 6)));
    cache.get(0);
    cache.put(frame(5, 6));
    expect([0, 1, 2, 3, 4, 5].filter((index) => cache.get(index))).toEqual([0, 2, 3, 4, 5]);
  });

  it('do not keep a picture that is larger than all the room there is', () => {
    const cache = new FrameCache(30);
    cache.put(frame(0, 6));
    cache.put(frame(1, 33));
    expect(cache.get(1)).toBeUndefined();
    expect(cache.get(0)).toBeDefined();
  });

  it('never take more bytes than allowed', () => {
    const puts = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 20 })));
    fc.assert(
      fc.property(puts, (wanted) => {
        const cache = new FrameCache(60);
        for (const [index, size] of wanted) {
          cache.put(frame(index, size * 3));
          const held = Array.from({ length: 10 }, (_, i) => cache.get(i)?.data.length ?? 0);
          expect(held.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(60);
        }
      }),
    );
  });
});
