import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnginePair, openFolderFor, openVideoPath, randomIds, Session } from '../../src/session';
import { ClipFolder } from '../support/clips';
import { engineProgram } from '../support/engine-program';

// `masklet export`, `import` and `info`, on a session that was worked in.

const cli = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
let clips: ClipFolder;
let path: string;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const spec = 'color=c=0x282828:s=64x48:r=10:d=1';
  const clip = clips.make('clip.mp4', '-f', 'lavfi', '-i', spec, '-qp', '0');
  path = join(clip, '..', 'work.masklet');
  const engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  const video = await openVideoPath(clip, {}, engines);
  const sources = { now: () => new Date(), nextId: randomIds() };
  const opened = await openFolderFor(path, video, sources);
  const session = new Session(video, { ...sources, opened });
  const data = new Uint8Array(64 * 48).fill(1, 100, 120);
  await session.objects.add({ name: 'swan', class: 'bird' }).drawMask(3, { data, shape: [48, 64] });
  await session.dispose();
  await engines.dispose();
});
afterAll(() => clips.remove());

const masklet = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

describe('masklet export, import and info', () => {
  it('write several formats, read one back, and say what there is', () => {
    const out = join(path, '..', 'out');
    const formats = ['--format', 'coco', '--format', 'csv'];
    const written = masklet('export', path, ...formats, '--out', out, '--range', '2-5', '--scale', '0.5mm');
    expect([written.stderr, written.status]).toEqual(['', 0]);
    expect(written.stdout).toMatch(/coco: 1 files in .*\ncsv: 6 files in/);
    const table = readFileSync(join(out, 'csv', 'clip-tables', 'geometry.csv'), 'utf8').split('\r\n');
    expect(table[0]).toMatch(/area_mm2,centroid_x_mm/);
    expect(table[1]).toMatch(/^3,0.3,1,swan,bird,prompted,0,20,/);
    const read = masklet('import', path, '--format', 'coco', '--from', join(out, 'coco'), '--json');
    expect([read.stderr, read.status]).toEqual(['', 0]);
    expect(JSON.parse(read.stdout)).toEqual({ objects: ['swan'], masks: 1 });
    const about = masklet('info', path, '--json');
    expect(JSON.parse(about.stdout)).toMatchObject({
      video: { frameCount: 10, width: 64 },
      objects: [
        { number: 1, name: 'swan', class: 'bird', framesWithMask: 1, prompts: 1 },
        { number: 2, name: 'swan', class: 'bird', framesWithMask: 1, prompts: 0 },
      ],
    });
    expect(masklet('info', path).stdout).toContain('2 swan (bird): masks on 1 of 10 frames, 0 prompts');
  });

  it('say in a sentence what they cannot do', () => {
    const out = join(path, '..', 'nothing');
    const format = masklet('export', path, '--format', 'pdf', '--out', out);
    expect([format.status, format.stderr]).toEqual([1, expect.stringMatching(/no format “pdf”.*davis/)]);
    const range = masklet('export', path, '--format', 'davis', '--out', out, '--range', '5');
    expect([range.status, range.stderr]).toEqual([1, expect.stringMatching(/FIRST-LAST/)]);
    expect(masklet('export', path).status).toBe(2);
    expect(masklet('info', out).stderr).toMatch(/There is no session at/);
    expect(existsSync(out)).toBe(false);
  });
});
