import { describe, expect, it } from '@jest/globals';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { oddsAtPicture } from '../../../src/engine/sam1/picture-odds';
import type { PictureOdds } from '../../../src/engine/sam1/picture-odds';
import { pictureOn, preprocess } from '../../../src/engine/sam1/preprocess';
import { bitmapArea } from '../../../src/mask';

type Shape = (x: number, y: number) => boolean;

/** The mask of a picture of this size that shows a shape, where votes say another. */
function found(width: number, height: number, shown: Shape, voted: Shape, share?: number): PictureOdds {
  const geometry = pictureGeometry(width, height);
  const { columns, rows, scale } = geometry;
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++)
    data.fill(shown(i % width, Math.floor(i / width)) ? 190 : 60, 3 * i, 3 * i + 3);
  const square = preprocess({ index: 0, width, height, data }, geometry);
  const [wide, high] = [4 * columns, 4 * rows];
  const sixteenth = 4 / scale;
  const votes = Float32Array.from({ length: wide * high }, (_, i) =>
    voted(((i % wide) + 0.5) * sixteenth - 0.5, (Math.floor(i / wide) + 0.5) * sixteenth - 0.5) ? 0.9 : 0.1,
  );
  const left = share === undefined ? null : new Float32Array(columns * rows).fill(share);
  const evidence = { votes: { width: wide, height: high, data: votes }, logits: null, share: left };
  return oddsAtPicture(pictureOn(square, geometry), evidence, geometry);
}

/** Pixels in which a mask is not the shape. */
function wrong({ mask }: PictureOdds, shape: Shape): number {
  return mask.data.reduce(
    (sum, one, i) => sum + Math.abs(one - Number(shape(i % mask.width, Math.floor(i / mask.width)))),
    0,
  );
}

const disc =
  (x: number, y: number, radius: number): Shape =>
  (u, v) =>
    Math.hypot(u - x, v - y) < radius;
const nothing: Shape = () => false;

describe('a mask at the size of the picture', () => {
  it('has its outline where the picture has an edge, though votes were a little off', () => {
    const shape = disc(400, 200, 90);
    const votes = disc(402, 201, 89);
    const off = wrong(found(854, 480, nothing, votes), shape);
    expect(wrong(found(854, 480, shape, votes), shape)).toBeLessThan(off / 2);
  });

  it('is what was voted where the picture shows nothing', () => {
    const votes = disc(400, 200, 90);
    // 1.6 pixels to each side of the outline, half a sixteenth of a cell.
    expect(wrong(found(854, 480, nothing, votes), votes)).toBeLessThan(2 * Math.PI * 90 * 1.6);
  });

  it('does not follow edges that are far from what was voted', () => {
    const votes = disc(400, 200, 60);
    const both: Shape = (x, y) => x > 600 && y > 100;
    expect(wrong(found(854, 480, both, votes), votes)).toBeLessThan(2 * Math.PI * 60 * 1.6);
  });

  it('is right in pictures of any shape, at their edges too', () => {
    for (const [width, height] of [
      [37, 61],
      [1023, 577],
      [1920, 1080],
      [5, 3],
    ] as const) {
      const shape: Shape = (x) => x < width / 2;
      const one = found(width, height, shape, shape);
      expect([one.mask.width, one.mask.height]).toEqual([width, height]);
      expect(wrong(one, shape) / (width * height)).toBeLessThan(0.01);
      expect(one.odds.every((odds) => Number.isFinite(odds))).toBe(true);
    }
  });

  it('is empty where nothing was voted, or rivals leave nothing', () => {
    const shape = disc(400, 200, 90);
    expect(bitmapArea(found(854, 480, shape, nothing).mask)).toBe(0);
    expect(bitmapArea(found(854, 480, shape, shape, 0.01).mask)).toBe(0);
  });
});

describe('the picture on the model’s square', () => {
  it('has the colours that it had', () => {
    const geometry = pictureGeometry(1024, 600);
    const data = Uint8Array.from({ length: 3 * 1024 * 600 }, (_, i) => (i * 31 + (i >> 7)) % 256);
    const square = preprocess({ index: 0, width: 1024, height: 600, data }, geometry);
    expect(Buffer.from(pictureOn(square, geometry).data).equals(Buffer.from(data))).toBe(true);
  });
});
