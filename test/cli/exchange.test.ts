import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnginePair, openFolderFor, openVideoPath, randomIds, Session } from '../../src/session';
import { ClipFolder } from '../support/clips';
import { stopped } from '../support/command';
import { engineProgram } from '../support/engine-program';

// `masklet export`, `import` and `info`, on a session that was worked in.

const cli = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
let clips: ClipFolder;
let path: string;

/** A session in which one object was drawn on one frame. */
async function makeSession(name: string, frames: number, width: number, height: number): Promise<string> {
  const spec = `color=c=0x282828:s=${width}x${height}:r=10`;
  const clip = clips.make(`${name}.mp4`, '-f', 'lavfi', '-i', spec, '-frames:v', String(frames), '-qp', '0');
  const folder = join(clip, '..', `${name}.masklet`);
  const engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  const video = await openVideoPath(clip, {}, engines);
  const sources = { now: () => new Date(), nextId: randomIds() };
  const opened = await openFolderFor(folder, video, sources);
  const session = new Session(video, { ...sources, opened });
  const data = new Uint8Array(width * height).fill(1, 100, 120);
  await session.objects.add({ name: 'swan', class: 'bird' }).drawMask(3, { data, shape: [height, width] });
  await session.dispose();
  await engines.dispose();
  return folder;
}

beforeAll(async () => {
  clips = await ClipFolder.open();
  path = await makeSession('clip', 10, 64, 48);
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

  it('give an export up on Ctrl+C: whole files stay, and it is said how many', async () => {
    const long = await makeSession('long', 300, 640, 360);
    const asked = ['export', long, '--format', 'samannot', '--out', 'given up'];
    const { code, stderr } = await stopped(clips.folder, { after: 3, signal: 'SIGINT' }, ...asked);
    const said = /(\d+) files are whole in .*given up, and none is half written/.exec(stderr);
    expect([code, said?.length]).toEqual([130, 2]);
    const left = readdirSync(join(clips.folder, 'given up'), { recursive: true, withFileTypes: true });
    expect(left.filter((one) => one.isFile())).toHaveLength(Number(said![1]));
  });
});
