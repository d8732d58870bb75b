import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { decodeIndexedPng, encodeIndexedPng } from '../../src/formats';
import { ClipFolder } from '../support/clips';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// The command itself, as a user runs it, with the model that needs no weights.

const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const video = new SyntheticVideo(12, [red, blue]);
let clips: ClipFolder;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function masklet(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: clips.folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

function propagate(source: string, prompts: unknown, out: string, ...more: string[]): Outcome {
  writeFileSync(clips.path('prompts.json'), typeof prompts === 'string' ? prompts : JSON.stringify(prompts));
  return masklet(
    'propagate',
    source,
    '--prompts',
    'prompts.json',
    '--out',
    out,
    '--model',
    'synthetic',
    ...more,
  );
}

function labels(...path: string[]): number[] {
  return [...decodeIndexedPng(readFileSync(clips.path(join(...path))))!.data];
}

beforeAll(async () => {
  clips = await ClipFolder.open();
  mkdirSync(clips.path('pictures'));
  for await (const { index, width, height, data } of video.frames({ first: 0, last: 11 })) {
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(clips.path(`pictures/shot ${index + 3}.png`));
  }
  clips.make(
    'clip.mp4',
    '-framerate',
    '10',
    '-start_number',
    '3',
    '-i',
    clips.path('pictures/shot %d.png'),
    '-c:v',
    'libx264',
    '-qp',
    '0',
  );
  mkdirSync(clips.path('masks'));
  const { width, height, data } = video.truth(blue, 0);
  writeFileSync(
    clips.path('masks/first.png'),
    encodeIndexedPng({ width, height, data: data.map((one) => one * 7) }),
  );
  await sharp(Buffer.from(video.truth(red, 4).data.map((one) => one * 255)), {
    raw: { width, height, channels: 1 },
  })
    .png()
    .toFile(clips.path('masks/grey.png'));
});

afterAll(() => clips.remove());

const twoObjects = {
  objects: [
    { name: 'red', prompts: [{ frame: 4, points: [[8, 8, 1]] }] },
    { name: 'blue', class: 'square', prompts: [{ frame: 0, mask: 'masks/first.png' }] },
  ],
};

describe('masklet propagate', () => {
  it('writes one indexed picture a frame, named after the folder’s own pictures, prompts running both ways', () => {
    const { code, stdout, stderr } = propagate('pictures', twoObjects, 'out');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^\d+ frames, 2 objects, about .* here\n$/),
    });
    expect(stdout).toMatch(/^12 masks in out\/Annotations\/pictures, \d+\.\d\d seconds per frame\n$/);
    expect(readdirSync(clips.path('out/Annotations/pictures')).length).toBe(12);
    for (let frame = 0; frame < 12; frame++) {
      const truthRed = video.truth(red, frame).data;
      const truthBlue = video.truth(blue, frame).data;
      const expected = [...truthRed].map((value, i) => (value === 1 ? 1 : truthBlue[i] === 1 ? 2 : 0));
      expect(labels('out/Annotations/pictures', `shot ${frame + 3}.png`)).toEqual(expected);
    }
  });

  it('does a video file, with range and step, under the file’s own frame numbers', () => {
    const { code } = propagate(
      'clip.mp4',
      { objects: [{ name: 'red', prompts: [{ frame: 0, box: [3, 4, 10, 11] }] }] },
      'out2',
      '--range',
      '3-9',
      '--every',
      '3',
    );
    expect(code).toBe(0);
    expect(readdirSync(clips.path('out2/Annotations/clip')).sort()).toEqual([
      '00003.png',
      '00006.png',
      '00009.png',
    ]);
    const lit = labels('out2/Annotations/clip/00006.png').filter((value) => value === 1).length;
    expect(lit).toBeGreaterThan(40);
  });

  it('takes a grey mask, and writes what it was given on the prompted frame', () => {
    const { code } = propagate(
      'pictures',
      { objects: [{ name: 'red', prompts: [{ frame: 4, mask: 'masks/grey.png' }] }] },
      'out3',
    );
    expect(code).toBe(0);
    expect(labels('out3/Annotations/pictures/shot 7.png')).toEqual([...video.truth(red, 4).data]);
  });

  it.each([
    ['a video that is not there', 'nothing.mp4', twoObjects, /There is no file or folder/],
    ['a prompts file that is no JSON', 'pictures', '{ objects', /is not JSON/],
    [
      'a prompt without anything in it',
      'pictures',
      { objects: [{ name: 'a', prompts: [{ frame: 0 }] }] },
      /objects\.0\.prompts\.0: a prompt has a mask, points or a box/,
    ],
    [
      'a misspelt key',
      'pictures',
      { objects: [{ name: 'a', prompts: [{ frame: 0, point: [[1, 1, 1]] }] }] },
      /objects\.0\.prompts\.0/,
    ],
    [
      'a point outside the picture',
      'pictures',
      { objects: [{ name: 'a', prompts: [{ frame: 0, points: [[64, 0, 1]] }] }] },
      /outside the picture/,
    ],
    [
      'a frame that is not there',
      'pictures',
      { objects: [{ name: 'a', prompts: [{ frame: 12, points: [[4, 4, 1]] }] }] },
      /has frames 0 to 11/,
    ],
    [
      'a mask that is not there',
      'pictures',
      { objects: [{ name: 'a', prompts: [{ frame: 0, mask: 'no.png' }] }] },
      /The mask .*no\.png cannot be read/,
    ],
  ])('exits with 1 and one sentence for %s', (_what, source, prompts, sentence) => {
    const { code, stdout, stderr } = propagate(source, prompts, 'never');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('    at ');
  });

  it('writes the formats that are asked for, each in a folder of its own', () => {
    const prompts = { objects: [{ name: 'red', prompts: [{ frame: 0, points: [[2, 6, 1]] }] }] };
    const formats = ['--format', 'coco', '--format', 'csv', '--format', 'davis'];
    const { code, stdout, stderr } = propagate('clip.mp4', prompts, 'many', ...formats);
    expect([code, stderr.includes('Error')]).toEqual([0, false]);
    expect(stdout).toMatch(
      /coco: 1 files in many.coco.*\ncsv: 6 files in .*\n12 masks in many.davis.Annotations.clip/,
    );
    const { annotations } = JSON.parse(readFileSync(clips.path('many/coco/clip.json'), 'utf8')) as {
      annotations: { segmentations: unknown[] }[];
    };
    expect(annotations[0]!.segmentations).toHaveLength(12);
    expect(propagate('clip.mp4', prompts, 'none', '--format', 'pdf').stderr).toMatch(/no format “pdf”/);
  });

  it('names the models there are when it does not know one', () => {
    const { code, stderr } = propagate('pictures', twoObjects, 'never', '--model', 'sam9');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no model “sam9”. There are: mobilesam');
  });

  it('exits with 2 for wrong use', () => {
    expect(masklet('propagate', 'clip.mp4').code).toBe(2);
    expect(masklet('paint').code).toBe(2);
  });
});

