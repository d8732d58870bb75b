import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ClipFolder } from '../support/clips';
import { KernelClient } from '../support/kernel-client';

// What a canvas asks of the real kernel, through its sockets as a page sends it.

let clips: ClipFolder;
let kernel: KernelClient;
let comm: string;
let requests = 0;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=2'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=2'];
  clips.make('birds.mp4', ...ground, ...square, '-filter_complex', "[0][1]overlay=x='n':y=6");
  kernel = await KernelClient.start(clips.folder);
  const { stdout, stderr } = await kernel.run(`import { annotate, openVideo } from "masklet";
const session = await annotate(await openVideo("birds.mp4", { model: "synthetic" }), { at: "birds.masklet" });
const bundle = (session as any)[Symbol.for("Jupyter.display")]();
const heron = session.objects.add({ name: "heron" });
await heron.point(0, [3, 9]);
console.log((bundle["application/vnd.jupyter.widget-view+json"] ?? Object.values(bundle)[0]).model_id ?? JSON.stringify(bundle));`);
  expect(stderr).toBe('');
  comm = stdout.trim();
}, 60_000);

afterAll(async () => {
  await kernel.stop();
  clips.remove();
});

interface Said {
  readonly ok: boolean;
  readonly value?: Record<string, unknown>;
  readonly error?: { readonly message: string; readonly fields?: Record<string, unknown> };
}

async function ask(body: object): Promise<Said & { readonly buffers: readonly Uint8Array[] }> {
  const request = ++requests;
  const data = { method: 'custom', content: { client: 'test', request, body } };
  kernel.send('comm_msg', { comm_id: comm, data });
  const answer = await kernel.waitFor((one) => {
    const said = (one.content as { data?: { content?: { request?: number; kind?: string } } }).data?.content;
    return one.header.msg_type === 'comm_msg' && said?.kind === 'answer' && said.request === request;
  });
  const { content } = (answer.content as { data: { content: Said } }).data;
  return { ...content, buffers: answer.buffers };
}

