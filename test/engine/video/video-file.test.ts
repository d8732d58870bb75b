import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { openSource, samplePath } from '../../../src/engine/video';
import { VideoError } from '../../../src/errors';
import { ClipFolder } from '../../support/clips';
import { digest, expectEveryFrameExact, moving } from '../../support/video-truth';

let clips: ClipFolder;

beforeAll(async () => {
  clips = await ClipFolder.open();
  clips.make('plain.mp4', ...moving, '-c:v', 'libx264', '-bf', '3', '-g', '12', '-pix_fmt', 'yuv420p');
});

afterAll(() => clips.remove());

describe('frame n is the n-th picture of a full decode, whatever is sought first (C1), in', () => {
  it('constant rate with B-frames', async () => {
    await expectEveryFrameExact(clips, clips.path('plain.mp4'));
  });

  it('variable rate', async () => {
    const vary = "setpts='PTS+if(gt(mod(N,7),3),0.35/25/TB,0)',select='not(eq(mod(n,5),3))'";
    await expectEveryFrameExact(
      clips,
      clips.make('vary.mp4', ...moving, '-vf', vary, '-fps_mode', 'vfr', '-c:v', 'libx264', '-g', '15'),
    );
  });

  it('an edit list that hides the first pictures', async () => {
    const path = clips.make('edit.mp4', '-ss', '0.6', '-i', 'IN:plain.mp4', '-c', 'copy');
    const { info } = await expectEveryFrameExact(clips, path);
    expect(info.frameCount).toBeLessThan(50);
  });

  it('an edit list that delays the start', async () => {
    await expectEveryFrameExact(
      clips,
      clips.make('late.mp4', '-itsoffset', '1.5', '-i', 'IN:plain.mp4', '-c', 'copy'),
    );
  });

  it('rotation, with width and height exchanged', async () => {
    const path = clips.make('turned.mp4', '-display_rotation', '90', '-i', 'IN:plain.mp4', '-c', 'copy');
    const { info } = await expectEveryFrameExact(clips, path);
    expect([info.width, info.height]).toEqual([90, 160]);
  });

  it('mkv with H.264', async () => {
    await expectEveryFrameExact(clips, clips.make('plain.mkv', '-i', 'IN:plain.mp4', '-c', 'copy'));
  });

  it('mkv cut in the middle of a group of pictures', async () => {
    await expectEveryFrameExact(
      clips,
      clips.make('cut.mkv', '-ss', '0.7', '-i', 'IN:plain.mp4', '-c', 'copy'),
    );
  });

  it('webm with VP9', async () => {
    await expectEveryFrameExact(
      clips,
      clips.make(
        'nine.webm',
        ...moving,
        '-c:v',
        'libvpx-vp9',
        '-deadline',
        'realtime',
        '-cpu-used',
        '8',
        '-g',
        '20',
      ),
    );
  });

  it('webm with VP8 and its hidden pictures', async () => {
    await expectEveryFrameExact(
      clips,
      clips.make(
        'eight.webm',
        ...moving,
        '-c:v',
        'libvpx',
        '-auto-alt-ref',
        '1',
        '-lag-in-frames',
        '10',
        '-g',
        '20',
      ),
    );
  });

  it('avi with MPEG-4 and B-frames', async () => {
    await expectEveryFrameExact(
      clips,
      clips.make('old.avi', ...moving, '-c:v', 'mpeg4', '-bf', '2', '-g', '12'),
    );
  });

  it('mov with HEVC and open groups of pictures', async () => {
    await expectEveryFrameExact(
      clips,
      clips.make(
        'hevc.mov',
        ...moving,
        '-c:v',
        'libx265',
        '-x265-params',
        'log-level=0:keyint=12:open-gop=1',
      ),
    );
  });

  it('a sound track beside it', async () => {
    const tone = ['-f', 'lavfi', '-i', 'sine=duration=2'];
    await expectEveryFrameExact(
      clips,
      clips.make('sound.mp4', ...tone, '-i', 'IN:plain.mp4', '-c:v', 'copy', '-c:a', 'aac'),
    );
  });

  it('the sample with pixels that are not square', async () => {
    const { info } = await expectEveryFrameExact(clips, samplePath('carphone'));
    expect(info.pixelAspect).not.toBe(1);
  });
});

describe('what is known of a video', () => {
  it('is told without decoding it', async () => {
    const source = await openSource(clips.path('plain.mp4'), {});
    expect(source.info).toMatchObject({
      name: 'plain',
      width: 160,
      height: 90,
      pixelAspect: 1,
      frameCount: 50,
    });
    expect(source.info.frameRate).toBeCloseTo(25, 6);
    expect(source.info.duration).toBeCloseTo(2, 6);
    expect(source.timeOf(10)).toBeCloseTo(0.4, 6);
  });

  it('includes the sample’s 132 frames', async () => {
    const source = await openSource('sample:big-buck-bunny', {});
    expect(source.info).toMatchObject({ name: 'bigbuckbunny', width: 1280, height: 720, frameCount: 132 });
  });
});

