import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { findFfmpeg, openSource } from '../../../src/engine/video';
import type { FrameSource } from '../../../src/engine/video';
import { readFrameTable } from '../../../src/engine/video/frame-table';
import type { FrameTable } from '../../../src/engine/video/frame-table';
import { VideoFile } from '../../../src/engine/video/video-file';
import { ClipFolder } from '../../support/clips';
import { digest, expectEveryFrameExact, moving } from '../../support/video-truth';

let clips: ClipFolder;

beforeAll(async () => {
  clips = await ClipFolder.open();
  clips.make('plain.mp4', ...moving, '-c:v', 'libx264', '-bf', '3', '-g', '12', '-pix_fmt', 'yuv420p');
});

afterAll(() => clips.remove());

describe('frame n is the n-th picture of a full decode also in', () => {
  it.each<[string, string, string[]]>([
    ['an MPEG transport stream', 'a.ts', ['-i', 'IN:plain.mp4', '-c', 'copy']],
    ['an MPEG program stream', 'a.mpg', [...moving, '-c:v', 'mpeg2video', '-bf', '2', '-g', '12']],
    ['an flv', 'a.flv', ['-i', 'IN:plain.mp4', '-c', 'copy']],
    ['a wmv', 'a.wmv', [...moving, '-c:v', 'wmv2', '-g', '12']],
    ['a gif', 'a.gif', [...moving, '-frames:v', '20']],
    ['a raw H.264 stream', 'a.h264', ['-i', 'IN:plain.mp4', '-c', 'copy']],
    ['an avi with motion JPEG', 'm.avi', [...moving, '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p']],
    ['an avi with H.264', 'h.avi', ['-i', 'IN:plain.mp4', '-c', 'copy']],
    ['an mkv with lossless FFV1', 'f.mkv', [...moving, '-c:v', 'ffv1']],
    [
      'an mp4 in fragments',
      'frag.mp4',
      ['-i', 'IN:plain.mp4', '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov'],
    ],
    ['a clip of one picture', 'one.mp4', [...moving, '-frames:v', '1', '-c:v', 'libx264']],
    ['a mov turned by half', 'half.mov', ['-display_rotation', '180', '-i', 'IN:plain.mp4', '-c', 'copy']],
    [
      'a clip whose clock starts at two hours',
      'hours.mkv',
      ['-itsoffset', '7200', '-i', 'IN:plain.mp4', '-c', 'copy', '-copyts'],
    ],
    [
      'a clip of 29.97 pictures a second',
      'ntsc.mp4',
      ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30000/1001:duration=2', '-c:v', 'libx264', '-g', '15'],
    ],
    [
      'a clip with one key picture',
      'gop.mp4',
      [...moving, '-c:v', 'libx264', '-g', '500', '-sc_threshold', '0'],
    ],
    ['a clip with few bits per pixel', 'ten.mkv', [...moving, '-c:v', 'libx264', '-pix_fmt', 'yuv422p10le']],
  ])('%s', async (_, name, args) => {
    await expectEveryFrameExact(clips, clips.make(name, ...args));
  });
});

describe('a video cut short', () => {
  it.each<[string, string, string[], number]>([
    ['mp4 with its index in front', 'front.mp4', ['-movflags', '+faststart'], 0.6],
    ['mp4 that lost its last bytes', 'front2.mp4', ['-movflags', '+faststart'], 0.97],
    ['mkv', 'cut.mkv', [], 0.6],
    ['transport stream', 'cut.ts', [], 0.6],
    ['avi', 'cut.avi', [], 0.6],
  ])('counts and shows the frames that can be decoded: %s', async (_, name, args, part) => {
    const whole = readFileSync(clips.make(`whole-${name}`, '-i', 'IN:plain.mp4', '-c', 'copy', ...args));
    writeFileSync(clips.path(name), whole.subarray(0, Math.floor(whole.length * part)));
    const { info } = await expectEveryFrameExact(clips, clips.path(name));
    expect(info.frameCount).toBeGreaterThan(5);
    expect(info.frameCount).toBeLessThan(50);
  });

  it('keeps every frame before and after where bytes in the middle are damaged', async () => {
    const bytes = readFileSync(clips.path('plain.mp4'));
    const middle = Math.floor(bytes.length * 0.5);
    bytes.fill(0x5a, middle, middle + 300);
    writeFileSync(clips.path('hurt.mp4'), bytes);
    const source = await openSource(clips.path('hurt.mp4'), {});
    const truth = clips.fullDecode(clips.path('hurt.mp4'), 160 * 90 * 3).map(digest);
    expect(source.info.frameCount).toBe(truth.length);
    const seen: string[] = [];
    for await (const frame of source.frames({ first: 0, last: truth.length - 1 }))
      seen.push(digest(frame.data));
    // What ffmpeg paints over the damage itself differs from one decode to the next.
    expect(seen).toHaveLength(truth.length);
    expect(seen.slice(0, 12)).toEqual(truth.slice(0, 12));
    expect(seen.slice(-8)).toEqual(truth.slice(-8));
    await source.dispose();
  });
});

