import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { saveDocument } from '../../src/annotation';
import { EnginePair, SessionFolder } from '../../src/session';
import type { Session } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { blue } from '../support/synthetic-video';
import { fixedSources, WorkFolder } from '../support/work-folder';

// What is kept in a session's folder, with the real engine and the model without weights (A1, A2).

let engines: EnginePair;
let work: WorkFolder;

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  work = new WorkFolder(engines);
});
afterEach(() => work.remove());
afterAll(() => engines.dispose());

/** A session in which something of everything was done. */
async function fullSession(name?: string, sources = fixedSources()): Promise<Session> {
  const { session } = await work.open(name, {}, sources);
  const a = session.objects.add({ name: 'heron', class: 'bird' });
  const b = session.objects.add({ name: 'swan' });
  await a.point(3, [6, 6]);
  await b.box(0, [48, 0, 59, 9]);
  session.features.add({ name: 'behaviour', options: ['rest', 'walk'] });
  await a.setFeature('behaviour', 5, 'walk');
  await session.propagate({ range: [0, 12] });
  await session.lockFrame(4);
  await b.lock([8, 9]);
  await a.markAbsent([10, 11]);
  await session.set({ overlap: 'order', blockSize: 20 });
  await a.point(6, [10, 6]);
  return session;
}

const contentOf = (session: Session): object => {
  const { version, ...content } = saveDocument(session.document);
  void version;
  return content;
};

describe('a session’s folder', () => {
  it('brings everything back after it was closed (A2)', async () => {
    const session = await fullSession();
    const content = contentOf(session);
    const masks = await session.masks();
    await session.dispose();
    const { session: again, notices } = await work.open();
    expect(notices).toEqual([]);
    expect(contentOf(again)).toEqual(content);
    expect(await again.masks()).toEqual(masks);
    expect(again.runs[0]).toMatchObject({ id: 'run 1', model: { name: 'synthetic', weights: 'none' } });
    expect(again.objects.get('heron').maskInfo(2)).toMatchObject({
      source: { kind: 'propagated', run: 'run 1', distance: 1 },
    });
  });

  it('brings everything back from the log alone, when the process was killed (A2)', async () => {
    const session = await fullSession();
    const content = contentOf(session);
    work.killed(session);
    const saved = JSON.parse(readFileSync(join(work.at('killed.masklet'), 'session.json'), 'utf8')) as {
      log: { lines: number };
    };
    expect(saved.log.lines).toBe(0);
    const { session: again, notices } = await work.open('killed.masklet');
    expect(notices).toEqual([]);
    expect(contentOf(again)).toEqual(content);
  });

  it('can be undone to its beginning and redone to its end after it was opened again (A3)', async () => {
    const session = await fullSession();
    const end = contentOf(session);
    const killed = work.killed(session);
    await session.dispose();
    for (const name of ['work.masklet', 'killed.masklet']) {
      const { session: again } = await work.open(name);
      const states = [contentOf(again)];
      while (await again.undo()) states.push(contentOf(again));
      expect(again.document.objects).toEqual([]);
      expect(again.document.runs).toEqual([]);
      while (await again.redo());
      expect([name, contentOf(again)]).toEqual([name, end]);
      expect(states.length).toBeGreaterThan(8);
    }
    expect(killed).toContain('killed');
  });

  it('holds the same bytes for the same edits under the same clock and ids', async () => {
    for (const name of ['one', 'two']) await (await fullSession(name)).dispose();
    const files = (folder: string): string[] =>
      readdirSync(work.at(folder), { recursive: true }).map(String).sort();
    expect(files('one')).toEqual(files('two'));
    expect(files('one')).toEqual([
      'history.json',
      'log.jsonl',
      'masks',
      join('masks', '0000.bin'),
      'session.json',
    ]);
    for (const file of files('one').filter((one) => one.includes('.')))
      expect([
        file,
        readFileSync(join(work.at('one'), file)).equals(readFileSync(join(work.at('two'), file))),
      ]).toEqual([file, true]);
  });

  it('is written down by itself a moment after an edit', async () => {
    const { session } = await work.open();
    session.objects.add({ name: 'heron' });
    const text = (): string => readFileSync(join(session.path!, 'session.json'), 'utf8');
    expect(text()).not.toContain('heron');
    for (let i = 0; i < 100 && !text().includes('heron'); i++)
      await new Promise((wake) => setTimeout(wake, 100));
    expect(text()).toContain('heron');
  });

  it('answers the prompts whose masks never came', async () => {
    const { session } = await work.open();
    const a = session.objects.add({ name: 'a' });
    const asked = session.change({
      kind: 'add-prompt',
      prompt: { id: 'p', objectId: a.id, frame: 0, kind: 'point', x: 2, y: 6, positive: true },
    });
    work.killed(session);
    await asked.answered;
    const { session: again } = await work.open('killed.masklet');
    expect(again.objects.get('a').maskInfo(0)).toBeNull();
    await again.answerOpen();
    expect(again.objects.get('a').maskInfo(0)!.area).toBe(64);
    await again.undo();
    expect(again.document.prompts).toEqual([]);
    expect(again.objects.get('a').maskInfo(0)).toBeNull();
  });
});

