import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '../../src/errors';
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
  it('has room for 255 objects and says so in a sentence', async () => {
    const objects = Array.from({ length: 256 }, (_, i) => ({ name: `o${i}`, masks: [null] }));
    const input = sceneInput({ ...tinyScene, objects });
    for (const format of ['davis', 'lvos', 'youtube-vos', 'npy', 'npz']) {
      const folder = mkdtempSync(join(tmpdir(), 'masklet-format-'));
      await expect(writeScene(format, input, folder)).rejects.toThrow(/“o255” is object 256.*room for 255/);
      await expect(writeScene(format, input, folder)).rejects.toBeInstanceOf(FormatError);
      rmSync(folder, { recursive: true });
    }
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
