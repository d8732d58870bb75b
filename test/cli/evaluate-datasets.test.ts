import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { reportText } from '../../src/cli/evaluate/report-text';
import type { EvaluatedSequence } from '../../src/cli/evaluate/evaluate-sequence';
import { ClipFolder } from '../support/clips';
import { drawDataset, labelsOf } from '../support/drawn-dataset';

// Datasets as people have them: what `masklet evaluate` finds in them, refuses, or leaves out and says so (K2).

const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
let clips: ClipFolder;

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function masklet(root: string, ...args: string[]): Answer {
  return spawnSync(process.execPath, [program, 'evaluate', root, '--model', 'synthetic', ...args], {
    encoding: 'utf8',
  });
}

/** The figures of each sequence, by name. */
function figuresOf({ stdout }: Answer): Record<string, { iou: number; instances: number; masks: number }> {
  const { results } = JSON.parse(stdout) as { results: EvaluatedSequence[] };
  return Object.fromEntries(
    results.map(({ sequence, iou, instances, masks }) => [sequence, { iou, instances, masks }]),
  );
}

/** A label picture in which each object is a shade or a colour. */
function painted(colours: readonly (readonly [number, number, number])[]) {
  return (labels: Uint8Array, width: number, height: number): Promise<Buffer> => {
    const data = new Uint8Array(labels.length * 3);
    labels.forEach((one, i) => one > 0 && data.set(colours[one - 1]!, 3 * i));
    return sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
  };
}

/** The label picture brought to another size. */
function sized(wide: number, high: number) {
  return (labels: Uint8Array, width: number, height: number): Promise<Buffer> =>
    sharp(labels, { raw: { width, height, channels: 1 } })
      .resize(wide, high, { kernel: 'nearest', fit: 'fill' })
      .toColourspace('b-w')
      .png()
      .toBuffer();
}

beforeAll(async () => {
  clips = await ClipFolder.open();
});
afterAll(() => clips.remove());

