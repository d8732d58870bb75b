import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openSource } from '../../../src/engine/video';
import { VideoError } from '../../../src/errors';
import { davisFolder } from '../../support/davis';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'masklet-pictures-'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A picture of one colour. */
function plain(level: number, width = 8, height = 6): ReturnType<typeof sharp> {
  return sharp({ create: { width, height, channels: 3, background: { r: level, g: level, b: level } } });
}

async function folderOf(name: string, levels: Readonly<Record<string, number>>): Promise<string> {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [file, level] of Object.entries(levels)) await plain(level).toFile(join(folder, file));
  return folder;
}

/** The first row of a frame's first channel. */
async function firstPixel(folder: string, index = 0): Promise<number[]> {
  const source = await openSource(folder, {});
  const { data } = await source.frameAt(index);
  await source.dispose();
  return [...data.subarray(0, 3)];
}

describe('a folder of pictures (C2)', () => {
  it('is read in natural order, each frame by its own name', async () => {
    const folder = await folderOf('order', { 'a10.png': 100, 'a2.png': 20, 'a1.PNG': 10, 'a03.png': 30 });
    writeFileSync(join(folder, 'notes.txt'), 'not a picture');
    const source = await openSource(folder, {});
    expect(source.info).toEqual({
      name: 'order',
      path: folder,
      width: 8,
      height: 6,
      pixelAspect: 1,
      frameCount: 4,
      frameRate: null,
      duration: null,
    });
    expect([0, 1, 2, 3].map((i) => source.frameName(i))).toEqual(['a1', 'a2', 'a03', 'a10']);
    const seen: number[][] = [];
    for await (const frame of source.frames({ first: 1, last: 3, reverse: true }))
      seen.push([frame.index, frame.data[0]!]);
    expect(seen).toEqual([
      [3, 100],
      [2, 30],
      [1, 20],
    ]);
    expect(source.timeOf(2)).toBeNull();
  });

  it('gives frames as they are whatever order they are asked in', async () => {
    const levels = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.png`, i * 20]));
    const source = await openSource(await folderOf('shuffled', levels), {});
    for (const index of [7, 0, 11, 7, 3, 10, 1])
      expect((await source.frameAt(index)).data).toEqual(new Uint8Array(8 * 6 * 3).fill(index * 20));
  });

  it('takes range and step, and each picture keeps its name', async () => {
    const levels = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.png`, i]));
    const source = await openSource(await folderOf('stepped', levels), { range: [2, 9], every: 3 });
    expect(source.info.frameCount).toBe(3);
    expect([0, 1, 2].map((i) => source.frameName(i))).toEqual(['2', '5', '8']);
    expect((await source.frameAt(2)).data[0]).toBe(8);
  });

  it('turns a photograph as its EXIF says', async () => {
    const folder = join(root, 'turned');
    mkdirSync(folder);
    await plain(90).withMetadata({ orientation: 6 }).jpeg().toFile(join(folder, '0.jpg'));
    const { info } = await openSource(folder, {});
    expect([info.width, info.height]).toEqual([6, 8]);
  });

  it('reads 16-bit, grey and transparent pictures as 8-bit colour', async () => {
    const folder = join(root, 'kinds');
    mkdirSync(folder);
    const deep = new Uint16Array(48).fill(0x8040);
    const raw = (channels: 1 | 3 | 4): Parameters<typeof sharp>[1] => ({
      raw: { width: 8, height: 6, channels },
    });
    await sharp(deep, raw(1)).toColourspace('grey16').png().toFile(join(folder, '0.png'));
    await sharp(new Uint8Array(48).fill(77), raw(1)).toColourspace('b-w').png().toFile(join(folder, '1.png'));
    await sharp(new Uint8Array(192).fill(128), raw(4)).png().toFile(join(folder, '2.png'));
    expect((await sharp(join(folder, '0.png')).metadata()).depth).toBe('ushort');
    expect(await firstPixel(folder, 0)).toEqual([128, 128, 128]);
    expect(await firstPixel(folder, 1)).toEqual([77, 77, 77]);
    expect(await firstPixel(folder, 2)).toEqual([64, 64, 64]);
  });

  it('reads a real one, of 480p photographs', async () => {
    const bear = join(davisFolder(), 'JPEGImages', '480p', 'bear');
    const source = await openSource(bear, {});
    expect(source.info).toMatchObject({ name: 'bear', width: 854, height: 480, frameCount: 82 });
    expect(source.frameName(81)).toBe('00081');
    const truth = await sharp(join(bear, '00040.jpg')).raw().toBuffer();
    expect(Buffer.compare((await source.frameAt(40)).data, truth)).toBe(0);
  });
});

describe('a folder of pictures that cannot be used is refused with a sentence:', () => {
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(VideoError);
    return (error as Error).message;
  };

  it('one without pictures', async () => {
    expect(await refusal(openSource(await folderOf('none', {}), {}))).toContain('has no pictures in it');
  });

  it('pictures of several sizes, naming the odd one', async () => {
    const folder = await folderOf('sizes', { '0.png': 1, '1.png': 2, '3.png': 3 });
    await plain(5, 9, 6).toFile(join(folder, '2.png'));
    const source = await openSource(folder, {});
    expect((await source.frameAt(1)).data[0]).toBe(2);
    const message = await refusal(source.frameAt(2));
    expect(message).toContain('2.png is 9 × 6 pixels');
    expect(message).toContain('8 × 6');
    expect((await source.frameAt(3)).data[0]).toBe(3);
  });

  it('a picture that is none, while the others stay readable', async () => {
    const folder = await folderOf('broken', { '0.png': 1, '2.png': 3 });
    writeFileSync(join(folder, '1.png'), 'Dear diary');
    const source = await openSource(folder, {});
    expect(await refusal(source.frameAt(1))).toContain('1.png is not a picture that can be read');
    expect((await source.frameAt(2)).data[0]).toBe(3);
  });

  it.each([3, -1, 0.5, NaN])('frame %d', async (index) => {
    const folder = join(root, `numbers${index}`);
    cpSync(await folderOf(`source${index}`, { '0.png': 1, '1.png': 2, '2.png': 3 }), folder, {
      recursive: true,
    });
    const source = await openSource(folder, {});
    expect(await refusal(source.frameAt(index))).toContain('has frames 0 to 2');
  });

  it('a stretch that goes on past the last picture, before any is shown', async () => {
    const source = await openSource(await folderOf('past', { '0.png': 1, '1.png': 2 }), {});
    const stream = source.frames({ first: 0, last: 2 });
    expect(await refusal(stream[Symbol.asyncIterator]().next())).toContain('There is no frame 2');
  });
});
