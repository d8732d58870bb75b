/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadModel } from '../../../src/engine/models';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import type { TrackingModel } from '../../../src/engine/tracking';
import { bitmapIou } from '../../../src/mask';
import { openSource } from '../../../src/engine/video';

// The real MobileSAM on a frame of Big Buck Bunny, with the weights as they were published and with whole ones.

interface Seen {
  readonly model: TrackingModel;
  readonly embedding: MobileEmbedding;
}

let plain: Seen;
let fast: Seen;

async function see(settings: { fast?: boolean }): Promise<Seen> {
  const model = await loadModel('mobilesam', { threads: 2, settings });
  const source = await openSource('sample:big-buck-bunny', { range: [60, 61] });
  const embedding = (await model.encode(await source.frameAt(0))) as MobileEmbedding;
  await source.dispose();
  return { model, embedding };
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
  it('sees nearly the same in a picture', () => {
    for (const [one, other] of [
      [plain.embedding.image, fast.embedding.image],
      [plain.embedding.coarse.data, fast.embedding.coarse.data],
      [plain.embedding.fine.data, fast.embedding.fine.data],
    ] as const) {
      expect(farApart(one, other)).toBeGreaterThan(1e-4);
      expect(farApart(one, other)).toBeLessThan(0.04);
    }
  });

  it('draws nearly the same mask', async () => {
    const prompts = { points: [], box: { x0: 200, y0: 40, x1: 710, y1: 610 }, mask: null };
    const masks = [];
    for (const { model, embedding } of [plain, fast])
      masks.push((await model.segment(embedding, prompts, null)).mask);
    expect(bitmapIou(masks[0]!, masks[1]!)).toBeGreaterThan(0.97);
  });

  it('is told apart by its weights, so that nothing is taken from the other’s cache', () => {
    expect(fast.model.info.weights).not.toBe(plain.model.info.weights);
  });
});