describe('a range and every n-th frame (C3)', () => {
  it('number the frames anew and remember the file’s own numbers', async () => {
    const path = clips.path('plain.mp4');
    const truth = clips.fullDecode(path, 160 * 90 * 3).map(digest);
    const source = await openSource(path, { range: [10, 31], every: 5 });
    expect(source.info.frameCount).toBe(5);
    expect([0, 1, 2, 3, 4].map((i) => source.sourceIndex(i))).toEqual([10, 15, 20, 25, 30]);
    expect(source.frameName(4)).toBe('00030');
    const seen = [];
    for await (const frame of source.frames({ first: 1, last: 4, reverse: true }))
      seen.push([frame.index, digest(frame.data)]);
    expect(seen).toEqual([4, 3, 2, 1].map((i) => [i, truth[10 + 5 * i]]));
    expect(digest((await source.frameAt(2)).data)).toBe(truth[20]);
    expect(source.info.frameRate).toBeCloseTo(5, 6);
    await source.dispose();
  });

  it.each([
    [{ range: [0, 50] as const }, '[0, 50] does not lie in them'],
    [{ range: [5, 4] as const }, 'does not lie'],
    [{ every: 0 }, '“every” is a whole number from 1'],
  ])('are refused where they do not fit: %j', async (options, sentence) => {
    await expect(openSource(clips.path('plain.mp4'), options)).rejects.toThrow(sentence);
  });
});

describe('leaving early', () => {
  it('stops the decoder behind a stream', async () => {
    const source = await openSource(samplePath('big-buck-bunny'), {});
    for await (const frame of source.frames({ first: 3, last: 131 })) if (frame.index === 5) break;
    const aborted = new AbortController();
    const seen: number[] = [];
    for await (const frame of source.frames({ first: 0, last: 131 }, aborted.signal)) {
      seen.push(frame.index);
      if (frame.index === 2) aborted.abort();
    }
    expect(seen).toEqual([0, 1, 2]);
    await source.dispose();
  });
});

describe('a file that cannot be used is refused with a sentence:', () => {
  const refusal = async (path: string): Promise<string> => {
    const error: unknown = await openSource(path, {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(VideoError);
    return (error as Error).message;
  };

  it('one that is not there', async () => {
    expect(await refusal(clips.path('nothing.mp4'))).toContain('There is no file or folder');
  });

  it('an empty one', async () => {
    writeFileSync(clips.path('empty.mp4'), '');
    expect(await refusal(clips.path('empty.mp4'))).toContain('is empty (0 bytes)');
  });

  it('a text called mp4', async () => {
    writeFileSync(clips.path('text.mp4'), 'Dear diary, today I recorded nothing.\n'.repeat(20));
    expect(await refusal(clips.path('text.mp4'))).toContain('is not a video that ffmpeg can read');
  });

  it('one whose index was cut off', async () => {
    const whole = readFileSync(clips.path('plain.mp4'));
    writeFileSync(clips.path('short.mp4'), whole.subarray(0, whole.length - 2000));
    expect(await refusal(clips.path('short.mp4'))).toContain('cut off');
  });

  it('sound alone', async () => {
    const path = clips.make('tone.m4a', '-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac');
    expect(await refusal(path)).toContain('no pictures');
  });

  it('a video of no frames', async () => {
    const path = clips.make('none.mkv', ...moving, '-frames:v', '0', '-c:v', 'libx264');
    expect(await refusal(path)).toMatch(/without a single picture|cannot|can read|no pictures/);
  });

  it('a frame that is not there, or not a whole number', async () => {
    const source = await openSource(clips.path('plain.mp4'), {});
    await expect(source.frameAt(50)).rejects.toThrow('has frames 0 to 49');
    await expect(source.frameAt(1.5)).rejects.toThrow(VideoError);
  });

  it('a sample nobody knows', async () => {
    await expect(openSource('sample:cats', {})).rejects.toThrow('There are: big-buck-bunny, carphone, bikes');
  });
});

describe('a video whose pictures were cut short', () => {
  it('keeps every frame that can still be decoded', async () => {
    const whole = readFileSync(
      clips.make('front.mp4', '-i', 'IN:plain.mp4', '-c', 'copy', '-movflags', '+faststart'),
    );
    writeFileSync(clips.path('front-short.mp4'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    const source = await openSource(clips.path('front-short.mp4'), {});
    expect(source.info.frameCount).toBeGreaterThan(5);
    expect(source.info.frameCount).toBeLessThan(50);
    expect((await source.frameAt(4)).data).toHaveLength(160 * 90 * 3);
    await source.dispose();
  });
});