async function cell(code: string): Promise<string> {
  const { stdout, stderr } = await kernel.run(code);
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('a canvas', () => {
  it('draws on a mask and sees what a click would do', async () => {
    const id = await cell('console.log(heron.id, heron.areas()[0]);');
    const [objectId, area] = id.split(' ') as [string, string];
    const stroke = { kind: 'brush', radius: 2, path: [40, 30] };
    const drawn = await ask({ kind: 'draw', objectId, frame: 0, stroke, adds: true, gesture: 'g' });
    expect(drawn).toMatchObject({ ok: true, value: { pixels: 13 } });
    expect(await cell('console.log(heron.areas()[0]);')).toBe(String(Number(area) + 13));
    const around = await ask({ kind: 'areas', objectId, range: [0, 1] });
    expect(around).toMatchObject({ ok: true, value: { areas: [Number(area) + 13, 0] } });
    const preview = await ask({ kind: 'preview', objectId: null, frame: 1, x: 4, y: 9, positive: true });
    expect(preview).toMatchObject({ ok: true, value: { width: 64, height: 48 } });
    expect(preview.buffers[0]!.byteLength % 4).toBe(0);
    expect(await cell('console.log(session.document.prompts.length);')).toBe('1');
  });

  it('is told in a sentence of a stroke that is none, and nothing changes', async () => {
    const objectId = await cell('console.log(heron.id);');
    const bad = {
      kind: 'draw',
      objectId,
      frame: 0,
      stroke: { kind: 'brush', radius: -1, path: [1, 1] },
      adds: true,
    };
    expect(await ask(bad)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('Nothing was changed') },
    });
    const gone = { ...bad, objectId: 'nobody', stroke: { kind: 'brush', radius: 2, path: [1, 1] } };
    expect((await ask(gone)).ok).toBe(false);
  });

  it('sees what runs and what waits, and what the work takes', async () => {
    const shown = kernel.waitFor((one) => {
      const { data } = one.content as { data?: { state?: { waitingRuns?: readonly { id: string }[] } } };
      return data?.state?.waitingRuns?.[0]?.id === 'run 2';
    });
    await cell('const one = session.propagate(); const two = session.propagate({ range: [0, 5] });');
    await shown;
    expect(await cell('console.log((await two).id, session.runs.map((one) => one.id).join());')).toBe(
      'run 2 run 1,run 2',
    );
    const third = await ask({ kind: 'propagate', options: { direction: 'forward' }, when: 'replace' });
    expect(third.value).toEqual({ runId: 'run 3' });
    expect(await ask({ kind: 'cancel', runId: 'run 9' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('There is no run “run 9” under way or waiting') },
    });
    const { value } = await ask({ kind: 'resources' });
    const own = await cell('console.log((await session.resources()).kernel.memoryBytes! > 1e7);');
    expect([(value!['machine'] as { cores: number }).cores > 0, own]).toEqual([true, 'true']);
    await cell(
      'await session.cancel("all"); while (session.history.undo === "Propagate") await session.undo();',
    );
  });

  it('exports what is chosen, into a folder beside the notebook', async () => {
    const { value } = await ask({ kind: 'formats' });
    expect(value!['formats']).toContainEqual({
      ...{ name: 'davis', title: 'Indexed PNG (DAVIS)' },
      keeps: expect.stringContaining('254 objects at most') as unknown,
    });
    expect((value!['formats'] as { keeps: string }[]).filter((one) => one.keeps === '')).toEqual([]);
    const told = await ask({ kind: 'export', format: 'davis', folder: 'out here', range: [0, 3] });
    expect(told).toMatchObject({ ok: true, value: { folder: join(clips.folder, 'out here'), files: 4 } });
    expect(readdirSync(join(clips.folder, 'out here', 'Annotations', 'birds'))).toHaveLength(4);
    const wrong = await ask({ kind: 'export', format: 'nothing', folder: 'x' });
    expect(wrong).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('no format “nothing”') },
    });
  });

  it('says how far an export is, and ends it with whole files only when it is cancelled', async () => {
    // Each mask takes a while here, as it does in a large session.
    await cell(`const reader = (session as any).reader;
const quick = reader.runLength.bind(reader);
reader.runLength = async (...place: unknown[]) => { await new Promise((wake) => setTimeout(wake, 30)); return quick(...place); };`);
    const asked = ask({ kind: 'export', format: 'samannot', folder: 'given up' });
    await kernel.waitFor(
      (one) =>
        ((one.content as { data?: { state?: { exporting?: { files: number } } } }).data?.state?.exporting
          ?.files ?? 0) > 0,
    );
    const second = await ask({ kind: 'export', format: 'csv', folder: 'second' });
    expect(second.error?.message).toContain('An export is under way already');
    expect((await ask({ kind: 'cancel-export' })).ok).toBe(true);
    const { ok, error } = await asked;
    expect([ok, error?.fields]).toEqual([false, { cancelled: true, written: expect.any(Number) }]);
    const left = readdirSync(join(clips.folder, 'given up'), { recursive: true, withFileTypes: true });
    const files = left.filter((one) => one.isFile()).map((one) => one.name);
    expect(files).toHaveLength(error!.fields!['written'] as number);
    expect(error?.message).toContain('whole in');
    expect(files.filter((one) => one.endsWith('.partial'))).toEqual([]);
    await cell('reader.runLength = quick;');
    expect((await ask({ kind: 'export', format: 'csv', folder: 'third' })).ok).toBe(true);
  });

  it('starts over in one step, which undo takes back', async () => {
    expect((await ask({ kind: 'start-over' })).ok).toBe(true);
    expect(await cell('console.log(session.objects.length, session.history.undo);')).toBe('0 Start over');
    await ask({ kind: 'undo' });
    expect(
      await cell('console.log(session.objects.length, session.objects.get("heron").frames.length);'),
    ).toBe('1 1');
  });

  it('saves the work elsewhere and goes on there', async () => {
    const { value } = await ask({ kind: 'save-as', path: 'second try' });
    expect(value).toEqual({ path: join(clips.folder, 'second try.masklet') });
    expect(existsSync(join(clips.folder, 'second try.masklet', 'session.json'))).toBe(true);
    const again = await ask({ kind: 'save-as', path: 'birds.masklet' });
    expect(again).toMatchObject({ ok: false });
  });

  it('closes, says so, and the cell run again goes on', async () => {
    expect((await ask({ kind: 'close' })).ok).toBe(true);
    expect(await cell('console.log(session.readOnly?.split(".")[0]);')).toBe('This session is closed');
    const refused = await ask({ kind: 'edit', edit: { kind: 'set-barrier', frame: 3, on: true } });
    expect(refused.ok).toBe(false);
    const again = `const again = await annotate(await openVideo("birds.mp4", { model: "synthetic" }), { at: "second try.masklet" });
console.log(again.objects.length, again.readOnly);`;
    expect(await cell(again)).toBe('1 null');
  });
});
