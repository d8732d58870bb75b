import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ClipFolder } from '../support/clips';
import { CanvasClient } from '../support/canvas-client';
import { KernelClient } from '../support/kernel-client';

// A canvas without a session in the real kernel, as a page talks to it. The tests build on each other.

let clips: ClipFolder;
let drafts: string;
let kernel: KernelClient;
let canvas: CanvasClient;

beforeAll(async () => {
  drafts = mkdtempSync(join(tmpdir(), 'masklet-drafts-'));
  process.env['MASKLET_DRAFTS'] = drafts;
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=1'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=1'];
  const moving = ['-filter_complex', "[0][1]overlay=x='n':y=6"];
  clips.make('birds.mp4', ...ground, ...square, ...moving);
  clips.make('grey.mp4', ...ground);
  mkdirSync(join(clips.folder, 'work', 'día 1'), { recursive: true });
  cpSync(join(clips.folder, 'birds.mp4'), join(clips.folder, 'work', 'día 1', 'two birds.mp4'));
  process.env['JPY_SESSION_NAME'] = join(clips.folder, 'work', 'nb.ipynb');
  kernel = await KernelClient.start(join(clips.folder, 'work'));
  delete process.env['JPY_SESSION_NAME'];
  const { displays, stderr } = await kernel.run(
    'import { annotate, openSession } from "masklet";\nconst canvas = await annotate();\ncanvas',
  );
  expect(stderr).toBe('');
  canvas = new CanvasClient(kernel, displays[0]!);
}, 60_000);

afterAll(async () => {
  process.env['MASKLET_DRAFTS'] = 'off';
  await kernel.stop();
  clips.remove();
  rmSync(drafts, { recursive: true, force: true });
});

async function prints(code: string, words: string): Promise<void> {
  const { stdout, stderr } = await kernel.run(code);
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: words, stderr: '' });
}

const notebook = 'work/nb.ipynb';

describe('a canvas without a session', () => {
  it('says what there is to open, and that nothing is there to be changed', async () => {
    expect(canvas.state()).toMatchObject({ opening: { left: null }, work: '', video: { frameCount: 0 } });
    const { value } = await canvas.ask({ kind: 'offered' });
    expect(value).toMatchObject({ folder: join(clips.folder, 'work'), recent: [] });
    expect(value!['samples']).toContainEqual(expect.objectContaining({ place: 'sample:big-buck-bunny' }));
    const refused = await canvas.ask({ kind: 'undo' });
    expect(refused.error?.message).toContain('Nothing is open on this canvas');
    await prints('console.log(canvas.current);', 'null');
  });

  it('shows the first picture of a video before it is open', async () => {
    const { value, buffers } = await canvas.ask({
      kind: 'glimpse',
      place: { chosen: 'work/día 1/two birds.mp4', notebook },
      maxWidth: 800,
    });
    expect(value).toMatchObject({ width: 64, height: 48, type: 'image/jpeg' });
    expect([...buffers[0]!.slice(0, 2)]).toEqual([0xff, 0xd8]);
  });

  it('says in a sentence what cannot be opened, and stays as it is', async () => {
    const wrong = async (place: object): Promise<string> => {
      const { ok, error } = await canvas.ask({ kind: 'open', place });
      expect(ok).toBe(false);
      return error!.message;
    };
    writeFileSync(join(clips.folder, 'work', 'notes.txt'), 'no video');
    mkdirSync(join(clips.folder, 'work', 'half.masklet'));
    mkdirSync(join(clips.folder, 'work', 'broken.masklet'));
    writeFileSync(join(clips.folder, 'work', 'broken.masklet', 'session.json'), '{');
    expect(await wrong({ typed: 'nowhere.mp4' })).toContain('There is no file or folder');
    expect(await wrong({ typed: 'notes.txt' })).toContain('is not a video');
    expect(await wrong({ typed: 'gone.masklet' })).toContain('There is no session at');
    expect(await wrong({ typed: 'half.masklet' })).toContain('has no session.json');
    expect(await wrong({ typed: 'broken.masklet' })).toContain('the log beside it holds every edit');
    expect(await wrong({ chosen: '../secret.mp4', notebook })).toContain('no place below the folder');
    expect(await wrong({ chosen: 'elsewhere/birds.mp4', notebook })).toContain('The kernel does not see');
    expect(await wrong({ typed: '' })).toContain('cannot be read');
    expect(canvas.state()['opening']).toEqual({ left: null });
  });
});

