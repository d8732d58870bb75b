import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { MaskletError, SessionError } from '../../src/errors';
import { SessionFolder } from '../../src/session/folder';
import type { OpenedFolder } from '../../src/session/folder';
import { damaged, damages } from '../support/damage';
import { awkwardScene, sceneInput } from '../support/scenes';
import { fixedSources } from '../support/work-folder';

// Sessions that were damaged, or made by somebody who means harm: a sentence or a session, and nothing beyond its folder is touched.

let work: string;
let whole: string;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'masklet-folder-fuzz-'));
  whole = join(work, 'whole.masklet');
  const input = sceneInput(awkwardScene);
  const video = {
    ...{ path: null, range: null, every: null, duration: null, bytes: null, hash: '0'.repeat(32) },
    ...input.video,
  };
  const { folder, document, history } = await SessionFolder.create(whole, video, input.video, fixedSources());
  folder.keep(() => ({ document, history, model: null }));
  for (const object of input.objects) {
    const changes = [];
    for (const frame of input.frames) {
      const mask = await input.mask(object.id, frame);
      const source = { kind: 'imported', format: 'davis' } as const;
      if (mask)
        changes.push({
          frame,
          entry: { mask: await folder.masks.put(mask), source, area: mask.counts.length },
        });
    }
    const edits = [
      { kind: 'add-object', object: { ...object, classId: null } },
      { kind: 'set-track', objectId: object.id, changes },
    ] as const;
    for (const edit of edits) {
      const step = { id: `${object.id} ${edit.kind}`, label: edit.kind };
      history.record(step, document.restore(edit));
      folder.append({ step: step.id, label: step.label, edit });
    }
    // The last object is in the log alone.
    if (object !== input.objects.at(-1)) await folder.flush();
  }
  cpSync(whole, join(work, 'sound'), { recursive: true, filter: (path) => !path.endsWith('open.lock') });
  await folder.close();
});
afterAll(() => rmSync(work, { recursive: true }));

function copy(name: string): string {
  const path = join(work, name);
  rmSync(path, { recursive: true, force: true });
  cpSync(join(work, 'sound'), path, { recursive: true });
  return path;
}

/** Opens, reads every mask, undoes everything, closes. */
async function workThrough(path: string, lookOnly = false): Promise<OpenedFolder> {
  const opened = await SessionFolder.open(path, fixedSources(), lookOnly);
  const { folder, document, history } = opened;
  folder.keep(() => ({ document, history, model: null }));
  try {
    for (const { id } of document.objects) {
      const track = document.track(id);
      for (const frame of track.frames()) {
        const mask = await folder.masks.get(track.entryAt(frame)!.mask);
        expect(mask.counts.reduce((sum, one) => sum + one, 0)).toBe(mask.width * mask.height);
      }
    }
    while (history.undoable) history.undo(document);
  } finally {
    await folder.close();
  }
  return opened;
}

