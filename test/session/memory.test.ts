import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ClipFolder } from '../support/clips';

interface Measured {
  readonly masks: number;
  /** Peak bytes of the model's process, and of the one that holds the document. */
  readonly engine: number;
  readonly kernel: number;
}

let clips: ClipFolder;
let clip: string;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=1280x720:r=25:d=80'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=40x40:r=25:d=80'];
  const moving = [
    '-filter_complex',
    "[0][1]overlay=x='mod(n,1200)':y=60",
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  ];
  clip = clips.make('long.mp4', ...ground, ...square, ...moving);
});

afterAll(() => clips.remove());

function measure(frames: number, path = clip, cacheMiB = 64, ...folder: string[]): Measured {
  const script = resolve(__dirname, '..', 'support', 'measure-run.cjs');
  const args = [script, path, 'synthetic', String(frames), '10', '80', String(cacheMiB), ...folder];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

describe('peak memory (F3)', () => {
  it('is level in the video’s length: 2,000 frames of 720p against 100', () => {
    const short = measure(100);
    const long = measure(2000);
    expect([short.masks, long.masks]).toEqual([99, 1999]);
    // Both fill the cache of 64 MiB; holding the other 1,900 pictures would be 5 GB.
    expect((long.engine + long.kernel) / (short.engine + short.kernel)).toBeLessThan(1.1);
  }, 300_000);

  it('is level with a session that is kept, its history and its log: 5,000 frames against 500 (A2)', () => {
    const middle = clips.make(
      'middle.mp4',
      ...['-f', 'lavfi', '-i', 'color=c=0x282828:s=800x600:r=25:d=200'],
      ...['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=40x40:r=25:d=200'],
      ...['-filter_complex', "[0][1]overlay=x='mod(n,700)':y=60", '-c:v', 'libx264', '-preset', 'ultrafast'],
    );
    const short = measure(500, middle, 512, clips.path('500.masklet'));
    const long = measure(5000, middle, 512, clips.path('5000.masklet'));
    // The cache has its default size, which 500 of these frames fill.
    expect([short.masks, long.masks]).toEqual([499, 4999]);
    expect((long.engine + long.kernel) / (short.engine + short.kernel)).toBeLessThan(1.1);
  }, 600_000);
});