describe('a folder that was damaged', () => {
  it('opens without an edit whose writing was cut short, and says so', async () => {
    const session = await fullSession();
    const killed = work.killed(session);
    const log = join(killed, 'log.jsonl');
    const before = contentOf(session);
    appendFileSync(log, '{"n":999,"at":"2026-01-01T00:00:00.000Z","st');
    const { session: again, notices } = await work.open('killed.masklet');
    expect(notices.join()).toContain('The writing of the last edit was cut short');
    expect(contentOf(again)).toEqual(before);
    expect(readFileSync(join(killed, 'log.unread-1'), 'utf8')).toContain('"n":999');
    again.objects.add({ name: 'new' });
    await again.dispose();
    expect((await work.open('killed.masklet')).notices).toEqual([]);
  });

  it('opens with every cut of its log, each time with what came before the cut', async () => {
    const session = await fullSession();
    const whole = work.killed(session, 'whole');
    const text = readFileSync(join(whole, 'log.jsonl'));
    const step = Math.ceil(text.length / 40);
    for (let cut = 0, i = 0; cut < text.length; cut += step, i++) {
      const name = `cut-${i}`;
      cpSync(whole, work.at(name), { recursive: true });
      truncateSync(join(work.at(name), 'log.jsonl'), cut);
      const { session: again, notices } = await work.open(name);
      const lines = text.subarray(0, cut).toString().split('\n').length - 1;
      const torn = cut > 0 && text[cut - 1] !== 10;
      expect([cut, notices.length]).toEqual([cut, torn ? 1 : 0]);
      await again.dispose();
      const saved = JSON.parse(readFileSync(join(work.at(name), 'session.json'), 'utf8')) as {
        log: { lines: number };
      };
      expect(saved.log.lines).toBe(lines);
    }
  });

  it('puts aside what follows a line that cannot be read', async () => {
    const session = await fullSession();
    const killed = work.killed(session);
    const lines = readFileSync(join(killed, 'log.jsonl'), 'utf8').trimEnd().split('\n');
    lines[5] = lines[5]!.replace('"n":6', '"n":7');
    writeFileSync(join(killed, 'log.jsonl'), `${lines.join('\n')}\n`);
    const { session: again, notices } = await work.open('killed.masklet');
    expect(notices.join()).toContain('cannot be read after line 5');
    expect(again.document.objects.map((one) => one.name)).toEqual(['heron', 'swan']);
    expect(readFileSync(join(killed, 'log.unread-1'), 'utf8').trimEnd().split('\n')).toHaveLength(
      lines.length - 5,
    );
  });

  it('opens without masks whose bytes are missing, and counts them', async () => {
    const session = await fullSession();
    const killed = work.killed(session);
    const chunk = join(killed, 'masks', '0000.bin');
    truncateSync(chunk, statSync(chunk).size - 1);
    const { session: again, notices } = await work.open('killed.masklet');
    expect(notices.join()).toMatch(/^1 mask is missing from the folder/);
    expect(again.objects.get('swan').maskInfo(0)!.area).toBe(36);
  });

  it('says what is wrong with a session.json that is none, and touches nothing', async () => {
    const session = await fullSession();
    await session.dispose();
    const path = join(work.at(), 'session.json');
    const text = readFileSync(path, 'utf8');
    const refusals: readonly [string, string][] = [
      [text.slice(0, 300), 'it is no JSON'],
      [text.replace('masklet-session', 'other'), 'is not a session of Masklet'],
      [text.replace('"formatVersion": 1', '"formatVersion": 9'), 'written by a newer Masklet (format 9'],
      [text.replace('"areas":[', '"areas":["x",'), 'areas'],
    ];
    for (const [damaged, why] of refusals) {
      writeFileSync(path, damaged);
      await expect(work.open()).rejects.toThrow(why);
      expect(readFileSync(path, 'utf8')).toBe(damaged);
    }
    writeFileSync(path, text);
    expect((await work.open()).notices).toEqual([]);
  });

  it('of an older format is brought up to this one', async () => {
    const session = await fullSession();
    const content = contentOf(session);
    await session.dispose();
    const path = join(work.at(), 'session.json');
    const { formatVersion, ...file } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    expect(formatVersion).toBe(1);
    writeFileSync(path, JSON.stringify({ version: 0, ...file }));
    const { session: again } = await work.open();
    expect(contentOf(again)).toEqual(content);
  });
});

