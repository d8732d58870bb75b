import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ClipFolder } from '../support/clips';
import { masklet } from '../support/command';
import type { Outcome } from '../support/command';

// What can be asked of a session by commands, on one whose object leaves the picture in the middle.

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=2'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=2'];
  const filter = "[0][1]overlay=x=10:y=6:enable='lt(n,8)'";
  clips.make('clip.mp4', ...ground, ...square, '-filter_complex', filter, '-qp', '0');
  const prompts = [{ frame: 0, points: [[13, 9, 1]] }];
  writeFileSync(clips.path('prompts.json'), JSON.stringify({ objects: [{ name: 'red', prompts }] }));
  const args = ['--video', 'clip.mp4', '--prompts', 'prompts.json', '--model', 'synthetic'];
  expect(run('new', 'work.masklet', ...args).code).toBe(0);
  expect(run('propagate', '--session', 'work.masklet').code).toBe(0);
});
afterAll(() => clips.remove());

const run = (...args: string[]): Outcome => masklet(clips.folder, ...args);

interface Alarm {
  readonly id: string;
  readonly frame: number;
  readonly object: string;
}

describe('a session’s commands', () => {
  it('review it, and accept an alarm, which is then off the list', () => {
    const alarms = JSON.parse(run('review', 'work.masklet', '--json').stdout) as Alarm[];
    expect(alarms.map((one) => one.object)).toContain('red');
    const [first] = alarms;
    expect(run('review', 'work.masklet').stdout).toContain(`[${first!.id}]`);
    expect(run('edit', 'work.masklet', 'accept', `alarm=${first!.id}`).code).toBe(0);
    const left = JSON.parse(run('review', 'work.masklet', '--json').stdout) as Alarm[];
    expect(left.map((one) => one.id)).toEqual(alarms.slice(1).map((one) => one.id));
  });

  it('check its masks from the other side before they review it', () => {
    const checked = run('review', 'work.masklet', '--check', '--range', '1-5', '--object', 'red', '--json');
    expect([checked.code, checked.stderr]).toEqual([
      0,
      expect.stringContaining('{"notice":"Checked 5 masks on 5 frames."}'),
    ]);
    expect(JSON.parse(checked.stdout)).toEqual(JSON.parse(run('review', 'work.masklet', '--json').stdout));
    expect(JSON.parse(run('edit', 'work.masklet', 'undo', '--json').stdout)).toMatchObject({
      undone: 'Check',
    });
    run('edit', 'work.masklet', 'redo');
    const { code, stdout } = run('edit', 'work.masklet', 'redo');
    expect([code, stdout]).toEqual([0, 'redo: there was nothing to redo\n']);
    run('edit', 'work.masklet', 'undo');
    const nothing = run('review', 'work.masklet', '--check', '--range', '0-0');
    expect([nothing.code, nothing.stderr]).toEqual([
      1,
      expect.stringContaining('There is nothing to check here'),
    ]);
    const wrong = run('review', 'work.masklet', '--range', '0-5');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('give --check, too')]);
  });

  it('give a table as CSV', () => {
    const { code, stdout } = run('table', 'work.masklet', 'geometry', '--range', '0-1', '--scale', '0.5mm');
    expect(code).toBe(0);
    const [header, first] = stdout.split('\r\n');
    const row = first!.split(',');
    expect(row[header!.split(',').indexOf('area')]).toBe('64');
    expect(row[header!.split(',').indexOf('area_mm2')]).toBe('16');
    expect(run('table', 'work.masklet', 'fishes').code).toBe(1);
  });

  it('copy it, and score the one against the other', () => {
    expect(run('copy', 'work.masklet', 'copy.masklet').code).toBe(0);
    const log = (name: string): string => readFileSync(clips.path(`${name}/log.jsonl`), 'utf8');
    expect(log('copy.masklet')).toBe(log('work.masklet'));
    const again = run('copy', 'work.masklet', 'copy.masklet');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('copy.masklet')]);
    const scored = run('evaluate', 'work.masklet', '--truth', 'copy.masklet', '--json');
    expect(scored.code).toBe(0);
    expect(JSON.parse(scored.stdout)).toMatchObject({ region: 1, boundary: 1, missing: [], extra: [] });
    expect(existsSync(clips.path('copy.masklet/open.lock'))).toBe(false);
    const [{ name }] = (JSON.parse(scored.stdout) as { objects: [{ name: string }] }).objects;
    const numbered = run('evaluate', 'work.masklet', '--truth', 'copy.masklet', '--numbers', `${name}=9`);
    expect([numbered.code, numbered.stderr]).toEqual([
      1,
      expect.stringContaining('No object here is in the truth.'),
    ]);
    expect(run('evaluate', 'work.masklet', '--truth', 'copy.masklet', '--numbers', 'nine').stderr).toBe(
      '--numbers is NAME=NUMBER, with commas between, such as heron=3,swan=1; not “nine”.\n',
    );
  });

  it('list the drafts, of which there may be none', () => {
    const { code, stdout } = run('drafts', '--json');
    expect([code, Array.isArray(JSON.parse(stdout))]).toEqual([0, true]);
  });
});
