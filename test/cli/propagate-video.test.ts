import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClipFolder } from '../support/clips';
import { commandProgram, masklet, stopped } from '../support/command';
import type { Outcome } from '../support/command';

// A video carried through without a session: what is written, where, and when it ends early.

let clips: ClipFolder;
const frames = 200;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const seconds = `r=10:d=${frames / 10}`;
  const ground = ['-f', 'lavfi', '-i', `color=c=0x282828:s=64x48:${seconds}`];
  const square = (color: string): string[] => ['-f', 'lavfi', '-i', `color=c=${color}:s=8x8:${seconds}`];
  const filter = "[0][1]overlay=x='n/5':y=6[a];[a][2]overlay=x='50-n/5':y=30";
  const inputs = [...ground, ...square('0xdc1e1e'), ...square('0x1e1edc')];
  clips.make('clip.mp4', ...inputs, '-filter_complex', filter, '-qp', '0');
  const objects = [
    { name: 'red', prompts: [{ frame: 0, points: [[3, 9, 1]] }] },
    { name: 'blue', prompts: [{ frame: 100, points: [[33, 33, 1]] }] },
  ];
  writeFileSync(clips.path('prompts.json'), JSON.stringify({ objects }));
});
afterAll(() => clips.remove());

const args = (out: string, ...more: string[]): string[] => [
  ...['propagate', 'clip.mp4', '--prompts', 'prompts.json', '--model', 'synthetic', '--out', out],
  ...more,
];
const run = (out: string, ...more: string[]): Outcome => masklet(clips.folder, ...args(out, ...more));

describe('masklet propagate VIDEO', () => {
  it.each([
    ['is a file', 'prompts.json', [], 'prompts.json is a file, not a folder'],
    ['lies below a file', 'prompts.json/coco', ['--format', 'coco'], 'prompts.json is a file, not a folder'],
    [
      'has a file in the way of a format',
      'half',
      ['--format', 'csv', '--format', 'davis'],
      'half/davis/Annotations is a file',
    ],
  ])('says before it computes that nothing can be written where the folder %s', (_what, out, more, words) => {
    mkdirSync(clips.path('half/davis'), { recursive: true });
    writeFileSync(clips.path('half/davis/Annotations'), '');
    const { code, stdout, stderr } = run(out, ...more);
    expect([code, stdout, stderr.split('\n').length]).toEqual([1, '', 2]);
    expect(stderr).toMatch(/^Nothing can be written to .* Nothing was computed; give another folder\.\n$/);
    expect(stderr).toContain(words);
    expect(readdirSync(clips.path('half'))).toEqual(['davis']);
  });

  it('says that files of an earlier run were in its folder, and stay', () => {
    const objects = [{ name: 'red', prompts: [{ frame: 0, points: [[3, 9, 1]] }] }];
    writeFileSync(clips.path('red.json'), JSON.stringify({ objects }));
    const red = (range: string, ...more: string[]): Outcome =>
      run('twice', '--range', range, '--prompts', 'red.json', ...more);
    expect(red('0-7').stderr.split('\n')).toHaveLength(2);
    expect(red('0-7').stderr.split('\n')).toHaveLength(2);
    const { code, stdout, stderr } = red('0-2', '--json');
    expect([code, readdirSync(clips.path('twice/Annotations/clip')).length]).toEqual([0, 8]);
    const notice = expect.stringMatching(
      /^5 other files of this kind were in .*twice before and stay: Annotations\/clip\/00003\.png …\. Give an empty/,
    );
    const said = stderr
      .split('\n')
      .map((line) => (line === '' ? {} : JSON.parse(line)) as { notice?: string });
    expect(said.map((one) => one.notice)).toContainEqual(notice);
    const { exports } = JSON.parse(stdout) as { exports: { others: string[] }[] };
    expect(exports[0]!.others).toHaveLength(5);
  });

  it('leaves no empty folder where it does not come to writing', () => {
    const { code, stderr } = run('never', '--range', '0-9');
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no frame 100')]);
    expect(existsSync(clips.path('never'))).toBe(false);
  });

  it.each([
    ['SIGINT' as const, 130],
    ['SIGTERM' as const, 143],
  ])(
    'writes what it has computed when it is ended by %s, and says how much that is',
    async (signal, code) => {
      const ended = await stopped(clips.folder, { after: 6, signal }, ...args(signal));
      const { done, whole, total } = (JSON.parse(ended.stdout) as { frames: Record<string, number> }).frames;
      expect([ended.code, total]).toEqual([code, frames]);
      expect(JSON.parse(ended.stdout)).toMatchObject({ stopped: signal, run: { cancelled: true } });
      expect(done).toBeGreaterThan(5);
      expect(done).toBeLessThan(frames);
      // Forward comes first: the frames before its prompt have blue not yet.
      expect(whole).toBeLessThan(done!);
      const pictures = readdirSync(clips.path(join(signal, 'Annotations', 'clip')));
      expect(pictures).toHaveLength(done!);
      expect(pictures.slice(0, 3)).toEqual(['00000.png', '00001.png', '00002.png']);
      expect(
        readFileSync(clips.path(join(signal, 'Annotations', 'clip', '00001.png'))).length,
      ).toBeGreaterThan(0);
    },
  );

  it('says in the same words to people how much was written', async () => {
    const child = spawn(process.execPath, [commandProgram(), ...args('said')], { cwd: clips.folder });
    let stdout = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    // The forecast: from here on it computes.
    child.stderr.once('data', () => child.kill('SIGINT'));
    const code = await new Promise((done) => child.on('close', done));
    expect(code).toBe(130);
    const said =
      /Stopped by SIGINT: masks of (\d+) of 200 frames were written, on \d+ of them not yet of all objects\./;
    const pictures = readdirSync(clips.path('said/Annotations/clip'));
    expect(Number(said.exec(stdout)![1])).toBe(pictures.length);
  });
});

describe('masklet propagate --session', () => {
  it('says before it computes that nothing can be written', () => {
    const made = [
      'new',
      'work.masklet',
      '--video',
      'clip.mp4',
      '--prompts',
      'prompts.json',
      '--model',
      'synthetic',
    ];
    expect(masklet(clips.folder, ...made).code).toBe(0);
    const refused = masklet(clips.folder, 'propagate', '--session', 'work.masklet', '--out', 'prompts.json');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/prompts\.json is a file, not a folder\. Nothing was computed/);
    expect(masklet(clips.folder, 'info', 'work.masklet').stdout).toContain('masks on 1 of 200 frames');
  });
});