describe('a session of another video', () => {
  it('is refused, with both fingerprints', async () => {
    const { session } = await work.open();
    await session.dispose();
    let refusal = '';
    await work.open('work.masklet', { squares: [blue] }).catch((error: Error) => (refusal = error.message));
    expect(refusal).toContain('This is not the video of the session');
    expect(refusal.match(/fingerprint [0-9a-f]{32}/g)).toHaveLength(2);
    await expect(work.open('work.masklet', { frames: 20 })).rejects.toThrow('20 frames of 64 × 48');
    expect((await work.open()).notices).toEqual([]);
  });
});

describe('a session that is saved elsewhere', () => {
  it('goes on there; the old one stays as it was', async () => {
    const session = await fullSession();
    const content = contentOf(session);
    await session.saveAs(work.at('copy.masklet'));
    expect(session.path).toBe(work.at('copy.masklet'));
    session.objects.add({ name: 'only in the copy' });
    await session.objects.get('swan').point(15, [50, 20]);
    await session.dispose();
    expect(contentOf((await work.open()).session)).toEqual(content);
    expect((await work.open('copy.masklet')).session.objects.get('only in the copy').number).toBe(3);
    await expect((await work.open('third.masklet')).session.saveAs(work.at())).rejects.toThrow(
      'is there already',
    );
  });

  it('is opened where it was moved to', async () => {
    const session = await fullSession();
    const content = contentOf(session);
    await session.dispose();
    renameSync(work.at(), work.at('moved'));
    expect(contentOf((await work.open('moved')).session)).toEqual(content);
  });
});

describe('two processes', () => {
  it('cannot both write: the second is told who has it open, and looks at it only', async () => {
    const session = await fullSession();
    const script = join(__dirname, '..', 'support', 'open-session.cjs');
    const told = JSON.parse(
      execFileSync(process.execPath, [script, session.path!], { encoding: 'utf8' }),
    ) as {
      readOnly: string;
      notices: string[];
      refusal: string;
      objects: string[];
    };
    expect(told.readOnly).toContain(`process ${process.pid} on this machine has it open since`);
    expect(told.notices.join()).toContain('can be looked at, not changed');
    expect(told.refusal).toContain('Nothing was changed: this session can only be looked at');
    expect(told.objects).toEqual(['heron', 'swan']);
    session.objects.add({ name: 'still mine' });
    await session.dispose();
    const later = JSON.parse(execFileSync(process.execPath, [script, work.at()], { encoding: 'utf8' })) as {
      readOnly: string | null;
      refusal: string | null;
    };
    expect(later).toMatchObject({ readOnly: null, refusal: null });
  });

  it('do not keep each other out after one was killed', async () => {
    const session = await fullSession();
    const killed = work.killed(session);
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const lock = { pid: Number(ended), host: (await import('node:os')).hostname(), began: '1', since: '' };
    writeFileSync(join(killed, 'open.lock'), JSON.stringify(lock));
    expect((await work.open('killed.masklet')).notices).toEqual([]);
    writeFileSync(
      join(work.killed(session, 'far'), 'open.lock'),
      JSON.stringify({ ...lock, host: 'elsewhere' }),
    );
    expect((await work.open('far')).notices.join()).toContain('on elsewhere has it open');
  });
});

describe('a disk', () => {
  /** Runs a script on a disk of 256 KiB of its own, which is made read-only when it asks for that. */
  const onSmallDisk = (how: string): Record<string, unknown> => {
    const script = join(__dirname, '..', 'support', 'small-disk.cjs');
    const command = `mount -t tmpfs -o size=256k tmpfs /mnt && exec "$0" "$1" /mnt ${how}`;
    const out = execFileSync('unshare', ['-rm', 'sh', '-c', command, process.execPath, script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    return JSON.parse(out) as Record<string, unknown>;
  };

  it('that is full refuses the edit in a sentence, and everything before it is kept', () => {
    const told = onSmallDisk('full');
    expect(told['refusal']).toMatch(/^The disk is full: .*everything before it is kept\. Free some space/);
    expect(told['same']).toBe(true);
    expect(told['objects']).toBeGreaterThan(10);
    expect(told['goesOn']).toBe(true);
  });

  it('that cannot be written to lets a session be looked at', () => {
    const told = onSmallDisk('read-only');
    expect(told['readOnly']).toContain('its folder cannot be written to');
    expect(told['refusal']).toContain('can only be looked at');
    expect(told['objects']).toBe(1);
    expect(told['created']).toMatch(/cannot be written|may not write/);
  });
});

describe('a folder that is no session', () => {
  it('is not written into', async () => {
    writeFileSync(join(work.path, 'something'), '');
    await expect(work.open('.')).rejects.toThrow('is there already and is not a session');
    expect(SessionFolder.exists(work.path)).toBe(false);
    expect(readdirSync(work.path)).toEqual(['something']);
  });
});
