/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadModel } from '../../../src/engine/models';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import type { TrackingModel } from '../../../src/engine/tracking';
import { bitmapIou } from '../../../src/mask';
import { openSource } from '../../../src/engine/video';
import type { Frame } from '../../../src/engine/video';

// The real MobileSAM on a frame of Big Buck Bunny, with the weights as they were published and with whole ones.

interface Seen {
  readonly model: TrackingModel;
  readonly wide: MobileEmbedding;
  readonly square: MobileEmbedding;
}

let plain: Seen;
let fast: Seen;

async function see(settings: { fast?: boolean }): Promise<Seen> {
  const model = await loadModel('mobilesam', { threads: 2, provider: 'cpu', settings });
  const source = await openSource('sample:big-buck-bunny', { range: [60, 61] });
  const frame = await source.frameAt(0);
  await source.dispose();
  const encode = async (picture: Frame): Promise<MobileEmbedding> =>
    (await model.encode(picture)) as MobileEmbedding;
  return { model, wide: await encode(frame), square: await encode(squareOf(frame)) };
}

/** The left of a wide picture. */
function squareOf({ index, width, height, data }: Frame): Frame {
  const side = new Uint8Array(3 * height * height);
  for (let y = 0; y < height; y++)
    side.set(data.subarray(3 * y * width, 3 * (y * width + height)), 3 * y * height);
  return { index, width: height, height, data: side };
}

beforeAll(async () => {
  plain = await see({});
  fast = await see({ fast: true });
});
afterAll(() => Promise.all([plain, fast].map((one) => one.model.dispose())));

/** The length of the difference as a share of the length. */
function farApart(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let [apart, length] = [0, 0];
  for (let i = 0; i < one.length; i++) {
    apart += (one[i]! - other[i]!) ** 2;
    length += one[i]! ** 2;
  }
  return Math.sqrt(apart / length);
}

describe('MobileSAM’s fast setting', () => {
  it.each(['square', 'wide'] as const)(
    'sees nearly the same in a %s picture: numbers are rounded',
    (shape) => {
      // What a picture has in common is taken from vectors for matching, so that the same rounding is more of what is left.
      for (const [map, most] of [
        [(one: Seen) => one[shape].image, 0.04],
        [(one: Seen) => one[shape].coarse.data, 0.05],
        [(one: Seen) => one[shape].fine.data, 0.05],
      ] as const) {
        expect(farApart(map(plain), map(fast))).toBeGreaterThan(1e-4);
        expect(farApart(map(plain), map(fast))).toBeLessThan(most);
      }
    },
  );

  it('draws nearly the same mask', async () => {
    const prompts = { points: [], box: { x0: 200, y0: 40, x1: 710, y1: 610 }, mask: null };
    const masks = [];
    for (const { model, wide } of [plain, fast]) {
      const frame = { ...wide.geometry, look: () => Promise.resolve(wide) };
      masks.push((await model.segment(frame, prompts, null)).mask);
    }
    expect(bitmapIou(masks[0]!, masks[1]!)).toBeGreaterThan(0.97);
  });

  it('is told apart by its weights, so that nothing is taken from the other’s cache', () => {
    expect(fast.model.info.weights).not.toBe(plain.model.info.weights);
  });
});
