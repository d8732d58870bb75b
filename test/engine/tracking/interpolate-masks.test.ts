import { describe, expect, it } from '@jest/globals';
import { bitmapIou } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';
import { EmbeddingCache, interpolateMasks, propagate } from '../../../src/engine/tracking';
import { MemoryBudget } from '../../../src/engine/blocks';
import { SyntheticModel } from '../../../src/engine/synthetic';
import { red, SyntheticVideo } from '../../support/synthetic-video';

function disc(x: number, y: number, radius: number, width = 96, height = 64): Bitmap {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    ((i % width) - x) ** 2 + (Math.floor(i / width) - y) ** 2 <= radius ** 2 ? 1 : 0,
  );
  return { width, height, data };
}

describe('a mask between two others (F3)', () => {
  it('is each of them at its end', () => {
    const [a, b] = [disc(20, 20, 8), disc(60, 40, 14)];
    expect(bitmapIou(interpolateMasks(a, b, 0), a)).toBe(1);
    expect(bitmapIou(interpolateMasks(a, b, 1), b)).toBe(1);
  });

  it('has moved and grown part of the way, even where they do not overlap', () => {
    const half = interpolateMasks(disc(20, 20, 8), disc(60, 40, 14), 0.5);
    expect(bitmapIou(half, disc(40, 30, 11))).toBeGreaterThan(0.93);
    const quarter = interpolateMasks(disc(20, 20, 8), disc(60, 40, 16), 0.25);
    expect(bitmapIou(quarter, disc(30, 25, 10))).toBeGreaterThan(0.9);
  });

  it('is the nearer one where the other is empty', () => {
    const a = disc(20, 20, 8);
    const none = { ...a, data: new Uint8Array(a.data.length) };
    expect(interpolateMasks(a, none, 0.4)).toBe(a);
    expect(interpolateMasks(a, none, 0.6)).toBe(none);
  });

  it('reaches the picture’s edge as an object does that leaves it', () => {
    const half = interpolateMasks(disc(80, 30, 12), disc(96, 30, 12), 0.5);
    expect(bitmapIou(half, disc(88, 30, 12))).toBeGreaterThan(0.75);
  });
});

describe('a run that computes every third frame', () => {
  const video = new SyntheticVideo(20, [red]);
  const seed = { frame: 4, mask: video.truth(red, 4), prompted: true };

  async function run(
    direction: 'forward' | 'backward' | 'both',
    stride: number,
  ): Promise<Map<number, boolean>> {
    const parts = {
      source: video,
      model: new SyntheticModel(),
      embeddings: new EmbeddingCache(new MemoryBudget(1e8)),
    };
    const options = {
      direction,
      first: 0,
      last: 19,
      objects: [{ id: 'a', seeds: [seed] }],
      stride,
      blockSize: 7,
    };
    const found = new Map<number, boolean>();
    for await (const { frame, masks } of propagate(parts, options)) {
      found.set(frame, masks[0]!.interpolated ?? false);
      expect(bitmapIou(masks[0]!.mask, video.truth(red, frame))).toBeGreaterThan(0.6);
    }
    return found;
  }

  it('has a mask on every frame, in order, those between marked', async () => {
    const found = await run('forward', 3);
    expect([...found.keys()]).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect([...found].filter(([, between]) => !between).map(([frame]) => frame)).toEqual([7, 10, 13, 16, 19]);
  });

  it('goes both ways, and computes both ends', async () => {
    const found = await run('both', 4);
    expect([...found.keys()].sort((a, b) => a - b)).toEqual(
      [...Array(20).keys()].filter((frame) => frame !== 4),
    );
    expect([found.get(0), found.get(19)]).toEqual([false, false]);
  });

  it('computes everything where nothing was said', async () => {
    expect([...(await run('forward', 1)).values()].every((between) => !between)).toBe(true);
  });
});
