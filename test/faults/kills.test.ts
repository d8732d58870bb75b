import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { AnnotationDocument, History } from '../../src/annotation';
import { readLog, SessionFolder } from '../../src/session';
import { applyLine } from '../../src/session/folder/session-log';
import { ClipFolder } from '../support/clips';
import { hashOf } from '../support/edit-for-ever.cjs';
import { KernelClient } from '../support/kernel-client';

// Processes that edit are killed at random moments, and what they had acknowledged is looked for (A2).
// `npm run test:faults` does it 200 times; MASKLET_KILLS=sessions,kernels says how often.

interface Acknowledged {
  readonly lines: number;
  readonly hash: string;
}

const [sessions = 12, kernels = 1] = (process.env['MASKLET_KILLS'] ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number);
const support = resolve(__dirname, '..', 'support');
let clips: ClipFolder;
let clip: string;
let kills = 0;
let lost = 0;

beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=4'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=4'];
  clip = clips.make(
    'clip.mp4',
    ...ground,
    ...square,
    '-filter_complex',
    "[0][1]overlay=x='n':y=6",
    '-g',
    '10',
  );
});

afterAll(() => {
  const report = process.env['MASKLET_FAULTS_REPORT'];
  if (report !== undefined) {
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, JSON.stringify({ kills, lost }));
  }
  clips.remove();
});

/** Opens what a killed process left, and holds it against what that process had said. */
async function inspect(folder: string, acknowledged: readonly Acknowledged[], seed: number): Promise<void> {
  kills++;
  const opened = await SessionFolder.open(folder, { now: () => new Date(), nextId: () => 'x' });
  const torn = opened.notices.filter((one) => !one.includes('cut short'));
  expect([seed, torn]).toEqual([seed, []]);
  const { lines } = readLog(join(folder, 'log.jsonl'));
  const { name, width, height, frameCount } = opened.folder.video;
  const document = new AnnotationDocument({ name, width, height, frameCount });
  const history = new History();
  const hashes = new Map<number, string>();
  const wanted = new Set(acknowledged.map((one) => one.lines));
  if (wanted.has(0)) hashes.set(0, hashOf(document));
  for (const line of lines) {
    applyLine(line, document, history);
    if (wanted.has(line.n)) hashes.set(line.n, hashOf(document));
  }
  lost += acknowledged.filter((one) => hashes.get(one.lines) !== one.hash).length;
  expect([seed, acknowledged.filter((one) => hashes.get(one.lines) !== one.hash)]).toEqual([seed, []]);
  expect([seed, hashOf(opened.document)]).toEqual([seed, hashOf(document)]);
  for (const { id } of opened.document.objects) {
    const track = opened.document.track(id);
    for (const frame of track.frames()) await opened.folder.masks.get(track.entryAt(frame)!.mask);
  }
  await opened.folder.close();
}

const wait = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds));

/** A number from 0 on below `below` that belongs to a seed. */
function moment(seed: number, below: number): number {
  return Math.floor((((Math.imul(seed, 2654435761) >>> 0) % 10_007) / 10_007) * below);
}

async function killSession(folder: string, seed: number): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  const args = [join(support, 'edit-for-ever.cjs'), folder, clip, String(seed)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((done) => child.once('close', done));
  await new Promise<void>((ready, failed) => {
    createInterface(child.stdout).on('line', (text) => {
      const word = JSON.parse(text) as Acknowledged | { ready: true };
      if ('ready' in word) ready();
      else acknowledged.push(word);
    });
    child.once('exit', () => failed(new Error(`the process of seed ${seed} ended by itself`)));
  });
  await wait(moment(seed, 1500));
  child.kill('SIGKILL');
  await gone;
  return acknowledged;
}

it(`what a session’s process had acknowledged is there after it was killed, ${sessions} times (A2)`, async () => {
  let edits = 0;
  for (let seed = 1; seed <= sessions; seed++) {
    // Each folder is killed three times over: work goes on in what a killed process left.
    const folder = clips.path(`work-${Math.ceil(seed / 3)}.masklet`);
    const acknowledged = await killSession(folder, seed);
    edits += acknowledged.length;
    await inspect(folder, acknowledged, seed);
  }
  expect(edits).toBeGreaterThan(sessions * 5);
}, 1_200_000);

it(`what the kernel had acknowledged to cells and canvas is there after it was killed, ${kernels} times (A2)`, async () => {
  for (let seed = 1001; seed <= 1000 + kernels; seed++) {
    const folder = clips.path(`kernel-${seed}.masklet`);
    const { acknowledged, canvas } = await killKernel(folder, seed);
    await inspect(folder, acknowledged, seed);
    const { document, folder: opened } = await SessionFolder.open(folder, {
      now: () => new Date(),
      nextId: () => 'x',
    });
    const there = new Set(
      readLog(join(folder, 'log.jsonl')).lines.flatMap(
        (line) => JSON.stringify(line).match(/canvas-\d+/g) ?? [],
      ),
    );
    const missing = canvas.filter((id) => !there.has(id));
    lost += missing.length;
    expect([seed, missing]).toEqual([seed, []]);
    expect(document.version).toBeGreaterThan(0);
    await opened.close();
    expect(acknowledged.length + canvas.length).toBeGreaterThan(3);
  }
}, 1_200_000);

/** Cells edit in one loop, the canvas by its messages; both write down what they were told was made. */
async function killKernel(
  folder: string,
  seed: number,
): Promise<{ acknowledged: Acknowledged[]; canvas: string[] }> {
  const kernel = await KernelClient.start();
  const first = await kernel.run(
    `import { annotate, openVideo } from "masklet";
const session = await annotate(await openVideo(${JSON.stringify(clip)}, { model: "synthetic" }), { at: ${JSON.stringify(folder)} });
await session.loadModel();
session.display();`,
  );
  expect(first.stderr).toBe('');
  const view = first.displays[0]!['application/vnd.jupyter.widget-view+json'] as { model_id: string };
  const cell = kernel.start(
    `const { editForEver } = require(${JSON.stringify(join(support, 'edit-for-ever.cjs'))});
const { statSync, readFileSync } = require("node:fs");
const lines = () => readFileSync(${JSON.stringify(join(folder, 'log.jsonl'))}, "utf8").split("\\n").length - 1;
await editForEver(session, ${seed}, lines, (told: object) => console.log(JSON.stringify(told)));`,
  );
  await wait(300);
  const end = Date.now() + 500 + moment(seed, 2500);
  const asked: { message: string; id: string }[] = [];
  for (let n = 0; Date.now() < end; n++) {
    const id = `canvas-${seed}${String(n).padStart(4, '0')}`;
    const edit = { kind: 'add-class', class: { id, name: id } };
    const content = { client: 'faults', request: n, body: { kind: 'edit', edit } };
    asked.push({
      message: kernel.send('comm_msg', { comm_id: view.model_id, data: { method: 'custom', content } }),
      id,
    });
    await wait(20);
  }
  await kernel.stop();
  const answered = new Set(
    kernel.published
      .filter((one) => one.header.msg_type === 'comm_msg')
      .map((one) => (one.content['data'] as { content?: { request?: number; ok?: boolean } }).content)
      .filter((one) => one?.ok)
      .map((one) => one!.request),
  );
  const text = kernel.result(cell).stdout;
  const whole = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
  return {
    acknowledged: whole.map((one) => JSON.parse(one) as Acknowledged),
    canvas: asked.filter((_, n) => answered.has(n)).map((one) => one.id),
  };
}
