import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import sharp from 'sharp';
import { findSequences } from '../../src/cli/evaluate/dataset';
import { readLabels } from '../../src/cli/evaluate/label-picture';
import { firstClick, nextClick } from '../../src/cli/evaluate/simulated-user';
import { sequenceLabels } from '../../src/metrics';
import { ClipFolder } from '../support/clips';
import { bitmapOf } from '../support/arbitrary-masks';
import { davisFolder } from '../support/davis';
import { drawDataset, drawnFrames, drawnVideo, labelsOf } from '../support/drawn-dataset';
import { blue, red } from '../support/synthetic-video';

// `masklet evaluate` as a user runs it (K2): on a drawn dataset whose truth is exact, and on a piece of DAVIS.

const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
let clips: ClipFolder;

interface Result {
  readonly sequence: string;
  readonly frames: number;
  readonly instances: number;
  readonly masks: number;
  readonly iou: number;
  readonly pixelAccuracy: number;
  readonly regionAndBoundary: number;
  readonly clicks: number;
  readonly absent: { readonly frames: number; readonly wrong: number };
  readonly seconds: number;
  readonly memory: unknown;
  readonly gpuMemory: unknown;
}

function masklet(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, 'evaluate', ...args], { encoding: 'utf8' });
}

function results(...args: string[]): Result[] {
  const { stdout, stderr } = masklet(...args, '--json');
  for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('progress');
  return (JSON.parse(stdout) as { results: Result[] }).results;
}

/** Every second column of the red square: the model, which knows colours alone, can only be half right. */
function stripesOf(frame: number): Uint8Array {
  return labelsOf(frame).map((one, at) => (one === 1 && (at % drawnVideo.info.width) % 2 === 0 ? 1 : 0));
}

/** From frame 1 on the blue square is what the red one was on frame 0: the model follows the colour that it was shown. */
function exchangedOf(frame: number): Uint8Array {
  return labelsOf(frame).map((one) => (one === (frame === 0 ? 1 : 2) ? 1 : 0));
}

/** From frame 1 on every second column of the blue square, and nothing of the red one: more than one click says. */
function halvesOf(frame: number): Uint8Array {
  if (frame === 0) return exchangedOf(0);
  return exchangedOf(frame).map((one, at) => ((at % drawnVideo.info.width) % 2 === 0 ? one : 0));
}

/** The blue square is not said to be anything, but on the first frame; on the last nothing is said of the red one either. */
function unsaidOf(frame: number): Uint8Array {
  const unsaid = (one: number): boolean =>
    frame > 0 && (one === 2 || (one === 1 && frame === drawnFrames - 1));
  return labelsOf(frame).map((one) => (unsaid(one) ? 255 : one));
}

/** As DAVIS 2016 writes it: one object, 255. */
function oneOf(frame: number): Uint8Array {
  return labelsOf(frame).map((one) => (one === 1 ? 255 : 0));
}

/** The upper half of the red square alone, the lower half of which nothing is said; and the blue one three columns further left. */
function mistakenOf(frame: number): Uint8Array {
  const { width } = drawnVideo.info;
  const labels = labelsOf(frame);
  if (frame === 0) return labels;
  return labels.map((one, at) => {
    if (one === 1) return Math.floor(at / width) < red.at(frame)![1] + 4 ? 1 : 255;
    return labels[at + 3] === 2 ? 2 : one === 2 ? 0 : one;
  });
}

/** Both squares, which take each other's numbers after the first frame: each mask is the other object's. */
function swappedOf(frame: number): Uint8Array {
  return labelsOf(frame).map((one) => (one === 0 || frame === 0 ? one : 3 - one));
}

beforeAll(async () => {
  clips = await ClipFolder.open();
  await drawDataset(clips.path('davis'));
  await drawDataset(clips.path('vos'), { between: '.', every: 5 });
});
afterAll(() => clips.remove());

