import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { openSource } from '../../../src/engine/video';
import type { FrameSource } from '../../../src/engine/video';
import { VideoError } from '../../../src/errors';
import { ClipFolder } from '../../support/clips';
import { digest, expectEveryFrameExact, moving } from '../../support/video-truth';

let clips: ClipFolder;
let path: string;

beforeAll(async () => {
  clips = await ClipFolder.open();
  path = clips.make('long.mp4', ...moving, '-vf', 'scale=960:540', '-c:v', 'libx264', '-g', '12');
});

afterAll(() => clips.remove());

/** The ffmpeg processes that this process started, living or waiting to be buried. */
function decoders(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isOurDecoder(name))
    .map(Number);
}

function isOurDecoder(process: string): boolean {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return parent === globalThis.process.pid && stat.includes('(ffmpeg');
  } catch {
    return false;
  }
}

const whereProcIs = process.platform === 'linux' ? it : it.skip;

describe('decoders', () => {
  let source: FrameSource;

  beforeAll(async () => {
    source = await openSource(path, {});
  });

  whereProcIs('are gone when a loop is left, in either direction', async () => {
    for (const reverse of [false, true]) {
      for await (const { data } of source.frames({ first: 2, last: 49, reverse })) {
        expect(data).toHaveLength(960 * 540 * 3);
        break;
      }
      expect(decoders()).toEqual([]);
    }
  });

  whereProcIs('are gone when the loop’s body fails', async () => {
    const failing = async (): Promise<void> => {
      for await (const { index } of source.frames({ first: 0, last: 49 }))
        if (index === 3) throw new Error('the body failed');
    };
    await expect(failing()).rejects.toThrow('the body failed');
    expect(decoders()).toEqual([]);
  });

  whereProcIs('are gone when the run is aborted', async () => {
    const stop = new AbortController();
    for await (const { index } of source.frames({ first: 0, last: 49 }, stop.signal))
      if (index === 4) stop.abort();
    expect(decoders()).toEqual([]);
  });

  whereProcIs('are at most one for all single frames, and gone when the source is disposed of', async () => {
    const fresh = await openSource(path, {});
    await Promise.all([40, 3, 17, 29].map((index) => fresh.frameAt(index)));
    expect(decoders().length).toBeLessThanOrEqual(1);
    await fresh.dispose();
    expect(decoders()).toEqual([]);
  });

  whereProcIs('that die say so, and what they gave stays; the next request begins anew', async () => {
    const truth = clips.fullDecode(path, 960 * 540 * 3).map(digest);
    const seen: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const { index, data } of source.frames({ first: 0, last: 49 })) {
        seen.push(digest(data));
        if (index === 1) for (const id of decoders()) process.kill(id, 'SIGKILL');
      }
    };
    await expect(reading()).rejects.toThrow(VideoError);
    expect(seen.length).toBeLessThan(50);
    expect(seen).toEqual(truth.slice(0, seen.length));
    expect(digest((await source.frameAt(33)).data)).toBe(truth[33]);
    await source.dispose();
  });

  it('do not begin for a request that was aborted before', async () => {
    const fresh = await openSource(path, {});
    await expect(fresh.frameAt(20, AbortSignal.abort())).rejects.toThrow('abort');
    expect((await fresh.frameAt(20)).index).toBe(20);
    await fresh.dispose();
  });
});

describe('pixels that are not square', () => {
  it('are told in the info, and stay stored pixels', async () => {
    const wide = clips.make('wide.mp4', ...moving, '-vf', 'setsar=16/11', '-c:v', 'libx264', '-g', '10');
    const { info } = await expectEveryFrameExact(clips, wide);
    expect([info.width, info.height]).toEqual([160, 90]);
    expect(info.pixelAspect).toBeCloseTo(16 / 11, 6);
  });
});

describe('a stretch that does not lie in the video', () => {
  it.each([
    [0, 50],
    [-1, 3],
    [0.5, 3],
  ])('from %d to %d is refused before a picture is shown, also under a step', async (first, last) => {
    for (const options of [{}, { every: 2 }]) {
      const source = await openSource(path, options);
      const stream = source.frames({ first, last })[Symbol.asyncIterator]();
      await expect(stream.next()).rejects.toThrow('There is no frame');
      await source.dispose();
    }
  });
});
