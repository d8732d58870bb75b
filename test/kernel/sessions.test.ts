import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClipFolder } from '../support/clips';
import { KernelClient } from '../support/kernel-client';

// Work that outlives its kernel, from cells (A1, A2, A3).

let clips: ClipFolder;
let kernel: KernelClient;
let drafts: string;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=2'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=2'];
  clips.make('birds.mp4', ...ground, ...square, '-filter_complex', "[0][1]overlay=x='n':y=6");
  drafts = mkdtempSync(join(tmpdir(), 'masklet-drafts-'));
  process.env['MASKLET_DRAFTS'] = drafts;
  kernel = await KernelClient.start(clips.folder);
}, 60_000);

afterAll(async () => {
  await kernel.stop();
  clips.remove();
  rmSync(drafts, { recursive: true });
  process.env['MASKLET_DRAFTS'] = 'off';
});

/** Kills the kernel as a crash would, and starts another in the same folder. */
async function crash(): Promise<void> {
  await kernel.stop();
  kernel = await KernelClient.start(clips.folder);
}

async function prints(code: string, expected: string): Promise<void> {
  const { stdout, stderr } = await kernel.run(code);
  expect({ stderr, stdout }).toEqual({ stderr: '', stdout: expected });
}

const begin = `import { annotate, openSession, openVideo, listDrafts } from "masklet";
const video = await openVideo("birds.mp4", { model: "synthetic" });
const session = await annotate(video, { at: "birds.masklet" });`;

describe('a session in a notebook', () => {
  it('is kept as it is made, and goes on after the kernel was killed (A2)', async () => {
    await prints(
      `${begin}
const heron = session.objects.add({ name: "heron" });
await heron.point(0, [3, 9]);
await session.propagate({ range: [0, 9] });
console.log(heron.frames.length, session.path?.endsWith("birds.masklet"));`,
      '10 true\n',
    );
    await crash();
    await prints(
      `${begin}
const heron = session.objects.get("heron");
console.log(heron.frames.length, heron.maskInfo(5)!.source.kind, session.history.undo, session.runs[0]!.model.name);
await session.undo(); await session.undo();
console.log(heron.frames.length, session.history.undo, session.history.redo);
await session.redo(); await session.redo(); console.log(heron.frames.length);`,
      '10 propagated Propagate synthetic\n0 Add object Add point\n10\n',
    );
  });

  it('is the same when its cell is run again', async () => {
    await prints(
      `const again = await annotate(await openVideo("birds.mp4", { model: "synthetic" }), { at: "birds.masklet" });
console.log(again === session, again.objects.length, again.readOnly);`,
      'true 1 null\n',
    );
  });

  it('is opened by its folder alone, also after it was moved together with its video', async () => {
    await kernel.run('await session.dispose();');
    const moved = join(clips.folder, 'elsewhere');
    await kernel.run(`require("node:fs").mkdirSync(${JSON.stringify(moved)});`);
    for (const name of ['birds.mp4', 'birds.masklet'])
      renameSync(join(clips.folder, name), join(moved, name));
    await prints(
      `const found = await openSession("elsewhere/birds.masklet");
console.log(found.video.name, found.objects.get("heron").frames.length, found.model);
await found.dispose();`,
      'birds 10 synthetic\n',
    );
    renameSync(join(moved, 'birds.mp4'), join(clips.folder, 'birds.mp4'));
    const { stderr } = await kernel.run('await openSession("elsewhere/birds.masklet");');
    expect(stderr).toContain('The video of this session is not there');
    expect(stderr).not.toContain('    at ');
    await prints(
      `const told = await openSession("elsewhere/birds.masklet", { video: "birds.mp4" });
console.log(told.objects.length); await told.dispose();`,
      '1\n',
    );
  });

  it('keeps work that was given no place among the drafts', async () => {
    await prints(
      `const loose = await annotate(await openVideo("birds.mp4", { model: "synthetic" }));
loose.objects.add({ name: "swan" }); console.log(loose.path !== null);`,
      'true\n',
    );
    expect(readdirSync(drafts).filter((name) => name.endsWith('.masklet'))).toHaveLength(1);
    await crash();
    await prints(
      `import { listDrafts, openSession } from "masklet";
const [draft] = listDrafts();
const back = await openSession(draft!.path);
console.log(draft!.video, back.objects.get("swan").name);
await back.saveAs("saved.masklet"); console.log(back.path!.endsWith("saved.masklet"));`,
      'birds swan\ntrue\n',
    );
    expect(existsSync(join(clips.folder, 'saved.masklet', 'session.json'))).toBe(true);
  });

  it('refuses another video in a sentence', async () => {
    const { stderr } = await kernel.run(
      `import { annotate as annotateOther, openVideo as openOther } from "masklet";
await annotateOther(await openOther("birds.mp4", { range: [0, 4], model: "synthetic" }), { at: "saved.masklet" });`,
    );
    expect(stderr).toContain('This is not the video of the session');
  });
});