describe('masklet evaluate', () => {
  it('finds that a model which is always right is right, in the layouts of DAVIS and YouTube-VOS', () => {
    const [davis] = results(clips.path('davis'), '--model', 'synthetic');
    expect(davis).toMatchObject({ sequence: 'squares', frames: 30, instances: 2, iou: 1, pixelAccuracy: 1 });
    expect(davis).toMatchObject({ regionAndBoundary: 1, clicks: 0 });
    expect(davis!.absent.frames).toBeGreaterThan(0);
    expect(davis!.absent.wrong).toBe(0);
    const [vos] = results(clips.path('vos'), '--model', 'synthetic');
    expect(vos).toMatchObject({ frames: 30, instances: 2, iou: 1 });
    expect(vos!.masks).toBeLessThan(davis!.masks);
  });

  it('clicks as a user does, and counts the clicks', () => {
    const [clicked] = results(
      clips.path('davis'),
      '--model',
      'synthetic',
      '--prompt',
      'click',
      '--correct',
      '2',
    );
    expect(clicked).toMatchObject({ iou: 1, clicks: 2 });
  });

  it('undoes a click that makes its frame worse, tries others, and leaves the masks as they were', async () => {
    await drawDataset(clips.path('stripes'), { truthOf: stripesOf });
    const scored = (...more: string[]): Result =>
      results(clips.path('stripes'), '--model', 'synthetic', '--frames', '6', ...more)[0]!;
    const before = scored();
    expect(before.iou).toBeCloseTo(0.5);
    const { iou, clicks } = scored('--correct', '2');
    expect({ iou, clicks }).toEqual({ iou: before.iou, clicks: 5 });
  });

  it('clicks on as often as it may before it carries a correction, and undoes the clicks after the best', async () => {
    await drawDataset(clips.path('halves'), { truthOf: halvesOf });
    const scored = (...more: string[]): Result =>
      results(clips.path('halves'), '--model', 'synthetic', '--frames', '6', '--correct', '1', ...more)[0]!;
    // Two clicks take the red square and the ground away, the third gives the blue one, a fourth would take that away again.
    expect(scored()).toMatchObject({ iou: 0, clicks: 1 });
    expect(scored('--clicks', '3')).toMatchObject({ iou: 0.5, clicks: 3 });
    expect(scored('--clicks', '4')).toMatchObject({ iou: 0.5, clicks: 4 });
  });

  it('corrects also where there is no frame left to carry a correction to', async () => {
    await drawDataset(clips.path('exchanged'), { truthOf: exchangedOf });
    const scored = (...more: string[]): Result =>
      results(clips.path('exchanged'), '--model', 'synthetic', ...more)[0]!;
    expect(scored('--frames', '2')).toMatchObject({ iou: 0, clicks: 0 });
    expect(scored('--frames', '2', '--correct', '1').clicks).toBe(1);
  });

  it('leaves out what the truth says nothing of', async () => {
    await drawDataset(clips.path('unsaid'), { truthOf: unsaidOf });
    const [found] = results(clips.path('unsaid'), '--model', 'synthetic', '--correct', '1');
    expect(found).toMatchObject({ iou: 1, pixelAccuracy: 1, clicks: 0, masks: 28 });
    expect(found!.absent).toEqual({ frames: 30, wrong: 0 });
  });

  it('takes a truth of nothing but 255 for one object, as DAVIS 2016 has it', async () => {
    await drawDataset(clips.path('one'), { truthOf: oneOf });
    const [found] = results(clips.path('one'), '--model', 'synthetic', '--frames', '6');
    expect(found).toMatchObject({ iou: 1, instances: 1, masks: 5 });
  });

  it('says the same twice', () => {
    const scores = (): unknown =>
      results(clips.path('davis'), '--model', 'synthetic', '--frames', '12').map(
        ({ seconds, memory, gpuMemory, ...one }) => {
          expect([typeof seconds, memory === null, gpuMemory === undefined]).toEqual([
            'number',
            false,
            false,
          ]);
          return one;
        },
      );
    expect(scores()).toEqual(scores());
  });

  it('prints the paper’s table, and a page with the worst frames', () => {
    const page = clips.path('report.html');
    const { stdout } = masklet(clips.path('davis'), '--model', 'synthetic', '--frames', '8', '--html', page);
    expect(stdout).toMatch(
      /sequence\s+frames\s+instances\s+masks\s+mean IoU\s+paper\s+mean Dice\s+pixel acc\./,
    );
    expect(stdout).toMatch(/squares\s+8\s+2\s+/);
    const html = readFileSync(page, 'utf8');
    expect(
      html.match(/<img alt="squares, frame \d+, mean IoU 1\.000" src="data:image\/jpeg;base64,/g),
    ).toHaveLength(4);
    // The second square is away on frames 5 to 8, and wandering off is counted apart.
    expect(html).toContain('Frames without an object: 3. Given a mask all the same: 0.');
    expect(stdout).toMatch(/ 0\/3 /);
  });

  it('shows on the page what is left out, taken in, and another object’s', async () => {
    const page = clips.path('swapped.html');
    await drawDataset(clips.path('swapped'), { truthOf: swappedOf });
    masklet(clips.path('swapped'), '--model', 'synthetic', '--frames', '3', '--html', page);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('object 1: 0.000');
    expect(html.match(/<polyline [^>]*points="320.0,120.0 640.0,120.0"/g)).toHaveLength(2);
    const [jpeg] = html.match(/(?<=data:image\/jpeg;base64,)[^"]+/)!;
    const { data, info } = await sharp(Buffer.from(jpeg, 'base64'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const square = red.at(1)!;
    const at = 3 * ((square[1] + 4) * info.width + square[0] + 4);
    // The red square under a cover of amber.
    const [r, g, b] = data.subarray(at, at + 3);
    expect({ r: r! > 180, g: g! > 100 && g! < 160, b: b! < 60 }).toEqual({ r: true, g: true, b: true });
  });

  it('shows on the page what is left out and taken in, and leaves alone what nothing is said of', async () => {
    const page = clips.path('mistaken.html');
    await drawDataset(clips.path('mistaken'), { truthOf: mistakenOf });
    masklet(clips.path('mistaken'), '--model', 'synthetic', '--frames', '2', '--html', page);
    const html = readFileSync(page, 'utf8');
    // One frame is scored: a dot for each object.
    expect(html.match(/<polyline [^>]*points="640.0,(\d+\.\d) 640.0,\1"/g)).toHaveLength(2);
    const [jpeg] = html.match(/(?<=data:image\/jpeg;base64,)[^"]+/)!;
    const { data, info } = await sharp(Buffer.from(jpeg, 'base64'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number[] => [
      ...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3),
    ];
    const [[rx, ry], [bx, by]] = [red.at(1)!, blue.at(1)!];
    const near = (found: number[], wanted: readonly number[]): boolean =>
      found.every((one, i) => Math.abs(one - wanted[i]!) < 60);
    expect({
      right: near(at(rx + 4, ry + 1), [229, 86, 86]),
      unsaid: near(at(rx + 4, ry + 6), [220, 30, 30]),
      taken: near(at(bx + blue.size - 2, by + 3), [160, 47, 107]),
      left: near(at(bx - 2, by + 3), [40, 73, 180]),
    }).toEqual({ right: true, unsaid: true, taken: true, left: true });
  });

  it('finds the one object on every frame of each real sequence, also where a picture is kept otherwise than the others', async () => {
    for (const { name, truth } of findSequences(davisFolder(), []).sequences) {
      const labels = await sequenceLabels(
        truth.map((one) => one.file),
        async (file) => (await readLabels(file, 854, 480)).data,
      );
      for (const { frame, file } of truth)
        expect([name, frame, [...new Set(await labels(file))].sort()]).toEqual([name, frame, [0, 1]]);
    }
  });

  it('says in a sentence what it cannot work with', () => {
    expect(masklet(clips.folder).stderr).toContain('is not a dataset: it needs JPEGImages');
    const told = masklet(clips.path('davis'), '--sequences', 'circles');
    expect([told.status, told.stderr]).toEqual([1, 'There is no sequence “circles”. There are: squares.\n']);
    expect(masklet(clips.path('davis'), '--correct', 'often').stderr).toContain(
      '--correct is a whole number from 0',
    );
    expect(masklet(clips.path('davis'), '--correct', '1', '--clicks', '0').stderr).toContain(
      '--clicks is a whole number from 1',
    );
    expect(masklet(clips.path('davis'), '--clicks', '3').stderr).toContain('it goes with --correct.');
    expect(masklet('a.masklet', '--truth', clips.path('davis'), '--html', 'a.html').stderr).toContain(
      '--html is for a dataset.',
    );
    mkdirSync(clips.path('empty/JPEGImages/x'), { recursive: true });
    mkdirSync(clips.path('empty/Annotations'), { recursive: true });
    expect(masklet(clips.path('empty')).stderr).toContain('is not a dataset');
    rmSync(clips.path('empty'), { recursive: true });
  });

  it('gives the stored figures on ten frames of two real sequences, to 1e-3', () => {
    const stored = JSON.parse(
      readFileSync(resolve(__dirname, '..', 'fixtures', 'evaluate-davis.json'), 'utf8'),
    ) as Record<string, { iou: number; boundary: number }>;
    const found = results(
      davisFolder(),
      '--model',
      'mobilesam',
      '--sequences',
      'blackswan,dog',
      '--frames',
      '10',
    );
    expect(found.map((one) => one.sequence)).toEqual(['blackswan', 'dog']);
    for (const one of found as (Result & { boundary: number })[]) {
      const wanted = stored[one.sequence]!;
      const near = Math.abs(one.iou - wanted.iou) < 1e-3 && Math.abs(one.boundary - wanted.boundary) < 1e-3;
      expect([one.sequence, one.iou, one.boundary, near]).toEqual([
        one.sequence,
        one.iou,
        one.boundary,
        true,
      ]);
    }
  }, 240_000);
});

describe('a simulated user', () => {
  it('clicks first where the object is deepest', () => {
    const truth = bitmapOf('........', '.#####..', '.#####..', '.#####..', '........');
    expect(firstClick(truth)).toEqual({ at: [2, 2], sign: 'positive' });
    expect(firstClick(bitmapOf('...', '...'))).toBeNull();
  });

  it('clicks next in the largest region that is wrong: what was left out, or what was taken in', () => {
    const truth = bitmapOf('####....', '####....', '####....');
    const mask = bitmapOf('#.......', '#.......', '#......#');
    expect(nextClick(mask, truth)).toEqual({ at: [2, 1], sign: 'positive' });
    const wide = bitmapOf('########', '########', '########');
    expect(nextClick(wide, truth)).toMatchObject({ sign: 'negative' });
    expect(nextClick(truth, truth)).toBeNull();
  });
});
