import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeIndexedPng } from '../../src/formats';
import type { EvaluationView } from '../../src/protocol';
import { EnginePair, openVideoArrays, openVideoPath, Session } from '../../src/session';
import type { MaskArray } from '../../src/session';
import { davisFolder } from '../support/davis';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Masks against known ones, with the real engine and the model without weights, whose masks are exact.

const frames = 12;
const drawn = new SyntheticVideo(frames, [red, blue]);
let engines: EnginePair;
let session: Session;
let folder: string;

const make = (): Session => {
  let ids = 0;
  return new Session(openVideoArrays(new SyntheticVideo(frames, [red, blue]), engines), {
    nextId: () => `id${ids++}`,
  });
};

/** The truth: red is 1, blue is 2. */
function truthOf(count = frames): MaskArray {
  const size = 64 * 48;
  const data = new Uint8Array(count * size);
  for (let frame = 0; frame < count; frame++)
    [red, blue].forEach((square, index) =>
      drawn.truth(square, frame).data.forEach((set, i) => set && (data[frame * size + i] = index + 1)),
    );
  return { data, shape: [count, 48, 64], frames: Int32Array.from({ length: count }, (_, i) => i) };
}

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-evaluation-'));
  session = make();
  await session.objects.add({ name: 'a' }).point(0, [2, 6]);
  await session.objects.add({ name: 'b' }).point(0, [52, 2]);
  await session.propagate();
});
afterEach(async () => {
  await session.dispose();
  rmSync(folder, { recursive: true });
});
afterAll(() => engines.dispose());

/** Resolves with the next figures that the canvas would get. */
function nextView(from: Session): Promise<EvaluationView | null> {
  return new Promise((resolve) => {
    const stop = from.on('evaluation', (view) => {
      stop();
      resolve(view);
    });
  });
}

describe('an evaluation', () => {
  it('of exact masks is 1 in every figure, a row for each object on each frame', async () => {
    const found = await session.evaluate(truthOf());
    expect(found).toMatchObject({ iou: 1, dice: 1, pixelAccuracy: 1, region: 1, boundary: 1, extra: [] });
    expect(found.rows).toHaveLength(2 * frames);
    expect(found.rows[0]).toMatchObject({ object: 'a', frame: 0, time: null, iou: 1, source: 'prompted' });
    expect(found.columns['iou']).toEqual(found.rows.map((one) => one.iou));
    expect(found.objects.map((one) => [one.name, one.frames])).toEqual([
      ['a', frames],
      ['b', frames],
    ]);
  });

  it('knows half a square from a whole one, by the formulas', async () => {
    const truth = truthOf(1);
    const data = new Uint8Array(64 * 48);
    const { data: square } = drawn.truth(red, 0);
    let set = 0;
    square.forEach((one, i) => one && set++ % 2 === 0 && (data[i] = 1));
    await session.objects.get('a').drawMask(0, { data, shape: [48, 64] });
    const [row] = (await session.evaluate(truth)).rows;
    expect(row).toMatchObject({ iou: 0.5, present: true, area: 32 });
    expect(row!.dice).toBeCloseTo(2 / 3, 12);
  });

  it('leaves out what the truth says nothing of', async () => {
    const truth = truthOf(1);
    const { data: square } = drawn.truth(red, 0);
    let seen = 0;
    square.forEach((one, i) => one && seen++ % 2 === 0 && (truth.data[i] = 255));
    const found = await session.evaluate(truth);
    expect(found).toMatchObject({ iou: 1, region: 1, boundary: 1, pixelAccuracy: 1, missing: [] });
    expect(found.rows[0]).toMatchObject({ iou: 1, area: 64 });
    await session.objects.get('a').drawMask(0, { data: new Uint8Array(64 * 48), shape: [48, 64] });
    expect((await session.evaluate(truth)).accuracies[0]!.pixelAccuracy).toBeCloseTo(1 - 32 / (64 * 48 - 32));
  });

  it('counts masks where the truth has none, and leaves prompted frames out where asked to', async () => {
    const truth = truthOf();
    truth.data.subarray(5 * 64 * 48, 6 * 64 * 48).fill(0);
    const found = await session.evaluate(truth, { prompted: false });
    expect(found.absent).toEqual({ frames: 5, wrong: 1 });
    expect(found.rows).toHaveLength(2 * (frames - 1));
    expect(found.accuracies[5]!.pixelAccuracy).toBeLessThan(1);
  });

  it('reads a folder of indexed pictures, of the frames it has', async () => {
    const below = join(folder, 'Annotations', 'synthetic');
    mkdirSync(below, { recursive: true });
    const { data } = truthOf();
    for (const frame of [0, 4, 9])
      writeFileSync(
        join(below, `0000${frame}.png`),
        encodeIndexedPng({
          width: 64,
          height: 48,
          data: data.subarray(frame * 64 * 48, (frame + 1) * 64 * 48),
        }),
      );
    const found = await session.evaluate(folder);
    expect(found.accuracies.map((one) => one.frame)).toEqual([0, 4, 9]);
    expect(found.iou).toBe(1);
    writeFileSync(join(below, '00004.png'), 'no picture');
    await expect(session.evaluate(folder)).rejects.toThrow('does not begin as a PNG');
    await expect(session.evaluate(join(folder, 'nowhere'))).rejects.toThrow(
      /nothing at .*nowhere. Nothing was evaluated/,
    );
  });

  it('pairs objects with those of another session by name, in any order', async () => {
    const other = make();
    await other.objects.add({ name: 'b' }).point(0, [52, 2]);
    await other.objects.add({ name: 'c' }).point(0, [2, 6]);
    await other.propagate();
    const found = await session.evaluate(other);
    expect(found.objects.map((one) => one.name)).toEqual(['b']);
    expect(found.iou).toBe(1);
    expect(found.extra).toEqual(['a']);
    expect(found.missing).toEqual([2]);
    await other.dispose();
  });

  it('tells objects of one name apart by their numbers, in figures and on the timeline', async () => {
    await session.objects.get('b').change({ name: 'a' });
    const { objects, iou } = await session.evaluate(truthOf());
    expect(objects.map(({ name, frames: scored }) => [name, scored])).toEqual([
      ['a (#1)', frames],
      ['a (#2)', frames],
    ]);
    expect([iou, session.evaluation?.objects.map((one) => one.scores.length)]).toEqual([1, [frames, frames]]);
    const numbers = { 'a (#1)': 2, 'a (#2)': 1 };
    expect((await session.evaluate(truthOf(), { numbers })).iou).toBe(0);
  });

  it('takes numbers that are not its own, and says so where nothing fits', async () => {
    const truth = truthOf();
    const moved = { ...truth, data: truth.data.map((one) => (one === 0 ? 0 : one + 6)) };
    await expect(session.evaluate(moved)).rejects.toThrow(
      'Here: “a” (number 1), “b” (number 2). In the truth: number 7, number 8.',
    );
    expect((await session.evaluate(moved, { numbers: { a: 7, b: 8 } })).iou).toBe(1);
    await expect(session.evaluate(moved, { numbers: { a: 7, c: 8 } })).rejects.toThrow(
      'No object is called “c”, which was given a number. There are: a, b. Nothing was evaluated.',
    );
    const many = {
      document: { objects: [{ id: 'x', name: 'the last of many', number: 255 }] },
      video: session.video,
      labels: (frame: number) => session.labels(frame),
    };
    await expect(session.evaluate(many)).rejects.toThrow(
      '“the last of many” of that session has the number 255, and only numbers up to 254 can be compared.',
    );
    const small = { ...truth, shape: [frames, 24, 32] as const };
    await expect(session.evaluate(small)).rejects.toThrow('the video has 64 × 48');
  });
});

