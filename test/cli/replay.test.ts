import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnginePair, openFolderFor, openVideoPath, randomIds, Session } from '../../src/session';
import { davisFolder } from '../support/davis';
import { ClipFolder } from '../support/clips';
import { engineProgram } from '../support/engine-program';

// `masklet replay`, on sessions that were really worked in (A4).

const cli = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
let clips: ClipFolder;
let clip: string;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=4'];
  const square = (color: string): string[] => ['-f', 'lavfi', '-i', `color=c=${color}:s=8x8:r=10:d=4`];
  const filter = "[0][1]overlay=x='n':y=6[a];[a][2]overlay=x='50-n':y=30";
  clip = clips.make(
    'clip.mp4',
    ...ground,
    ...square('0xdc1e1e'),
    ...square('0x1e1edc'),
    '-filter_complex',
    filter,
    '-qp',
    '0',
  );
});
afterAll(() => clips.remove());

interface Report {
  readonly frames: { frame: number; ious: Record<string, number> }[];
  readonly masks: number;
  readonly identical: number;
  readonly notes: string[];
}

function replay(path: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [cli, 'replay', path, ...args], { encoding: 'utf8' });
}

async function work(
  path: string,
  video: string,
  model: string,
  act: (session: Session) => Promise<void>,
  range?: readonly [first: number, last: number],
): Promise<void> {
  const engines = new EnginePair({ model, threads: 2, program: engineProgram() });
  try {
    const opened = await openVideoPath(video, range ? { range } : {}, engines);
    const sources = { now: () => new Date(), nextId: randomIds() };
    const folder = await openFolderFor(path, opened, sources);
    const session = new Session(opened, { ...sources, opened: folder });
    await act(session);
    await session.dispose();
  } finally {
    await engines.dispose();
  }
}

describe('masklet replay', () => {
  it('has every mask again to the pixel: clicks, runs, cancelling, undoing, correcting, swapping, splitting and merging in one step', async () => {
    const path = clips.path('work.masklet');
    await work(path, clip, 'synthetic', async (session) => {
      const a = session.objects.add({ name: 'red' });
      const b = session.objects.add({ name: 'blue' });
      await Promise.all([a.point(5, [9, 9]), a.point(5, [1, 1], 'negative')]);
      await b.box(0, [48, 28, 60, 40]);
      for await (const step of session.propagate({ blockSize: 10 })) if (step.done === 7) break;
      await session.propagate({ direction: 'both' });
      await session.undo();
      await session.redo();
      await session.swap('red', 'blue', 20);
      await session.undo();
      await session.lockFrame(30);
      const data = new Uint8Array(64 * 48).fill(1, 400, 900);
      await a.drawMask(25, { data, shape: [48, 64] });
      await session.propagate({ from: 25, objects: ['red'] });
      await a.point(25, [9, 9]);
      await session.propagate({ from: 25, objects: ['red'] });
      await session.swap('red', 'blue', 35);
      await a.markAbsent([2, 3]);
      await session.step('Tidy up', async () => {
        const c = await b.split(36, { name: 'late' });
        await session.merge('red', 'late');
        expect(c.id).not.toBe(a.id);
      });
      void session.change(
        { kind: 'add-class', class: { id: 'given up', name: 'given up' } },
        { gesture: 'drag' },
      );
      await session.abandon('drag');
    });
    const { status, stdout, stderr } = replay(path, '--json');
    const lines = stderr.trimEnd().split('\n');
    const told = lines.map((line) => (JSON.parse(line) as { progress: object }).progress);
    const total = readFileSync(join(path, 'log.jsonl'), 'utf8').trimEnd().split('\n').length;
    expect(told).toEqual(lines.map((_, at) => ({ what: 'entries', done: at + 1, total })));
    expect(lines).toHaveLength(total);
    const report = JSON.parse(stdout) as Report;
    expect(report.frames.filter((one) => Object.values(one.ious).some((iou) => iou < 1))).toEqual([]);
    expect(report.masks).toBeGreaterThan(60);
    expect([status, report.identical, report.notes]).toEqual([0, report.masks, []]);
    expect(replay(path).stdout).toMatch(
      /^All \d+ masks on \d+ frames are the same to the pixel \(IoU 1\.0\)\.\n$/,
    );
  });

  it('has the masks of the embedded model again to the pixel on real pictures', async () => {
    const path = clips.path('swan.masklet');
    const video = join(davisFolder(), 'JPEGImages', '480p', 'blackswan');
    const act = async (session: Session): Promise<void> => {
      const swan = session.objects.add({ name: 'swan' });
      await swan.point(2, [420, 240]);
      await swan.point(2, [330, 190]);
      await session.propagate();
      await swan.point(4, [430, 250]);
      await session.propagate({ from: 4 });
      await swan.point(4, [300, 330], 'negative');
      await session.propagate({ from: 4 });
      expect(session.document.runs.map(({ carried = [] }) => carried.length)).toEqual([0, 2, 2]);
    };
    await work(path, video, 'mobilesam', act, [0, 5]);
    const report = JSON.parse(replay(path, '--json').stdout) as Report;
    expect(report.masks).toBe(6);
    expect(report.identical).toBe(6);
  });

  it('says where masks differ from what is stored', async () => {
    const path = clips.path('changed.masklet');
    await work(path, clip, 'synthetic', async (session) => {
      await session.objects.add({ name: 'red' }).point(0, [3, 9]);
      await session.propagate({ range: [0, 5] });
    });
    const file = join(path, 'session.json');
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { document: { tracks: { masks: string[] }[] } };
    const { masks } = saved.document.tracks[0]!;
    masks[3] = masks[0]!;
    writeFileSync(file, JSON.stringify(saved));
    const { status, stdout } = replay(path);
    expect(status).toBe(1);
    expect(stdout).toContain('5 of 6 masks are the same to the pixel');
    expect(stdout).toMatch(/frame 3: red 0\.\d{4}/);
  });

  it('says in a sentence what is missing', () => {
    const told = (path: string): string => replay(path).stderr;
    expect(told(clips.path('nowhere'))).toContain('There is no session at');
    const path = clips.path('changed.masklet');
    renameSync(clip, clips.path('moved.mp4'));
    expect(told(path)).toContain('The video of this session is not there');
    expect(replay(path, '--video', clips.path('moved.mp4')).status).toBe(1);
    rmSync(join(path, 'log.jsonl'));
    expect(replay(path, '--video', clips.path('moved.mp4')).stderr).toContain(
      'cannot be read, so there is nothing to replay',
    );
  });
});
