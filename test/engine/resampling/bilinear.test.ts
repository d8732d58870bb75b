import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resample, ResampledLines } from '../../../src/engine/resampling';
import type { FloatMap } from '../../../src/engine/resampling';

const anyMap = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.float({ min: -7, max: 7, noNaN: true }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((values): FloatMap => ({ width, height, data: Float32Array.from(values) })),
  );
const anyScale = fc.double({ min: 0.1, max: 3, noNaN: true });

describe('a map at another size, line by line', () => {
  it('is a part of the whole, bit for bit, wherever the part begins', () => {
    fc.assert(
      fc.property(anyMap, anyScale, anyScale, fc.nat(11), fc.nat(11), (map, across, down, left, top) => {
        const [width, height] = [12, 12];
        const whole = resample(map, width, height, across, down);
        const lines = new ResampledLines(
          map,
          { length: width - left, first: left, scale: across },
          { length: height - top, first: top, scale: down },
        );
        const line = new Float32Array(width - left);
        for (let y = top; y < height; y++) {
          lines.put(y - top, line, 0);
          expect(line).toEqual(whole.data.slice(y * width + left, (y + 1) * width));
        }
      }),
    );
  });
});