describe('masklet evaluate, of datasets as they come', () => {
  it('pairs pictures and masks in the order of the frames, also where names have no leading zeros', async () => {
    const root = clips.path('natural');
    await drawDataset(root, { frames: 12, nameOf: (frame) => `frame${frame}` });
    expect(figuresOf(masklet(root, '--json'))).toEqual({ squares: { iou: 1, instances: 2, masks: 18 } });
  });

  it('is not led astray by hidden files, as some systems leave beside pictures', async () => {
    const root = clips.path('hidden');
    await drawDataset(root, { frames: 6 });
    for (const kind of ['JPEGImages', 'Annotations'])
      writeFileSync(join(root, kind, '480p', 'squares', '._00000.png'), 'no picture');
    expect(figuresOf(masklet(root, '--json'))).toMatchObject({ squares: { iou: 1, instances: 2 } });
  });

  it('refuses a truth in colours, which does not say which object is where, but not in shades', async () => {
    const root = clips.path('colours');
    const colours = [
      [255, 255, 0],
      [200, 0, 0],
    ] as const;
    await drawDataset(root, { frames: 3, encode: painted(colours) });
    const { status, stdout, stderr } = masklet(root);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      '00000.png is no indexed or grey PNG of 8 bits, or is interlaced, so its objects have no',
    );
    const shades = [1, 2].map((one) => [one, one, one] as const);
    await drawDataset(root, { frames: 3, encode: painted(shades) });
    expect(figuresOf(masklet(root, '--json'))).toMatchObject({ squares: { iou: 1, instances: 2 } });
  });

  it('takes black and white for one object, and an empty picture for none', async () => {
    const root = clips.path('white');
    const white = [
      [255, 255, 255],
      [0, 0, 0],
    ] as const;
    const truthOf = (frame: number): Uint8Array => (frame === 2 ? labelsOf(2).fill(0) : labelsOf(frame));
    await drawDataset(root, { frames: 4, truthOf, encode: painted(white) });
    expect(figuresOf(masklet(root, '--json'))).toEqual({ squares: { iou: 1, instances: 1, masks: 2 } });
  });

  it('takes a truth that is finer than the frames or a pixel narrower, and refuses one of another shape', async () => {
    const root = clips.path('sizes');
    await drawDataset(root, { frames: 3, encode: sized(128, 96) });
    expect(figuresOf(masklet(root, '--json'))).toMatchObject({ squares: { iou: 1 } });
    await drawDataset(root, { frames: 3, encode: sized(63, 48) });
    expect(figuresOf(masklet(root, '--json')).squares!.iou).toBeGreaterThan(0.8);
    await drawDataset(root, { frames: 3, encode: sized(48, 64) });
    const { status, stdout, stderr } = masklet(root);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('is 48 × 64 pixels, and its frame 64 × 48. It belongs to another picture.');
  });

  it('says which sequences it leaves out, and refuses those that were asked for by name', async () => {
    const root = clips.path('gaps');
    await drawDataset(root, { frames: 3 });
    await drawDataset(root, { frames: 3, sequence: 'unknown' });
    rmSync(join(root, 'Annotations/480p/unknown'), { recursive: true });
    await drawDataset(root, { frames: 1, sequence: 'alone' });
    const all = masklet(root);
    expect(all.status).toBe(0);
    expect(all.stderr.split('\n')).toEqual([
      'The sequence “alone” is left out: it has 1 picture, and two are the least.',
      'The sequence “unknown” is left out: it has no folder in Annotations.',
      '',
    ]);
    const { status, stderr } = masklet(root, '--sequences', 'squares,unknown');
    expect([status, stderr]).toEqual([
      1,
      'The sequence “unknown” cannot be scored: it has no folder in Annotations.\n',
    ]);
  });

  it('goes on with the others where one cannot be evaluated, and says so at the end too', async () => {
    const root = clips.path('damaged');
    for (const sequence of ['first', 'second', 'third']) await drawDataset(root, { frames: 3, sequence });
    writeFileSync(join(root, 'Annotations/480p/second/00001.png'), 'no picture');
    const page = clips.path('damaged.html');
    const answer = masklet(root, '--json', '--html', page);
    expect(answer.status).toBe(1);
    expect(Object.keys(figuresOf(answer))).toEqual(['first', 'third']);
    expect(answer.stderr).toMatch(
      /"notice":"The sequence “second” is not in the table: .*00001\.png: This PNG cannot be read/,
    );
    expect(readFileSync(page, 'utf8')).toContain('third');
  });

  it('keeps what it found when it is told to stop', async () => {
    const root = clips.path('stopped');
    await drawDataset(root, { frames: 3, sequence: 'a' });
    await drawDataset(root, { sequence: 'b' });
    const args = [program, 'evaluate', root, '--model', 'synthetic', '--json', '--correct', '200'];
    const child = spawn(process.execPath, args);
    const [said, told] = [[] as string[], [] as string[]];
    child.stdout.on('data', (data: Buffer) => said.push(data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      told.push(data.toString());
      if (!child.killed && told.join('').includes('"what":"b')) child.kill('SIGINT');
    });
    const status = await new Promise((done) => child.on('exit', done));
    expect(told.join('')).toContain('{"notice":"Stopped: 1 of 2 sequences evaluated."}');
    const stdout = said.join('');
    expect([status, Object.keys(figuresOf({ status: 0, stdout, stderr: '' }))]).toEqual([130, ['a']]);
  });

  it('looks at where the page is to go before it computes', async () => {
    const root = clips.path('pages');
    await drawDataset(root, { frames: 3 });
    const refused = (page: string): string => {
      const { status, stdout, stderr } = masklet(root, '--html', clips.path(page));
      expect([status, stdout]).toEqual([1, '']);
      return stderr;
    };
    expect(refused('nowhere/a.html')).toMatch(/there is no folder .*nowhere\. Nothing was computed\.\n$/);
    writeFileSync(clips.path('file'), '');
    expect(refused('file/a.html')).toMatch(/file is a file\. Nothing was computed\.\n$/);
    mkdirSync(clips.path('folder.html'));
    expect(refused('folder.html')).toContain('it is a folder. Nothing was computed.');
    expect(existsSync(clips.path('nowhere'))).toBe(false);
  });

  it('refuses what chooses in a session', () => {
    expect(masklet(clips.folder, '--range', '0-3').stderr).toBe(
      '--range is for a session, with --truth. Of a dataset --sequences and --frames choose what is evaluated.\n',
    );
  });

  it('has means over the sequences that have a value, and minutes of sixty seconds', () => {
    const one: EvaluatedSequence = {
      ...{
        sequence: 'a',
        frames: 3,
        instances: 1,
        objects: [],
        masks: 2,
        clicks: 0,
        seconds: 59.7,
        computed: 2,
      },
      ...{ iou: 0.5, dice: 0.5, pixelAccuracy: 1, region: 0.5, boundary: 0.5, regionAndBoundary: 0.5 },
      ...{ absent: { frames: 0, wrong: 0 }, memory: null, gpuMemory: null, worst: [] },
    };
    const unscored = { ...one, sequence: 'b', masks: 0, iou: NaN, dice: NaN };
    const text = reportText([one, unscored], 'two');
    expect(text).toMatch(/^all +6 +2 +2 +0\.500 +0\.500 /m);
    expect(text).toMatch(/^a .* 1:00 /m);
    expect(text).toMatch(/^all .* 1:59 /m);
  });
});
