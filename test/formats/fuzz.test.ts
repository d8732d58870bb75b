import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { FormatError } from '../../src/errors';
import { encodeIndexedPng, formatOf, importNames, npyHeader } from '../../src/formats';
import type { ImportInput } from '../../src/formats';
import { runLengthArea } from '../../src/mask';
import { damaged, damages } from '../support/damage';
import { awkwardScene, folderInput, sceneInput, writeScene } from '../support/scenes';

// Files that were damaged, cut or made up: a sentence or a correct read, never a crash, a hang or much memory.

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-fuzz-'));
  for (const format of importNames())
    await writeScene(format, sceneInput(awkwardScene), join(folder, format));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function readAll(format: string, input: ImportInput): Promise<void> {
  const { width, height, frameCount } = input.video;
  try {
    for await (const { mask, frame, name } of formatOf(format).read!(input)) {
      expect([mask.width, mask.height]).toEqual([width, height]);
      expect(mask.counts.reduce((sum, one) => sum + one, 0)).toBe(width * height);
      expect(frame >= 0 && frame < frameCount).toBe(true);
      expect(runLengthArea(mask)).toBeLessThanOrEqual(width * height);
      expect(typeof name).toBe('string');
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.message).toMatch(/Nothing was (imported|changed)/);
  }
}

describe.each(importNames().map((one) => [one]))('%s', (format) => {
  it('that is damaged is refused in a sentence or read', async () => {
    const whole = folderInput(join(folder, format), awkwardScene);
    await fc.assert(
      fc.asyncProperty(fc.nat(), damages, async (pick, changes) => {
        const target = whole.paths[pick % whole.paths.length]!;
        const file = damaged(new Uint8Array(readFileSync(join(folder, format, target))), changes);
        const read = (path: string): Promise<Uint8Array> =>
          path === target ? Promise.resolve(file) : whole.read(path);
        await readAll(format, { ...whole, read });
      }),
      { numRuns: 120, seed: 8 },
    );
  });

  it('is refused where there is nothing, or something else', async () => {
    const whole = folderInput(join(folder, format), awkwardScene);
    const none = formatOf(format).read!({ ...whole, paths: [] });
    await expect(none[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(FormatError);
    for (const other of importNames()) await readAll(format, folderInput(join(folder, other), awkwardScene));
  });
});

describe('files that mean harm', () => {
  const given = (name: string, bytes: Uint8Array): ImportInput => ({
    video: { name: 'v', width: 7, height: 7, frameCount: 5 },
    paths: [name],
    frameOf: () => 0,
    read: async () => bytes,
  });
  const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value));
  const refused = async (format: string, input: ImportInput, why: RegExp): Promise<void> => {
    const reading = async (): Promise<void> => {
      for await (const one of formatOf(format).read!(input)) void one;
    };
    await expect(reading()).rejects.toThrow(why);
    await expect(reading()).rejects.toBeInstanceOf(FormatError);
  };

  it('such as an archive that swells are stopped at the size of the video', async () => {
    const bomb = zipSync({ 'masks.npy': new Uint8Array(50_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    await refused('npz', given('a.npz', bomb), /more than the video has pixels/);
  });

  it('such as an archive with paths that leave the folder are read for their arrays alone', async () => {
    const entry = Buffer.concat([npyHeader('|u1', [5, 7, 7]), new Uint8Array(245)]);
    await refused('npz', given('a.npz', zipSync({ '../masks.npy': entry })), /no array “masks”/);
  });

  it('such as a picture that claims gigabytes are refused before anything is unpacked', async () => {
    const small = encodeIndexedPng({ width: 7, height: 7, data: new Uint8Array(49) });
    const bomb = new Uint8Array(small);
    // The header alone says 2^30 pixels; what follows it is never looked at.
    new DataView(bomb.buffer).setUint32(16, 1 << 15);
    new DataView(bomb.buffer).setUint32(20, 1 << 15);
    for (const format of ['davis', 'lvos', 'youtube-vos', 'binary', 'mots'])
      await refused(format, given('Annotations/v/0.png', bomb), /32768 × 32768 pixels, and the video 7 × 7/);
  });

  it('such as XML whose entities swell are refused', async () => {
    const xml = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><annotations>&c;</annotations>';
    await refused('cvat', given('a.xml', text(xml)), /no XML/);
  });

  it('such as run lengths, boxes and arrays that claim the world are refused', async () => {
    await refused('mots', given('a.txt', text('0 1001 1 7 7 ooooooooo0')), /run lengths|signs/);
    await refused('npy', given('a.npy', npyHeader('|u1', [1e9, 1e9, 1e9])), /does not/);
    const mask = '<mask label="a" left="0" top="0" width="1000000" height="1000000" rle="1"/>';
    const image = `<annotations><image id="0" name="0" width="7" height="7">${mask}</image></annotations>`;
    await refused('cvat', given('a.xml', text(image)), /outside the picture/);
    const ring = JSON.stringify([[0, 0, 1e300, 0, 1e300, 1e300, 0, 1e300]]);
    const file = `{"videos":[{"id":1,"file_names":["0.jpg"]}],"annotations":[{"id":1,"video_id":1,"category_id":1,"segmentations":${ring.replace('[[', '[[[').replace(']]', ']]]')}}]}`;
    await readAll('coco', given('a.json', text(file)));
  });

  it('are each read or refused in a sentence, within the memory that docs/formats.md states', () => {
    const program = resolve(__dirname, '..', 'support', 'read-hostile.cjs');
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--max-old-space-size=192', program], {
      encoding: 'utf8',
      timeout: 50_000,
    });
    expect([status, stderr]).toEqual([0, '']);
    const ended = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; format: string; ended: string; grown: number });
    const readWell = [
      'rings without number',
      'lines without number',
      'a name of spaces',
      'columns without number',
    ];
    for (const one of ended) {
      if (readWell.includes(one.what)) expect([one.what, one.ended]).toEqual([one.what, 'read']);
      else
        expect([one.what, one.ended]).toEqual([
          one.what,
          expect.stringMatching(/^[^\n]*(Nothing was|No prompt)/),
        ]);
      expect(one.grown).toBeLessThan(256);
    }
    expect(ended.length).toBe(25);
  });
});
