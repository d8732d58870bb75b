import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { DatasetReport } from '../../src/session';
import { ClipFolder } from '../support/clips';
import { masklet } from '../support/command';
import type { Outcome } from '../support/command';

// `masklet merge`: sessions made by commands, as one data set. What is in it: test/session/dataset.test.ts.

let clips: ClipFolder;
const names = ['creek', 'lake', 'pond'] as const;
const sessions = names.map((one) => `${one}.masklet`);

beforeAll(async () => {
  clips = await ClipFolder.open();
  for (const name of names) {
    const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=1'];
    const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=1'];
    clips.make(`${name}.mp4`, ...ground, ...square, '-filter_complex', '[0][1]overlay=x=10:y=6', '-qp', '0');
    const prompts = [0, 4].map((frame) => ({ frame, points: [[13, 9, 1]] }));
    const object = { name: 'a', class: name === 'pond' ? 'fish' : 'bird', prompts };
    writeFileSync(clips.path('prompts.json'), JSON.stringify({ objects: [object] }));
    const args = ['--video', `${name}.mp4`, '--prompts', 'prompts.json', '--model', 'synthetic'];
    expect(run('new', `${name}.masklet`, ...args).code).toBe(0);
  }
});
afterAll(() => clips.remove());

const run = (...args: string[]): Outcome => masklet(clips.folder, ...args);

interface Images {
  readonly images: readonly { file_name: string }[];
  readonly annotations: readonly { area: number }[];
  readonly categories: readonly { id: number; name: string }[];
}

describe('masklet merge', () => {
  it('writes sessions as one data set with splits, and their frames', () => {
    const args = ['--out', 'set', '--split', 'val=lake', '--split', 'test=pond', '--pictures', '--json'];
    const { code, stdout, stderr } = run('merge', ...sessions, ...args);
    expect([code, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout) as DatasetReport;
    expect(report.categories).toEqual(['bird', 'fish']);
    expect(report.clips).toEqual([
      { name: 'creek', split: 'train', frames: 2, objects: 1 },
      { name: 'lake', split: 'val', frames: 2, objects: 1 },
      { name: 'pond', split: 'test', frames: 2, objects: 1 },
    ]);
    for (const file of report.files) expect(existsSync(clips.path(`set/${file}`))).toBe(true);
    const path = clips.path('set/annotations/instances_test.json');
    const { images, annotations, categories } = JSON.parse(readFileSync(path, 'utf8')) as Images;
    expect(images.map((one) => one.file_name)).toEqual(['pond/00000.jpg', 'pond/00004.jpg']);
    expect(annotations.map((one) => one.area)).toEqual([64, 64]);
    expect(categories.map(({ id, name }) => [id, name])).toEqual([
      [1, 'bird'],
      [2, 'fish'],
    ]);
    expect(report.files).toContain('test/pond/00004.jpg');
  });

  it('tells people which clip went where, with a share of clips and every second frame', () => {
    const { code, stdout } = run(
      'merge',
      ...sessions,
      '--out',
      'share',
      '--split',
      'val=0.3',
      '--every',
      '2',
    );
    expect(code).toBe(0);
    expect(stdout.match(/^train {2}\w+: 1 frame, 1 object$/gm)).toHaveLength(2);
    expect(stdout.match(/^val {4}\w+: 1 frame, 1 object$/gm)).toHaveLength(1);
    expect(stdout).toMatch(/^3 clips, classes bird, fish: 4 files in .*share$/m);
  });

  it.each([
    [2, ['--split', 'train=0.5'], /--split is val=… or test=…/],
    [2, ['--split', 'val=0.2', '--split', 'val=lake'], /“val” has one share, or clips/],
    [2, [sessions[0]!], /creek\.masklet is given twice/],
    [1, ['--split', 'val=river'], /no clip “river”.*“creek”/],
    [1, ['--every', '0'], /--every is a whole number from 1/],
    [1, ['none.masklet'], /There is no session at .*none\.masklet/],
  ])('ends with %i and a sentence for %j, and writes nothing', (expected, more, sentence) => {
    const { code, stderr } = run('merge', ...sessions, '--out', 'never', ...more);
    expect([code, stderr]).toEqual([expected, expect.stringMatching(sentence)]);
    expect(existsSync(clips.path('never'))).toBe(false);
  });
});
