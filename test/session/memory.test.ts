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
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=320x180:r=25:d=80'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=40x40:r=25:d=80'];
  const moving = [
    '-filter_complex',
    "[0][1]overlay=x='mod(n,280)':y=60",
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  ];
  clip = clips.make('long.mp4', ...ground, ...square, ...moving);
});

afterAll(() => clips.remove());

function measure(frames: number): Measured {
  const script = resolve(__dirname, '..', 'support', 'measure-run.cjs');
  const args = [script, clip, 'synthetic', String(frames), '10', '80', '8'];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

describe('peak memory (F3)', () => {
  it('levels off: five times the frames cost next to nothing more', () => {
    const short = measure(400);
    const long = measure(2000);
    expect([short.masks, long.masks]).toEqual([399, 1999]);
    // What is left is Node's own slackness in freeing pictures; holding 1,600 of them would be 276 MB.
    expect(long.engine - short.engine).toBeLessThan(48e6);
    // Masks are kept here as run lengths, some kilobytes each with their bookkeeping.
    expect(long.kernel - short.kernel).toBeLessThan(24e6);
  });
});
