import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '../../src/errors';
import { encodeIndexedPng } from '../../src/formats';
import type { Digest } from '../support/scenes';
import {
  anyScenes,
  awkwardScene,
  importDigest,
  ownersAnswer,
  readScene,
  realScene,
  sceneDigest,
  sceneInput,
  tinyScene,
  writeScene,
} from '../support/scenes';
import type { Scene } from '../support/scenes';
import { davisFolder } from '../support/davis';

// Formats that hold masks to the pixel: what the owners' programs read, and what we read back, is what was written.

const made: readonly Scene[] = [awkwardScene, tinyScene, ...anyScenes(12)];
const real = (): readonly Scene[] => [
  realScene('multi', 'judo', 2),
  realScene('multi', 'schoolgirls', 2),
  realScene('davis', 'bear', 2),
];

/** How each format tells objects apart, and whether a pixel can belong to one object only. */
const formats: readonly (readonly [string, 'name' | 'number', boolean])[] = [
  ['davis', 'number', true],
  ['youtube-vos', 'number', true],
  ['lvos', 'number', true],
  ['npy', 'number', true],
  ['npz', 'number', true],
  ['binary', 'name', false],
  ['coco', 'name', false],
  ['coco-polygons', 'name', false],
  ['mots', 'number', true],
  ['cvat', 'name', false],
  ['labelme', 'name', false],
];

/** Written names that a path cannot hold come back as the path has them. */
function asRead(digest: Digest, format: string): Digest {
  if (format !== 'binary') return digest;
  return Object.fromEntries(
    Object.entries(digest).map(([name, value]) => [name.replace(/[\\/:*?"<>|]/g, '_'), value]),
  );
}

describe.each(formats)('%s', (format, by, labels) => {
  const check = async (scenes: readonly Scene[]): Promise<void> => {
    const folders = scenes.map(() => mkdtempSync(join(tmpdir(), 'masklet-format-')));
    try {
      for (const [i, scene] of scenes.entries()) await writeScene(format, sceneInput(scene), folders[i]!);
      const answers = ownersAnswer<Digest>(
        scenes.map(({ name }, i) => ({ format, folder: folders[i], video: name })),
      );
      for (const [i, scene] of scenes.entries()) {
        const truth = asRead(sceneDigest(scene, by, labels), format);
        expect(answers[i]).toEqual(truth);
        expect(importDigest(await readScene(format, folders[i]!, scene), by, format === 'mots')).toEqual(
          truth,
        );
      }
    } finally {
      folders.forEach((one) => rmSync(one, { recursive: true }));
    }
  };

  it('is read to the pixel by its owner and by us, whatever the masks are', () => check(made));
  it('is read to the pixel by its owner and by us for real sequences', () => check(real()));
});

describe('a label map', () => {
  it('has room for 255 objects, where 255 is void for 254, and says so in a sentence', async () => {
    const objects = Array.from({ length: 256 }, (_, i) => ({ name: `o${i}`, masks: [null] }));
    const input = sceneInput({ ...tinyScene, objects });
    for (const format of ['davis', 'lvos', 'youtube-vos', 'npy', 'npz']) {
      const folder = mkdtempSync(join(tmpdir(), 'masklet-format-'));
      const told = format.startsWith('np')
        ? /“o255” is object 256.*room for 255/
        : /“o254” is object 255.*room for 254/;
      await expect(writeScene(format, input, folder)).rejects.toThrow(told);
      await expect(writeScene(format, input, folder)).rejects.toBeInstanceOf(FormatError);
      rmSync(folder, { recursive: true });
    }
  });
});

describe('void in a label map', () => {
  const read = async (...pictures: readonly number[][]): Promise<string[]> => {
    const folder = mkdtempSync(join(tmpdir(), 'masklet-format-'));
    const scene = {
      name: 'v',
      width: 3,
      height: 1,
      objects: [{ name: 'a', masks: pictures.map(() => null) }],
    };
    mkdirSync(join(folder, 'Annotations', 'v'), { recursive: true });
    pictures.forEach((one, frame) => {
      const png = encodeIndexedPng({ width: 3, height: 1, data: Uint8Array.from(one) });
      writeFileSync(join(folder, 'Annotations', 'v', `0000${frame}.png`), png);
    });
    const found = await readScene('davis', folder, scene);
    rmSync(folder, { recursive: true });
    return found.map(({ key, frame }) => `${key} on ${frame}`);
  };

  it('is no object, also on frames where it is alone', async () => {
    expect(await read([255, 255, 0], [1, 255, 2])).toEqual(['1 on 1', '2 on 1']);
    expect(await read([1, 255, 0], [0, 255, 0])).toEqual(['1 on 0']);
  });

  it('is the one object where no picture has another number, as in DAVIS 2016', async () => {
    expect(await read([255, 255, 0], [0, 0, 0], [0, 255, 0])).toEqual(['255 on 0', '255 on 2']);
  });

  it('is the one object on every frame of DAVIS’s own bear, one picture of which is grey with alpha', async () => {
    const folder = join(davisFolder(), 'Annotations', '480p', 'bear');
    const scene = {
      name: 'bear',
      width: 854,
      height: 480,
      objects: [{ name: 'bear', masks: Array(82).fill(null) }],
    };
    const found = await readScene('davis', folder, scene);
    expect(found.map(({ key, frame }) => [key, frame])).toEqual(
      Array.from({ length: 82 }, (_, i) => ['255', i]),
    );
  });
});

describe('meta.json', () => {
  it('says each object’s category and the frames on which it is seen', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'masklet-format-'));
    await writeScene('youtube-vos', sceneInput(awkwardScene), folder);
    const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as {
      videos: Record<string, { objects: Record<string, unknown> }>;
    };
    expect(meta.videos['awkward']!.objects['1']).toEqual({
      category: 'bird',
      frames: ['00000', '00002', '00004'],
    });
    rmSync(folder, { recursive: true });
  });
});
