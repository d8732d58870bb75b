import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClipFolder } from '../support/clips';
import { masklet, stopped } from '../support/command';
import type { Outcome } from '../support/command';

// A session from its beginning to its masks by commands alone, with the model that needs no weights.

let clips: ClipFolder;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=6'];
  const square = (color: string): string[] => ['-f', 'lavfi', '-i', `color=c=${color}:s=8x8:r=10:d=6`];
  const filter = "[0][1]overlay=x='n/2':y=6[a];[a][2]overlay=x='50-n/2':y=30";
  const inputs = [...ground, ...square('0xdc1e1e'), ...square('0x1e1edc')];
  clips.make('clip.mp4', ...inputs, '-filter_complex', filter, '-qp', '0');
  const prompts = {
    objects: [
      { name: 'red', class: 'square', prompts: [{ frame: 20, points: [[13, 9, 1]] }] },
      { name: 'blue', prompts: [{ frame: 0, box: [50, 30, 57, 37] }] },
    ],
  };
  writeFileSync(clips.path('prompts.json'), JSON.stringify(prompts));
});
afterAll(() => clips.remove());

const run = (...args: string[]): Outcome => masklet(clips.folder, ...args);

function begin(name: string, ...more: string[]): void {
  const { code, stderr } = run(
    ...['new', name, '--video', 'clip.mp4', '--prompts', 'prompts.json', '--model', 'synthetic', ...more],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

interface Line {
  readonly step?: string;
  readonly label?: string;
  readonly edit?: { kind: string; objectId?: string; changes?: { frame: number }[]; run?: { id: string } };
}

/** The frames that runs wrote masks on, one entry a mask, as the log has them. */
function computed(name: string): string[] {
  const lines = readFileSync(clips.path(join(name, 'log.jsonl')), 'utf8')
    .split('\n')
    .filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter((one) => one.label === 'Propagate' && one.edit?.kind === 'set-track')
    .flatMap(({ edit }) => edit!.changes!.map(({ frame }) => `${edit!.objectId} ${frame}`));
}

function info(name: string): { objects: { name: string; framesWithMask: number }[]; runs: number } {
  return JSON.parse(run('info', name, '--json').stdout) as ReturnType<typeof info>;
}

describe('masklet new', () => {
  it('makes a session with its prompts answered, once', () => {
    begin('one.masklet', '--range', '0-40');
    const about = JSON.parse(run('info', 'one.masklet', '--json').stdout) as object;
    expect(about).toMatchObject({
      video: { name: 'clip', frameCount: 41 },
      model: 'synthetic',
      objects: [
        { name: 'red', class: 'square', framesWithMask: 1, prompts: 1 },
        { name: 'blue', class: null, framesWithMask: 1, prompts: 1 },
      ],
    });
    const again = run('new', 'one.masklet', '--video', 'clip.mp4');
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringMatching(/something at .*one\.masklet already/),
    ]);
    const kept = run('new', 'one.masklet', '--video', 'clip.mp4', '--range', '0-40', '--keep');
    expect([kept.code, kept.stdout]).toEqual([0, expect.stringMatching(/left as it is/)]);
    const other = run('new', 'one.masklet', '--video', 'clip.mp4', '--keep');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('Nothing')]);
  });

  it.each([
    [
      'below a file',
      'clip.mp4/x.masklet',
      /clip\.mp4\/x\.masklet cannot be made: .*clip\.mp4 is a file, not a folder\./,
    ],
    [
      'where there are no folders',
      '/proc/x.masklet',
      /^\/proc\/x\.masklet cannot be made: no folder can be made there\./,
    ],
  ])('says in a sentence that a session cannot be made %s', (_what, place, sentence) => {
    const made = run('new', place, '--video', 'clip.mp4', '--model', 'synthetic', '--json');
    const { error } = JSON.parse(made.stderr) as { error: { tag: string; message: string } };
    expect([made.code, made.stdout, error.tag]).toEqual([1, '', 'command']);
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/No session was made; choose another place\.$/);
  });

  it('leaves nothing behind when a prompt does not fit, or when it is killed', async () => {
    const wrong = {
      objects: [
        {
          name: 'a',
          prompts: [
            { frame: 0, points: [[4, 4, 1]] },
            { frame: 99, points: [[4, 4, 1]] },
          ],
        },
      ],
    };
    writeFileSync(clips.path('wrong.json'), JSON.stringify(wrong));
    const args = ['new', 'never.masklet', '--video', 'clip.mp4', '--model', 'synthetic', '--prompts'];
    const refused = run(...args, 'wrong.json');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/has frames 0 to 59/)]);
    const left = (): string[] => readdirSync(clips.folder).filter((one) => one.includes('never'));
    expect(left()).toEqual([]);
    const killed = await stopped(clips.folder, { after: 1, signal: 'SIGKILL' }, ...args, 'prompts.json');
    expect(killed.code).toBeNull();
    expect(existsSync(clips.path('never.masklet'))).toBe(false);
    expect(run(...args, 'prompts.json').code).toBe(0);
    expect(left()).toEqual(['never.masklet']);
  });
});

