/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, describe, expect, it } from '@jest/globals';
import { compareWithGolden, GoldenPlayer } from '../../support/golden-player';
import { clipSize, loadNano, readGolden } from '../../support/sam2-nano';
import type { Golden, LoadedNano } from '../../support/sam2-nano';

// Meta's own predictor (sam2 1.1.0, edgetam-dimos 1.0.1) answered these steps in PyTorch; models/export/fixtures.py
// wrote its answers down. Weights come from a seed on both sides. Row I2.

const nanos = new Map<string, Promise<LoadedNano>>();

function nanoOf({ model, scoreBias }: Golden): Promise<LoadedNano> {
  const key = `${model} ${scoreBias}`;
  const nano = nanos.get(key) ?? loadNano(model, scoreBias);
  nanos.set(key, nano);
  return nano;
}

afterAll(async () => {
  for (const nano of nanos.values()) await (await nano).dispose();
});

const cases = {
  nano: [
    'one-click',
    'two-clicks',
    'box',
    'box-and-points',
    'mask',
    'empty-mask',
    'refinement',
    'two-objects',
    'occlusion',
    'reverse',
    'several-prompted-frames',
    'long',
    'correction',
  ],
  'nano-edgetam': ['one-click', 'mask', 'occlusion', 'reverse', 'several-prompted-frames', 'long'],
};

describe.each(Object.entries(cases).flatMap(([model, names]) => names.map((name) => `${model}.${name}`)))(
  'the host loop against Meta’s predictor: %s (I2)',
  (name) => {
    it('gives its logits, pointers, scores and masks', async () => {
      const golden = readGolden(name);
      const player = new GoldenPlayer(await nanoOf(golden));
      for (const step of golden.steps) await player.play(step);
      expect(player.results).toHaveLength(golden.results.length);
      const pixels = clipSize.width * clipSize.height;
      let differing = 0;
      player.results.forEach(({ object, frame, trace }, i) => {
        const expected = golden.results[i]!;
        const where = `${name} result ${i} (object ${object}, frame ${frame})`;
        expect([where, object, frame]).toEqual([where, expected.object, expected.frame]);
        const difference = compareWithGolden(trace, expected);
        expect([where, 'logits', difference.logits < 1e-4]).toEqual([where, 'logits', true]);
        expect([where, 'pointer', difference.pointer < 1e-4]).toEqual([where, 'pointer', true]);
        expect([where, 'there', trace.objectScore > 0]).toEqual([where, 'there', expected.score > 0]);
        expect(trace.objectScore).toBeCloseTo(expected.score, 3);
        differing += difference.pixels;
      });
      expect(differing).toBeLessThanOrEqual(Math.ceil((pixels * player.results.length) / 10_000));
    });
  },
);