describe('whatever was asked before', () => {
  let source: FrameSource;
  let truth: string[];

  beforeAll(async () => {
    source = await openSource(clips.path('plain.mp4'), {});
    truth = clips.fullDecode(clips.path('plain.mp4'), 160 * 90 * 3).map(digest);
  });

  afterAll(() => source.dispose());

  it('a sequence of seeks, one after the other or all at once, gives the pictures asked for', async () => {
    const indexes = fc.array(fc.integer({ min: 0, max: 49 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(indexes, fc.boolean(), async (wanted, together) => {
        const fresh = await openSource(clips.path('plain.mp4'), {});
        const seen: string[] = [];
        const ask = async (i: number): Promise<string> => digest((await fresh.frameAt(i)).data);
        if (together) seen.push(...(await Promise.all(wanted.map(ask))));
        else for (const index of wanted) seen.push(await ask(index));
        await fresh.dispose();
        expect(seen).toEqual(wanted.map((index) => truth[index]));
      }),
      { numRuns: 8 },
    );
  });

  it('any stretch streams forward and backward', async () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 49 }), fc.integer({ min: 0, max: 49 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(ends, async ([a, b, reverse]) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const seen: number[] = [];
        for await (const frame of source.frames({ first, last, reverse })) {
          expect(digest(frame.data)).toBe(truth[frame.index]);
          seen.push(frame.index);
        }
        const expected = Array.from({ length: last - first + 1 }, (_, i) => first + i);
        expect(seen).toEqual(reverse ? expected.reverse() : expected);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a file whose packets tell of other pictures than it has', () => {
  const shape = { width: 160, height: 90, pixelAspect: 1 };
  const openMisled = async (bend: (table: FrameTable) => Partial<FrameTable>): Promise<VideoFile> => {
    const { path: program } = await findFfmpeg();
    const table = await readFrameTable(program, clips.path('plain.mp4'));
    return new VideoFile(program, clips.path('plain.mp4'), shape, { ...table, ...bend(table) });
  };

  it('is decoded once, and every frame is right from then on', async () => {
    const truth = clips.fullDecode(clips.path('plain.mp4'), 160 * 90 * 3).map(digest);
    const source = await openMisled(({ stamps }) => ({ stamps: stamps.map((stamp) => stamp + 700) }));
    for (const index of [30, 31, 4, 49, 0])
      expect(digest((await source.frameAt(index)).data)).toBe(truth[index]);
    const seen: string[] = [];
    for await (const frame of source.frames({ first: 20, last: 26 })) seen.push(digest(frame.data));
    expect(seen).toEqual(truth.slice(20, 27));
    await source.dispose();
  });

  it('says how many frames there are when it promises more', async () => {
    const source = await openMisled(({ stamps }) => ({
      stamps: Float64Array.of(...stamps, stamps[49]! + 512),
    }));
    expect((await source.frameAt(49)).index).toBe(49);
    await expect(source.frameAt(50)).rejects.toThrow('promises 51 frames, but only 50 can be decoded');
    expect((await source.frameAt(12)).index).toBe(12);
    await source.dispose();
  });
});