describe('a session on the canvas', () => {
  it('comes with what was chosen in the file browser, and a cell that waits for it gets it', async () => {
    const waiting = kernel.start('const chosen = await canvas.session(); console.log(chosen.video.name);');
    const { ok } = await canvas.ask({
      kind: 'open',
      place: { chosen: 'work/día 1/two birds.mp4', notebook },
    });
    expect(ok).toBe(true);
    await kernel.waitFor((one) => one.parent.msg_id === waiting && one.content['execution_state'] === 'idle');
    expect(kernel.result(waiting).stdout.trim()).toBe('two birds');
    const { opening, video, saving } = canvas.state();
    expect({ opening, saving, frames: (video as { frameCount: number }).frameCount }).toEqual({
      opening: null,
      saving: 'Kept as a draft',
      frames: 10,
    });
    await prints('console.log(canvas.current === chosen);', 'true');
  });

  it('gives way to another one, and nothing of it is lost', async () => {
    const add = { id: 'h', number: 1, name: 'heron', classId: null, color: '#fced3f', hidden: false };
    await canvas.ask({ kind: 'edit', edit: { kind: 'add-object', object: add } });
    const before = canvas.state()['work'];
    expect((await canvas.ask({ kind: 'open', place: { typed: '../grey.mp4' } })).ok).toBe(true);
    const { work, document } = canvas.state();
    expect(work).not.toBe(before);
    expect((document as { objects: unknown[] }).objects).toEqual([]);
    const { value } = await canvas.ask({ kind: 'offered' });
    // What is on the canvas is not offered on it.
    expect(value!['recent']).toEqual([
      expect.objectContaining({ video: 'two birds', state: 'here', objects: 1 }),
    ]);
    await prints('console.log(chosen.readOnly?.split(".")[0]);', 'This session is closed');
  });

  it('is kept where a failed opening left it', async () => {
    const { work } = canvas.state();
    expect((await canvas.ask({ kind: 'open', place: { typed: 'nowhere.mp4' } })).ok).toBe(false);
    expect(canvas.state()).toMatchObject({ work, opening: null });
  });

  it('goes when it is closed; it is first among the recent ones then, and comes back whole', async () => {
    await canvas.ask({ kind: 'save-as', path: 'grey' });
    await canvas.ask({ kind: 'edit', edit: { kind: 'set-barrier', frame: 3, on: true } });
    expect((await canvas.ask({ kind: 'close' })).ok).toBe(true);
    expect(canvas.state()).toMatchObject({
      opening: { left: 'grey.masklet is closed. Everything in it is kept.' },
      work: '',
    });
    const { value } = await canvas.ask({ kind: 'offered' });
    const [first] = value!['recent'] as { path: string; state: string; name: string }[];
    expect(first).toMatchObject({
      path: join(clips.folder, 'work', 'grey.masklet'),
      name: 'grey',
      state: 'here',
      draft: false,
    });
    expect((await canvas.ask({ kind: 'open', place: { typed: first!.path } })).ok).toBe(true);
    expect(canvas.state()).toMatchObject({ document: { barriers: [3] }, saving: 'Saved in grey.masklet' });
  });

  it('moves to another canvas that opens it', async () => {
    const { displays } = await kernel.run('const other = await annotate();\nother');
    const second = new CanvasClient(kernel, displays[0]!);
    const path = join(clips.folder, 'work', 'grey.masklet');
    expect((await second.ask({ kind: 'open', place: { typed: path } })).ok).toBe(true);
    expect(second.state()).toMatchObject({ opening: null, document: { barriers: [3] }, readOnly: null });
    expect(canvas.state()).toMatchObject({
      opening: { left: 'grey.masklet goes on in another canvas of this notebook.' },
    });
    await prints('console.log(canvas.current, other.current?.document.barriers.length);', 'null 1');
    await prints('await other.close(); console.log(other.current);', 'null');
  });

  it('is missing in the list once it was moved away, and can be taken off it', async () => {
    const path = join(clips.folder, 'work', 'grey.masklet');
    renameSync(path, `${path}.moved`);
    const list = async (): Promise<unknown> =>
      ((await canvas.ask({ kind: 'offered' })).value!['recent'] as { path: string }[]).filter(
        (one) => one.path === path,
      );
    expect(await list()).toEqual([expect.objectContaining({ state: 'missing', objects: null })]);
    await canvas.ask({ kind: 'forget', path });
    expect(await list()).toEqual([]);
    renameSync(`${path}.moved`, path);
    const kept = JSON.parse(readFileSync(join(drafts, 'recent.json'), 'utf8')) as { path: string }[];
    expect(kept.map((one) => basename(one.path))).not.toContain('grey.masklet');
  });
});

describe('a session whose video is not there', () => {
  const open = (more: object = {}): ReturnType<CanvasClient['ask']> =>
    canvas.ask({ kind: 'open', place: { typed: 'grey.masklet' }, ...more });

  it('says what is kept, and opens with the video at another place', async () => {
    renameSync(join(clips.folder, 'grey.mp4'), join(clips.folder, 'work', 'día 1', 'moved.mp4'));
    const { ok, error } = await open();
    expect(ok).toBe(false);
    expect(error).toMatchObject({
      message: expect.stringContaining('Everything you made is kept'),
      fields: {
        code: 'video-missing',
        session: join(clips.folder, 'work', 'grey.masklet'),
        kept: '0 objects',
      },
    });
  });

  it('refuses another video with both descriptions', async () => {
    const { error } = await open({ video: { typed: 'día 1/two birds.mp4' } });
    expect(error).toMatchObject({
      fields: {
        code: 'other-video',
        saved: expect.stringMatching(/“grey”.*fingerprint [0-9a-f]{32}/),
        given: expect.stringMatching(/“two birds”.*fingerprint [0-9a-f]{32}/),
      },
    });
  });

  it('can be looked at and exported without it', async () => {
    expect((await open({ withoutVideo: true })).ok).toBe(true);
    expect(canvas.state()['readOnly']).toContain('the video of grey.masklet is not here');
    const picture = await canvas.ask({ kind: 'picture', frame: 2, maxWidth: 64 });
    expect(picture).toMatchObject({ ok: true, value: { width: 64, height: 48 } });
    const table = await canvas.ask({ kind: 'export', format: 'csv', folder: 'tables' });
    expect(table).toMatchObject({ ok: true });
    const overlay = await canvas.ask({ kind: 'export', format: 'overlay', folder: 'pictures' });
    expect(overlay.error?.message).toContain('there are no pictures');
  });

  it('opens when its video is chosen', async () => {
    const { ok, error } = await open({ video: { chosen: 'work/día 1/moved.mp4', notebook } });
    expect({ ok, error }).toEqual({ ok: true, error: undefined });
    expect(canvas.state()).toMatchObject({ readOnly: null, document: { barriers: [3] } });
  });
});
