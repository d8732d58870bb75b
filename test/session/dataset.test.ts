import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnginePair, exportDataset, openVideoPath, Session } from '../../src/session';
import { ClipFolder } from '../support/clips';
import { engineProgram } from '../support/engine-program';
import { ownersAnswer } from '../support/scenes';
import type { Digest } from '../support/scenes';

// Several clips as one data set, read by pycocotools.

let clips: ClipFolder;
let engines: EnginePair;
let sessions: Session[];
let folder: string;

async function annotated(
  name: string,
  objects: readonly { name: string; class?: string }[],
): Promise<Session> {
  const clip = clips.make(
    `${name}.mp4`,
    '-f',
    'lavfi',
    '-i',
    'color=c=0x282828:s=64x48:r=10:d=1',
    '-qp',
    '0',
  );
  const session = new Session(await openVideoPath(clip, {}, engines));
  for (const [i, wanted] of objects.entries()) {
    const object = session.objects.add(wanted);
    for (const frame of [2, 3, 6]) {
      const data = new Uint8Array(64 * 48);
      data.fill(1, 64 * (5 + i) + frame, 64 * (5 + i) + frame + 10 + i);
      await object.drawMask(frame, { data, shape: [48, 64] });
    }
  }
  return session;
}

beforeAll(async () => {
  clips = await ClipFolder.open();
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  sessions = [
    await annotated('one', [
      { name: 'a', class: 'bird' },
      { name: 'b', class: 'fish' },
    ]),
    await annotated('two', [{ name: 'a', class: 'fish' }]),
    await annotated('three', [{ name: 'x' }, { name: 'y', class: 'bird' }]),
  ];
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-dataset-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => {
  await engines.dispose();
  clips.remove();
});

interface Loaded {
  readonly categories: Record<string, string>;
  readonly images: readonly { id: number; file_name: string; video_id: number }[];
  readonly videos: readonly { id: number; name: string }[];
  readonly tracks: readonly { id: number; video_id: number; category: string; name: string }[];
  /** By file name and track. */
  readonly masks: Record<string, Digest>;
  readonly videoMasks: Record<string, Digest>;
}

interface Images {
  readonly annotations: readonly { id: number }[];
  readonly images: readonly { id: number }[];
}

describe('a data set of several clips', () => {
  it('has splits by clip, is read by pycocotools, and every mask is there once', async () => {
    const report = await exportDataset(sessions, folder, { val: ['two'] });
    expect(report.clips.map(({ name, split, frames }) => [name, split, frames])).toEqual([
      ['one', 'train', 3],
      ['two', 'val', 3],
      ['three', 'train', 3],
    ]);
    expect(report.categories).toEqual(['bird', 'fish', 'object']);
    const [train, val] = ownersAnswer<Loaded>([
      { format: 'dataset', folder, video: 'train' },
      { format: 'dataset', folder, video: 'val' },
    ]) as [Loaded, Loaded];
    // Both have all categories under the same numbers; other numbers go on from clip to clip.
    expect(train.categories).toEqual({ 1: 'bird', 2: 'fish', 3: 'object' });
    expect(val.categories).toEqual(train.categories);
    expect([train.videos.map((one) => one.id), val.videos.map((one) => one.id)]).toEqual([[1, 3], [2]]);
    expect(train.images.map((one) => one.id)).toEqual([1, 2, 3, 7, 8, 9]);
    expect(val.images.map((one) => one.file_name)).toEqual([
      'two/00002.jpg',
      'two/00003.jpg',
      'two/00006.jpg',
    ]);
    expect(train.tracks).toEqual([
      { id: 1, video_id: 1, category: 'bird', name: 'a' },
      { id: 2, video_id: 1, category: 'fish', name: 'b' },
      { id: 4, video_id: 3, category: 'object', name: 'x' },
      { id: 5, video_id: 3, category: 'bird', name: 'y' },
    ]);
    expect(Object.keys(train.masks)).toHaveLength(12);
    expect(Object.keys(val.masks)).toHaveLength(3);
    // The pixels are the same in both schemas, and as many as were drawn.
    expect(train.videoMasks).toEqual(train.masks);
    expect(train.masks['one/00002.jpg 2']![0]).toBe(11);
  });

  it('keeps all numbers when a clip is added at the end', async () => {
    await exportDataset(sessions.slice(0, 2), join(folder, 'before'));
    await exportDataset(sessions, join(folder, 'after'));
    const read = (which: string): Images =>
      JSON.parse(readFileSync(join(folder, which, 'annotations', 'instances_train.json'), 'utf8')) as Images;
    const [before, after] = [read('before'), read('after')];
    expect(after.annotations.slice(0, before.annotations.length)).toEqual(before.annotations);
    expect(after.images.slice(0, before.images.length)).toEqual(before.images);
  });

  it('chooses a share of the clips by their names, the same each time, and writes pictures and every n-th frame', async () => {
    const options = { val: 0.3, every: 2, pictures: true };
    const { clips: first } = await exportDataset(sessions, folder, options);
    const { clips: second } = await exportDataset([...sessions].reverse(), join(folder, 'again'), options);
    const valOf = (list: typeof first): string[] =>
      list.filter((one) => one.split === 'val').map((one) => one.name);
    expect(valOf(first)).toHaveLength(1);
    expect(valOf(second)).toEqual(valOf(first));
    const where = first.find((one) => one.name === 'one')!.split;
    expect(first[0]!.frames).toBe(2);
    for (const frame of ['00002', '00006']) {
      const jpeg = readFileSync(join(folder, where, 'one', `${frame}.jpg`));
      expect([jpeg[0], jpeg[1]]).toEqual([0xff, 0xd8]);
    }
    expect(existsSync(join(folder, where, 'one', '00003.jpg'))).toBe(false);
  });

  it('tells clips of one name apart', async () => {
    const report = await exportDataset([sessions[0]!, sessions[0]!], folder);
    expect(report.clips.map((one) => one.name)).toEqual(['one', 'one-2']);
  });

  it('says in a sentence what it cannot write, and writes nothing', async () => {
    const out = join(folder, 'out');
    await expect(exportDataset(sessions, out, { val: ['four'] })).rejects.toThrow(/no clip “four”.*“one”/);
    await expect(exportDataset(sessions.slice(0, 1), out, { val: 0.5 })).rejects.toThrow(/none to train on/);
    await expect(exportDataset([], out)).rejects.toThrow(/There is no session/);
    await expect(exportDataset(sessions, out, { val: 1 })).rejects.toThrow(/from 0 to below 1/);
    const empty = new Session(sessions[0]!.video);
    await expect(exportDataset([...sessions, empty], out)).rejects.toThrow(/has no mask/);
    expect(existsSync(out)).toBe(false);
  });
});