describe('masklet', () => {
  it('helps, with examples', () => {
    const { code, stdout } = masklet('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('masklet propagate birds.mp4 --prompts prompts.json --out birds');
    expect(masklet('propagate', '--help').stdout).toContain('"points": [[410, 220, 1], [380, 90, 0]]');
  });

  it('tells what is on this machine, for people and for machines', () => {
    expect(masklet('doctor').stdout).toContain('model mobilesam');
    const findings = JSON.parse(masklet('doctor', '--json').stdout) as { what: string; state: string }[];
    expect(findings.find((one) => one.what === 'ffmpeg')!.state).toBe('ok');
    expect(findings.every((one) => ['ok', 'missing', 'none'].includes(one.state))).toBe(true);
  });

  it('puts kernel and canvas into a Jupyter, says what is missing there, and takes them out again', () => {
    mkdirSync(clips.path('environment'));
    const { code, stdout } = masklet('jupyter', 'install', '--prefix', 'environment');
    expect(code).toBe(0);
    expect(stdout).toContain('these Python packages are missing: jupyterlab, jupyterlab_widgets');
    const data = 'environment/share/jupyter';
    const spec = JSON.parse(readFileSync(clips.path(`${data}/kernels/masklet/kernel.json`), 'utf8')) as {
      display_name: string;
    };
    expect(spec.display_name).toBe('TypeScript (Masklet)');
    expect(readdirSync(clips.path(`${data}/labextensions/masklet-canvas`))).toContain('package.json');
    expect(masklet('jupyter', 'remove', '--prefix', 'environment').stdout).toContain('Removed');
    expect(readdirSync(clips.path(`${data}/labextensions`))).toEqual([]);
    expect(masklet('jupyter', 'remove', '--prefix', 'environment').stdout).toContain('nothing of Masklet');
    expect(masklet('jupyter', 'install', '--prefix', 'nowhere').code).toBe(1);
  });
});
