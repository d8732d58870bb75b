import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ClipFolder } from '../support/clips';

// workflows/Snakefile by Snakemake's own local executor: six clips on two cores, one job of which is killed and started again.

const root = resolve(__dirname, '..', '..');
const names = [1, 2, 3, 4, 5, 6].map((one) => `clip${one}`);
let clips: ClipFolder;

beforeAll(async () => {
  clips = await ClipFolder.open();
  for (const [i, name] of names.entries()) {
    const y = 5 * (i + 1);
    const source = (color: string, size: string): string[] => [
      '-f',
      'lavfi',
      '-i',
      `color=c=${color}:s=${size}:r=10:d=2`,
    ];
    const filter = ['-filter_complex', `[0][1]overlay=x='n':y=${y}`, '-qp', '0'];
    clips.make(`${name}.mp4`, ...source('0x282828', '64x48'), ...source('0xdc1e1e', '8x8'), ...filter);
    const objects = [{ name: 'red', class: 'square', prompts: [{ frame: 0, points: [[3, y + 3, 1]] }] }];
    writeFileSync(clips.path(`${name}.json`), JSON.stringify({ objects }));
  }
  // The last is a stretch of its video, as where a long one is shared among machines.
  const rows = names.map((one) => `${one}\t${one}.mp4\t${one}.json\t${one === 'clip6' ? '2-19' : ''}`);
  writeFileSync(clips.path('sessions.tsv'), ['name\tvideo\tprompts\trange', ...rows, ''].join('\n'));
  const second = readFileSync(clips.path('clip6.json'), 'utf8').replace('[[3,', '[[5,');
  writeFileSync(clips.path('clip6.json'), second);
});
afterAll(() => clips.remove());

const settings = {
  table: 'sessions.tsv',
  masklet: `${process.execPath} ${join(root, 'test', 'support', 'masklet-killed-once.cjs')}`,
  ...{ model: 'synthetic', provider: 'cpu', threads: 1, retries: 0, formats: ['csv', 'coco'] },
};

function snakemake(config: object, ...args: string[]): { code: number | null; text: string } {
  const program = join(root, '.venv', 'bin', 'snakemake');
  if (!existsSync(program))
    throw new Error('run `npm run setup -- --references` once: the tests need Snakemake');
  writeFileSync(clips.path('config.json'), JSON.stringify(config));
  const all = [
    '-s',
    join(root, 'workflows', 'Snakefile'),
    '--configfile',
    'config.json',
    '--cores',
    '2',
    ...args,
  ];
  const { status, stdout, stderr } = spawnSync(program, all, {
    cwd: clips.folder,
    encoding: 'utf8',
    env: { ...process.env, MASKLET_KILL: 'clip4', MASKLET_KILL_MARK: clips.path('killed') },
  });
  return { code: status, text: stdout + stderr };
}

/** The frames that runs wrote masks on, in the order of a session's log. */
function computed(name: string): number[] {
  const log = readFileSync(clips.path(`out/sessions/${name}.masklet/log.jsonl`), 'utf8');
  const lines = log
    .split('\n')
    .filter(Boolean)
    .map(
      (line) => JSON.parse(line) as { label?: string; edit?: { kind: string; changes: { frame: number }[] } },
    );
  return lines
    .filter((one) => one.label === 'Propagate' && one.edit?.kind === 'set-track')
    .flatMap(({ edit }) => edit!.changes.map((one) => one.frame));
}

const logSizes = (): number[] =>
  names.map((one) => statSync(clips.path(`out/sessions/${one}.masklet/log.jsonl`)).size);
const frames = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('the Snakemake workflow', () => {
  it('says what it would do, and does nothing', () => {
    const { code, text } = snakemake(settings, '--dry-run');
    expect([code, text]).toEqual([0, expect.stringMatching(/propagate +6\n/)]);
    expect(existsSync(clips.path('out'))).toBe(false);
  });

  it('goes on with a job that was killed where it was, leaves what was done, and merges', () => {
    const first = snakemake(settings);
    expect([first.code, first.text]).toEqual([1, expect.stringMatching(/Error in rule propagate/)]);
    expect(existsSync(clips.path('killed'))).toBe(true);
    const done = (): string[] =>
      readdirSync(clips.path('out/done')).filter((one) => one.endsWith('.exported.json'));
    expect(done()).toHaveLength(5);
    const [before, sizes] = [computed('clip4'), logSizes()];
    expect(before.length).toBeGreaterThanOrEqual(5);
    expect(before.length).toBeLessThan(19);

    const second = snakemake(settings);
    expect([second.code, second.text]).toEqual([0, expect.not.stringMatching(/rule begin/)]);
    expect(done()).toHaveLength(6);
    const after = computed('clip4');
    expect(after).toEqual(frames(1, 19));
    expect(after.slice(0, before.length)).toEqual(before);
    const grown = names.filter((_, i) => logSizes()[i] !== sizes[i]);
    expect(grown).toEqual(['clip4']);

    const table = readFileSync(clips.path('out/geometry.csv'), 'utf8').trim().split(/\r?\n/);
    expect(table[0]).toMatch(/^session,source_frame,frame,time,object,/);
    expect(table).toHaveLength(1 + 5 * 20 + 18);
    expect(table.at(-1)).toMatch(/^clip6,19,17,/);
    const coco = JSON.parse(readFileSync(clips.path('out/coco.json'), 'utf8')) as {
      videos: { id: number; name: string; length: number }[];
      categories: { id: number; name: string }[];
      annotations: { id: number; video_id: number; category_id: number; segmentations: unknown[] }[];
    };
    expect(coco.videos.map(({ id, name, length }) => [id, name, length])).toEqual(
      names.map((one, i) => [i + 1, one, one === 'clip6' ? 18 : 20]),
    );
    expect(coco.categories).toMatchObject([{ id: 1, name: 'square' }]);
    expect(coco.annotations.map((one) => [one.id, one.video_id, one.category_id])).toEqual(
      names.map((_, i) => [i + 1, i + 1, 1]),
    );

    const third = snakemake(settings);
    expect([third.code, third.text]).toEqual([0, expect.stringMatching(/Nothing to be done/)]);
  }, 400_000);

  it.each([
    ['a column that there is not', { table: 'name,film\na,b\n' }, /line 2: film\. The columns are:/],
    ['two rows of one name', { table: 'name,video,prompts\na,b,c\na,b,c\n' }, /two rows named “a”/],
    ['a name that leaves its folder', { table: 'name,video,prompts\n../a,b,c\n' }, /the name “\.\.\/a”/],
    ['a video without prompts', { table: 'name,video,prompts\na,b,\n' }, /needs prompts/],
    ['a setting that there is not', { colour: 'red' }, /colour/],
    ['threads below 1', { threads: 0 }, /minimum/],
  ])(
    'refuses %s in a sentence',
    (_what, { table, ...wrong }: { table?: string; [key: string]: unknown }, sentence) => {
      if (table !== undefined) writeFileSync(clips.path('wrong.csv'), table);
      const { code, text } = snakemake(
        { ...settings, ...(table === undefined ? {} : { table: 'wrong.csv' }), ...wrong },
        '--dry-run',
      );
      expect([code, text]).toEqual([1, expect.stringMatching(sentence)]);
    },
  );
});