describe('the figures on the timeline', () => {
  it('stand there after an evaluation and follow a correction and its undo', async () => {
    expect(session.evaluation).toBeNull();
    await session.evaluate(truthOf());
    const a = session.evaluation!.objects[0]!;
    expect(a.scores.map(([, iou]) => iou)).toEqual(Array.from({ length: frames }, () => 1));
    const after = nextView(session);
    await session.objects.get('a').drawMask(3, { data: new Uint8Array(64 * 48).fill(1), shape: [48, 64] });
    expect((await after)!.objects[0]!.scores[3]![1]).toBeLessThan(0.1);
    // Where nothing is said a mask may be what it will.
    const unsaid = truthOf();
    const [start, end] = [4 * 64 * 48, 5 * 64 * 48];
    for (let i = start; i < end; i++) if (unsaid.data[i] !== 1) unsaid.data[i] = 255;
    await session.evaluate(unsaid);
    const beyond = nextView(session);
    await session.objects.get('a').drawMask(4, { data: new Uint8Array(64 * 48).fill(1), shape: [48, 64] });
    expect((await beyond)!.objects[0]!.scores[4]).toEqual([4, 1]);
    await session.undo();
    await session.evaluate(truthOf());
    const again = nextView(session);
    await session.undo();
    expect((await again)!.objects[0]!.scores[3]).toEqual([3, 1]);
    const gone = nextView(session);
    expect(await session.evaluate(null)).toBeNull();
    expect(await gone).toBeNull();
    expect(session.evaluation).toBeNull();
  });
});

describe('a real sequence', () => {
  it('that is its own truth agrees with it in every figure', async () => {
    const video = await openVideoPath(join(davisFolder(), 'JPEGImages', '480p', 'dog'), {}, engines);
    const truth = join(davisFolder(), 'Annotations', '480p', 'dog');
    const real = new Session(video);
    await real.import('davis', truth);
    const found = await real.evaluate(truth, { range: [0, 5] });
    expect(found).toMatchObject({ region: 1, boundary: 1, pixelAccuracy: 1 });
    expect(found.rows.length).toBe(found.objects.length * 6);
    await real.dispose();
  }, 60_000);
});