describe('masklet copy', () => {
  it('says in a sentence that a copy cannot be made below a file', () => {
    begin('copied.masklet');
    const { code, stderr } = run('copy', 'copied.masklet', 'clip.mp4/copy.masklet');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/clip\.mp4 is a file, not a folder: .* Nothing was copied/),
    ]);
  });
});

describe('masklet propagate --session', () => {
  it('goes on where it was killed, computes no mask twice, and replays to the pixel', async () => {
    begin('killed.masklet');
    const args = ['propagate', '--session', 'killed.masklet'];
    const killed = await stopped(clips.folder, { after: 6, signal: 'SIGKILL' }, ...args);
    expect(killed.code).toBeNull();
    const before = computed('killed.masklet');
    expect(before.length).toBeGreaterThanOrEqual(6);
    expect(before.length).toBeLessThan(118);
    const { code, stdout } = run(...args, '--missing', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      run: { id: 'run 2', masks: 118 - before.length },
      stopped: null,
    });
    const all = computed('killed.masklet');
    expect([all.length, new Set(all).size]).toEqual([118, 118]);
    expect(all.slice(0, before.length)).toEqual(before);
    expect(info('killed.masklet').objects.map((one) => one.framesWithMask)).toEqual([60, 60]);
    const more = run(...args, '--missing');
    expect([more.code, more.stdout]).toEqual([0, expect.stringMatching(/has its mask already/)]);
    expect(run('replay', 'killed.masklet').stdout).toMatch(/All 120 masks .* are the same to the pixel/);
  });

  it.each([
    ['SIGINT' as const, 130],
    ['SIGTERM' as const, 143],
  ])('ends well by %s', async (signal, expected) => {
    const name = `${signal}.masklet`;
    begin(name);
    const ended = await stopped(clips.folder, { after: 4, signal }, 'propagate', '--session', name);
    expect(ended.code).toBe(expected);
    expect(JSON.parse(ended.stdout)).toMatchObject({ stopped: signal, exports: [] });
    const { objects } = info(name);
    const masks = objects.reduce((sum, one) => sum + one.framesWithMask, 0);
    expect(masks).toBeGreaterThan(2);
    expect(masks).toBeLessThan(120);
    expect(readdirSync(clips.path(name))).not.toContain('open.lock');
  });

  it('takes a range, a way, objects and a corrected frame, and writes what it is asked for', () => {
    begin('some.masklet');
    const args = ['propagate', '--session', 'some.masklet', '--json'];
    const forecast = JSON.parse(run(...args, '--range', '0-9', '--forecast').stdout) as { text: string };
    expect(forecast.text).toMatch(/frames/);
    expect(computed('some.masklet')).toEqual([]);
    const part = run(
      ...args,
      '--range',
      '0-9',
      '--direction',
      'forward',
      '--object',
      'blue',
      '--out',
      'some',
    );
    expect(JSON.parse(part.stdout)).toMatchObject({ run: { masks: 9 }, exports: [{ format: 'davis' }] });
    expect(readdirSync(clips.path('some/Annotations/clip'))).toHaveLength(60);
    const from = run(...args, '--from', '5');
    const { error } = JSON.parse(from.stderr.trim()) as { error: { tag: string; message: string } };
    expect([from.code, error.tag, error.message]).toEqual([1, 'session', expect.stringMatching(/frame 5/)]);
    expect(run(...args, 'clip.mp4').code).toBe(1);
    expect(run(...args, '--direction', 'up').code).toBe(2);
    expect(run('propagate', 'clip.mp4', '--prompts', 'prompts.json', '--out', 'o', '--missing').code).toBe(2);
  });
});
