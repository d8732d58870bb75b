import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpegCandidates, findFfmpeg, samplePath } from '../../../src/engine/video';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-ffmpeg-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('ffmpeg', () => {
  it('is found on this machine, with its version', async () => {
    const { path, source, version } = await findFfmpeg();
    expect(path).toMatch(/ffmpeg/);
    expect(ffmpegCandidates().map((one) => one.source)).toContain(source);
    expect(version).toMatch(/^\S+$/);
  });

  it('is looked for in four places, in this order', () => {
    expect(ffmpegCandidates({}).map((one) => one.source)).toEqual([
      'FFMPEG_PATH',
      'ffmpeg-static',
      'PATH',
      'imageio-ffmpeg in .venv',
    ]);
  });

  it('is the one that FFMPEG_PATH names, where that runs', async () => {
    const real = (await findFfmpeg()).path;
    const linked = join(folder, 'my-ffmpeg');
    symlinkSync(real, linked);
    expect(await findFfmpeg({ FFMPEG_PATH: linked })).toMatchObject({ path: linked, source: 'FFMPEG_PATH' });
  });

  it('is taken from elsewhere where FFMPEG_PATH names a file that does not run', async () => {
    const broken = join(folder, 'broken');
    writeFileSync(broken, 'not a program');
    chmodSync(broken, 0o755);
    const found = await findFfmpeg({ ...process.env, FFMPEG_PATH: broken });
    expect(found.source).not.toBe('FFMPEG_PATH');
  });

  it('is found on PATH', async () => {
    symlinkSync((await findFfmpeg()).path, join(folder, 'ffmpeg'));
    const found = ffmpegCandidates({ PATH: `/nowhere:${folder}` }).find((one) => one.source === 'PATH');
    expect(found?.path).toBe(join(folder, 'ffmpeg'));
    expect(ffmpegCandidates({ PATH: '' }).find((one) => one.source === 'PATH')?.path).toBeNull();
  });
});

describe('a sample', () => {
  it.each(['big-buck-bunny', 'carphone', 'bikes'])('is on this machine: %s', (name) => {
    expect(samplePath(name)).toMatch(/\.mp4$/);
  });

  it('is taken from MASKLET_SAMPLES first', () => {
    writeFileSync(join(folder, 'bikes.mp4'), '');
    expect(samplePath('bikes', { MASKLET_SAMPLES: folder })).toBe(join(folder, 'bikes.mp4'));
  });
});
