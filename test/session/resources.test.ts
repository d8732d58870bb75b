import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnginePair, openFolderFor, openVideoArrays, Session } from '../../src/session';
import type { Video } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { red, SyntheticVideo } from '../support/synthetic-video';

const mib = 1024 * 1024;
let engines: EnginePair;
let video: Video;
let session: Session;

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, cacheMiB: 64, program: engineProgram() });
});
beforeEach(() => {
  video = openVideoArrays(new SyntheticVideo(30, [red]), engines);
  session = new Session(video);
});
afterEach(() => session.dispose());
afterAll(() => engines.dispose());

it('a look at the resources starts no engine, and says nothing of what is not there', async () => {
  const { kernel, pictures, model, machine, caches, sessionBytes, run } = await session.resources();
  expect([pictures, model, caches, sessionBytes, run]).toEqual([null, null, null, null, null]);
  expect([engines.pictures.pid, engines.model.pid]).toEqual([null, null]);
  expect(kernel.memoryBytes).toBeGreaterThan(10 * mib);
  expect(kernel.processor).toBeGreaterThanOrEqual(0);
  expect(machine.memoryBytes).toBeLessThanOrEqual(machine.totalBytes);
  expect(machine.processor).toBeLessThanOrEqual(1);
});

it('the resources are those of the processes at work, their caches and the run', async () => {
  await session.objects.add({ name: 'a' }).point(0, [2, 6]);
  const run = session.propagate();
  let during = null;
  for await (const { done } of run) if (done === 5) during = await session.resources();
  expect(during?.model?.memoryBytes).toBeGreaterThan(20 * mib);
  expect(during?.model?.processor).not.toBeUndefined();
  const after = await session.resources();
  expect(after.caches).toMatchObject({ limitBytes: 64 * mib });
  expect(after.caches!.memoryBytes).toBeGreaterThan(0);
  expect(after.run).toBeNull();
});

it('a session on the disk says how much it takes there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'masklet-resources-'));
  try {
    let ids = 0;
    const sources = { nextId: () => `id${ids++}`, now: () => new Date(0) };
    const kept = new Session(video, {
      opened: await openFolderFor(join(folder, 'a.masklet'), video, sources),
    });
    const before = (await kept.resources()).sessionBytes!;
    const data = new Uint8Array(64 * 48).fill(1, 0, 200);
    await kept.objects.add({ name: 'a' }).drawMask(0, { data, shape: [48, 64] });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await kept.resources()).sessionBytes).toBeGreaterThan(before);
    await kept.dispose();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