describe('a session’s folder', () => {
  it('that is sound opens as it was left', async () => {
    const { document, notices } = await workThrough(copy('sound-copy'));
    expect(notices).toEqual([]);
    expect(document.video.width).toBe(7);
  });

  it.each(['session.json', 'log.jsonl', 'history.json', 'masks/0000.bin', 'open.lock'])(
    'whose %s is damaged is refused in a sentence or opened',
    async (name) => {
      const path = copy(`damaged-${name.replace('/', '-')}`);
      const sound = existsSync(join(path, name)) ? readFileSync(join(path, name)) : Buffer.from('{"pid":1}');
      await fc.assert(
        // Most are only looked at: what is written is forced to the disk, which takes its time.
        fc.asyncProperty(
          damages,
          fc.constantFrom(true, true, true, true, false),
          async (changes, lookOnly) => {
            cpSync(join(work, 'sound'), path, { recursive: true });
            writeFileSync(join(path, name), damaged(new Uint8Array(sound), changes));
            await workThrough(path, lookOnly).catch((error: unknown) => {
              if (!(error instanceof MaskletError)) throw error;
              expect(error.message).toMatch(/^[^\n]+\.$/);
            });
          },
        ),
        { numRuns: 40, seed: 8 },
      );
    },
  );

  it('whose history is of edits that there are none of opens with nothing to undo', async () => {
    const path = copy('history');
    const { log } = JSON.parse(readFileSync(join(path, 'session.json'), 'utf8')) as {
      log: { lines: number };
    };
    const undo = [{ id: 'a', label: 'a', edits: [{ kind: 'format-the-disk' }] }];
    writeFileSync(join(path, 'history.json'), JSON.stringify({ lines: log.lines, undo, redo: [] }));
    const { document } = await workThrough(path);
    expect(document.objects.length).toBeGreaterThan(1);
  });

  it('that nests a record in itself ten thousand times is refused in a sentence', async () => {
    const path = copy('nested');
    const text = readFileSync(join(path, 'session.json'), 'utf8');
    const deep = '{"kind":"prompted","of":"","before":{"mask":"0.0.1","area":1,"source":'.repeat(10_000);
    const source = `${deep}{"kind":"imported","format":"a"}${'}}'.repeat(10_000)}`;
    writeFileSync(
      join(path, 'session.json'),
      text.replace(/"sources": \[.*\]/, () => `"sources": [${source}]`),
    );
    await expect(workThrough(path)).rejects.toThrow(/cannot be read|damaged/);
  });

  it('that says a mask is of a gigabyte takes no memory for it', async () => {
    const path = copy('gigabyte');
    const text = readFileSync(join(path, 'session.json'), 'utf8');
    writeFileSync(join(path, 'session.json'), text.replace(/"0\.0\.\d+"/g, '"0.0.900000000"'));
    const { notices } = await workThrough(path);
    expect(notices.join()).toMatch(/missing from the folder/);
    const { folder } = await SessionFolder.open(copy('gigabyte-2'), fixedSources());
    await expect(folder.masks.get('0.0.900000000')).rejects.toThrow(/is not in the session/);
    await folder.close();
  });
});

describe('a session’s folder with links that lead out of it', () => {
  const outside = (): string => join(work, 'outside.txt');
  const linked = (name: string): string => {
    writeFileSync(outside(), 'a thesis\n');
    const path = copy('linked');
    rmSync(join(path, name), { force: true });
    symlinkSync(outside(), join(path, name));
    return path;
  };

  it.each([
    'log.jsonl',
    'masks/0000.bin',
    'session.json.new',
    'history.json.new',
    'log.unread-1',
    'open.lock',
  ])('by the name of %s writes nothing there', async (name) => {
    const path = linked(name);
    if (name === 'log.unread-1') writeFileSync(join(path, 'log.jsonl'), 'no line\n');
    try {
      const { folder, document, history } = await SessionFolder.open(path, fixedSources());
      folder.keep(() => ({ document, history, model: null }));
      const { width, height } = document.video;
      await folder.masks
        .put({ width, height, counts: Uint32Array.of(width * height) })
        .catch((error: unknown) => expect(error).toBeInstanceOf(SessionError));
      folder.append({ ended: 'run', frames: 1, masks: 1, cancelled: false });
      await folder.close();
    } catch (error) {
      expect(error).toBeInstanceOf(SessionError);
      expect((error as Error).message).toMatch(/is a link|cannot be read/);
    }
    expect(readFileSync(outside(), 'utf8')).toBe('a thesis\n');
  });

  it('for its masks is refused, and can still be looked at', async () => {
    const path = copy('masks-elsewhere');
    const elsewhere = join(work, 'elsewhere');
    cpSync(join(path, 'masks'), elsewhere, { recursive: true });
    rmSync(join(path, 'masks'), { recursive: true });
    symlinkSync(elsewhere, join(path, 'masks'));
    await expect(SessionFolder.open(path, fixedSources())).rejects.toThrow(/masks is a link/);
    const { folder, notices } = await SessionFolder.open(path, fixedSources(), true);
    expect(notices).toEqual([]);
    await folder.close();
  });
});
