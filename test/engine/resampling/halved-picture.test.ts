import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cropMap, halvePicture } from '../../../src/engine/resampling';

const anyPicture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
      .map((data) => ({ width, height, data: Uint8Array.from(data) })),
  );

describe('a picture at half its size', () => {
  it('has the mean of each two by two pixels, at the far edges of what lies there', () => {
    fc.assert(
      fc.property(anyPicture, fc.nat(), fc.nat(), (picture, right, down) => {
        const [left, top] = [right % picture.width, down % picture.height];
        const width = Math.ceil((picture.width - left) / 2);
        const height = Math.ceil((picture.height - top) / 2);
        const half = halvePicture(picture, width, height, left, top);
        expect([half.width, half.height]).toEqual([width, height]);
        half.data.forEach((value, i) => {
          const [x, y, channel] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
          const corners = [0, 1].flatMap((v) =>
            [0, 1].map((u) => {
              const across = Math.min(picture.width - 1, left + 2 * x + u);
              const line = Math.min(picture.height - 1, top + 2 * y + v);
              return picture.data[3 * (line * picture.width + across) + channel]!;
            }),
          );
          expect(value).toBe(Math.floor((corners.reduce((sum, one) => sum + one, 0) + 2) / 4));
        });
      }),
      { interruptAfterTimeLimit: 20_000 },
    );
  });
});

describe('a part of a map', () => {
  it('begins where it is asked to, else at the upper left', () => {
    const map = { width: 4, height: 3, data: Float32Array.from({ length: 12 }, (_, i) => i) };
    expect([...cropMap(map, 2, 2, 1, 1).data]).toEqual([5, 6, 9, 10]);
    expect([...cropMap(map, 3, 1).data]).toEqual([0, 1, 2]);
  });
});
