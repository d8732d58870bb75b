import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { decodeIndexedPng } from '../../src/formats';
import { voidLabel } from '../../src/mask';
import type { Bitmap } from '../../src/mask';
import {
  againstTruth,
  boundaryF,
  overlapOf,
  pixelAccuracy,
  SequenceScorer,
  statisticsOf,
} from '../../src/metrics';
import { anyBitmapPair } from '../support/arbitrary-masks';
import { davisFolder } from '../support/davis';

// Our figures against the definitions, written out in NumPy, SciPy and OpenCV (test/reference/davis_metrics.py).

const root = resolve(__dirname, '..', '..');
const python = join(root, '.venv', 'bin', 'python');

beforeAll(() => {
  if (!existsSync(python)) throw new Error('run `npm run setup -- --references` once: the tests need Python');
});

function reference<T>(asked: readonly object[]): T[] {
  const input = asked.map((one) => JSON.stringify(one)).join('\n');
  const script = join(root, 'test', 'reference', 'davis_metrics.py');
  const { stdout, stderr } = spawnSync(python, [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

interface Compared {
  readonly iou: number;
  readonly dice: number;
  readonly accuracy: number;
  readonly boundary: number;
}

/** A mask, the truth, and what the truth says nothing of. */
type Case = readonly [mask: Bitmap, truth: Bitmap, unknown?: Bitmap];

/** The truth's label map, in which pixels of `unknown` are void. */
function labelsOf([, truth, unknown]: Case): Uint8Array {
  return truth.data.map((one, i) => (unknown?.data[i] === 1 ? voidLabel : one));
}

function compareAll(pairs: readonly Case[]): void {
  const base64 = ({ data }: Bitmap): string => Buffer.from(data).toString('base64');
  const asked = pairs.map(([mask, truth, unknown]) => ({
    width: mask.width,
    height: mask.height,
    mask: base64(mask),
    truth: base64(truth),
    void: base64(unknown ?? { ...mask, data: new Uint8Array(mask.data.length) }),
  }));
  reference<Compared>(asked).forEach((wanted, i) => {
    const labels = labelsOf(pairs[i]!);
    const { mask, truth } = againstTruth(pairs[i]![0], labels, 1);
    const { iou, dice } = overlapOf(mask, truth);
    const found = {
      iou,
      dice,
      accuracy: pixelAccuracy(mask.data, labels),
      boundary: boundaryF(mask, truth),
    };
    for (const key of ['iou', 'dice', 'accuracy', 'boundary'] as const)
      expect([i, key, Math.abs(found[key] - wanted[key]) < 1e-6]).toEqual([i, key, true]);
  });
}

/** Blobs and their neighbours: masks whose boundaries are near each other, as predictions are. */
function blob(width: number, height: number, seed: number, shift: number): Bitmap {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2 - shift, y - height / 2 + shift / 2];
      const wave =
        1 + 0.3 * Math.sin(3 * Math.atan2(dy, dx) + seed) + 0.1 * Math.cos(11 * Math.atan2(dx, dy));
      data[y * width + x] = Math.hypot(dx, dy) < (Math.min(width, height) / 3) * wave ? 1 : 0;
    }
  return { width, height, data };
}

describe('IoU, Dice, pixel accuracy and F (K1)', () => {
  it('are those of the definitions on random masks, to 1e-6', () => {
    compareAll(fc.sample(anyBitmapPair, { numRuns: 300, seed: 1 }));
  });

  it('are those of the definitions on blobs that nearly agree', () => {
    const pairs = [0, 1, 2, 5, 9, 30].flatMap((shift) =>
      [0, 1].map((seed) => [blob(427, 240, seed, shift), blob(427, 240, seed + 0.05, 0)] as const),
    );
    compareAll(pairs);
  });

  it('are those of the definitions on real masks', () => {
    const folder = join(davisFolder(), 'Annotations', '480p', 'breakdance-flare');
    const files = readdirSync(folder).sort();
    const read = (i: number): Bitmap => {
      const { width, height, data } = decodeIndexedPng(readFileSync(join(folder, files[i]!)))!;
      return { width, height, data: Uint8Array.from(data, (one) => (one === 0 ? 0 : 1)) };
    };
    compareAll([0, 10, 20, 30, 40].map((i) => [read(i), read(i + 1)] as const));
  });

  it('are those of the definitions where the truth says nothing of some pixels', () => {
    const random = fc.sample(fc.tuple(anyBitmapPair, fc.infiniteStream(fc.nat(1))), {
      numRuns: 200,
      seed: 3,
    });
    compareAll(
      random.map(([[mask, truth], bits]) => {
        const data = Uint8Array.from(truth.data, () => bits.next().value as number);
        return [mask, truth, { ...truth, data }] as const;
      }),
    );
    const unknown = [0, 4, 20].map((shift) => blob(427, 240, 2, shift));
    compareAll(unknown.map((one) => [blob(427, 240, 0, 5), blob(427, 240, 0.05, 0), one] as const));
    expect(() => againstTruth(blob(20, 10, 0, 0), new Uint8Array(3), 1)).toThrow(
      'a label map of 20 × 10 is needed, not one of 3 pixels',
    );
  });

  it('say 1 where neither has anything, and 0 where one has nothing', () => {
    const none = { width: 20, height: 10, data: new Uint8Array(200) };
    const some = blob(20, 10, 0, 0);
    expect([overlapOf(none, none), boundaryF(none, none)]).toEqual([{ iou: 1, dice: 1 }, 1]);
    expect([overlapOf(none, some), boundaryF(none, some)]).toEqual([{ iou: 0, dice: 0 }, 0]);
    expect(boundaryF(some, some)).toBe(1);
    expect(() => overlapOf(none, blob(10, 20, 0, 0))).toThrow('two masks of one size');
  });
});

describe('mean, recall and decay (K1)', () => {
  it('are those of DAVIS, for any number of frames', () => {
    const lists = fc.sample(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 90 }),
      {
        numRuns: 100,
        seed: 2,
      },
    );
    reference<Record<string, number>>(lists.map((values) => ({ values }))).forEach((wanted, i) => {
      const found = statisticsOf(lists[i]!);
      for (const key of ['mean', 'recall', 'decay'] as const)
        expect([lists[i]!.length, key, Math.abs(found[key] - wanted[key]!) < 1e-6]).toEqual([
          lists[i]!.length,
          key,
          true,
        ]);
    });
  });
});

describe('a sequence’s score', () => {
  it('counts a mask where the object is absent by itself, not in the paper’s means', () => {
    const [some, none] = [blob(64, 48, 0, 0), { width: 64, height: 48, data: new Uint8Array(64 * 48) }];
    const scorer = new SequenceScorer();
    scorer.addMask('a', 1, some, some);
    scorer.addMask('a', 2, some, none);
    scorer.addMask('a', 3, none, none);
    scorer.addMask('b', 1, none, some);
    scorer.addLabels(some.data, some.data);
    scorer.addLabels(some.data, none.data);
    const score = scorer.score();
    expect(score).toMatchObject({ masks: 2, iou: 0.5, dice: 0.5, absent: { frames: 2, wrong: 1 } });
    expect(score.region).toBeCloseTo((2 / 3 + 0) / 2, 12);
    expect(score.objects[0]!.region.recall).toBeCloseTo(2 / 3, 12);
    expect(score.pixelAccuracy).toBeLessThan(1);
  });
});
