/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  addModel,
  EnginePair,
  listModels,
  modelToOffer,
  openFolderFor,
  openVideoArrays,
  randomIds,
  replaySession,
  Session,
} from '../../src/session';
import type { AddingStep } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { addNanoModel, writeSeededCheckpoint } from '../support/sam2-models';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Sessions that change their model, with real engine processes. Row I4.

const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
let folder = '';
let before: string | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-session-models-'));
  before = process.env['MASKLET_MODELS'];
  process.env['MASKLET_MODELS'] = join(folder, 'models');
  await addNanoModel('nano', join(folder, 'models'));
});
afterAll(() => {
  if (before === undefined) delete process.env['MASKLET_MODELS'];
  else process.env['MASKLET_MODELS'] = before;
  rmSync(folder, { recursive: true });
});

describe('a session whose model changes (I4)', () => {
  let engines: EnginePair;
  let session: Session;
  beforeEach(() => {
    engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
    session = new Session(openVideoArrays(new SyntheticVideo(12, [red, blue]), engines));
  });
  afterEach(() => engines.dispose());

  it('keeps its masks and answers the next prompt with the new one', async () => {
    const a = session.objects.add();
    const drawn = await a.point(0, [2, 6]);
    const heard: string[] = [];
    session.on('model', ({ name, title, provider }) => heard.push(`${name}: ${title} on ${provider}`));
    const inUse = await session.useModel({ model: 'nano', provider: 'cpu', settings: { recentFrames: 2 } });
    expect([inUse.title, inUse.choice, session.model]).toEqual(['Nano', 'cpu', 'nano']);
    expect(heard).toEqual(['nano: Nano on CPU']);
    expect((await a.mask(0)).data).toEqual(drawn.data);
    const b = session.objects.add();
    await b.box(0, [2, 4, 20, 24]);
    await session.propagate({ range: [0, 3] });
    expect(b.frames).toEqual([0, 1, 2, 3]);
    expect(a.frames).toEqual([0, 1, 2, 3]);
    expect((await a.mask(0)).data).toEqual(drawn.data);
  });

  it('goes on with other threads and another cache, also after its engine was started again', async () => {
    const inUse = await session.useModel({ threads: 2, cacheMiB: 32 });
    expect(inUse).toMatchObject({ name: 'synthetic', threads: 2, cacheMiB: 32 });
    expect((await session.resources()).caches).toMatchObject({ limitBytes: 32 * 1024 * 1024 });
    const gone = new Promise((stopped) =>
      engines.onModelState((state) => state === 'stopped' && stopped(null)),
    );
    engines.model.kill();
    await gone;
    await session.objects.add().point(0, [2, 6]);
    expect((await session.resources()).caches).toMatchObject({ limitBytes: 32 * 1024 * 1024 });
    await expect(session.useModel({ threads: 0 })).rejects.toThrow('threads is a whole number from 1 to 256');
    await expect(session.useModel({ cacheMiB: 1.5 })).rejects.toThrow(
      'cacheMiB is a whole number from 16 on',
    );
    expect(await session.loadModel()).toMatchObject({ threads: 2, cacheMiB: 32 });
  });

  it('keeps its settings with the next, and says where a model has none of them', async () => {
    const inUse = await session.useModel({ settings: { fast: true } });
    expect(inUse.settings).toEqual({ fast: true });
    const other = await session.useModel({ model: 'nano', settings: { recentFrames: 2 } });
    expect(other.settings).toEqual({ fast: true, recentFrames: 2 });
    expect(other.notes).toContain('Nano has no fast setting, and computes as ever');
    const plain = await session.useModel({ settings: { fast: undefined } });
    expect(plain.settings).toEqual({ recentFrames: 2 });
  });

  it('is replayed with the settings that each run had, those that it had not included', async () => {
    const path = join(folder, 'settings.masklet');
    const sources = { now: () => new Date(), nextId: randomIds() };
    const video = openVideoArrays(new SyntheticVideo(8, [red, blue]), engines);
    const opened = await openFolderFor(path, video, sources);
    const kept = new Session(video, { ...sources, opened });
    await kept.useModel({ model: 'nano', provider: 'cpu' });
    const first = kept.objects.add();
    await first.box(0, [2, 4, 20, 24]);
    await kept.propagate();
    const before = await first.mask(7);
    await kept.useModel({ settings: { recentFrames: 1 } });
    const again = kept.objects.add();
    await again.box(0, [2, 4, 20, 24]);
    await kept.propagate({ objects: [again.id] });
    // Else the test would show nothing.
    expect((await again.mask(7)).data).not.toEqual(before.data);
    await kept.dispose();
    const now = new EnginePair({ model: 'nano', settings: { recentFrames: 1 }, program: engineProgram() });
    try {
      const report = await replaySession(path, openVideoArrays(new SyntheticVideo(8, [red, blue]), now));
      expect([report.masks, report.identical]).toEqual([16, 16]);
    } finally {
      await now.dispose();
    }
  });

  it('keeps the model that it has when the other cannot be had', async () => {
    await expect(session.useModel({ model: 'sam9' })).rejects.toThrow('There is no model “sam9”');
    await expect(session.useModel({ model: 'edgetam' })).rejects.toThrow('npx masklet models add edgetam');
    await expect(session.useModel({ model: 'nano', provider: 'fpga' })).rejects.toThrow(
      'There is no provider “fpga”',
    );
    expect(session.model).toBe('synthetic');
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    expect(a.maskInfo(0)!.area).toBe(64);
  });

  it('keeps it during a run', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    const refused: Promise<string>[] = [];
    session.on('run', (run) => {
      if (run?.done !== 1) return;
      const asked = session.useModel({ model: 'nano' });
      refused.push(
        asked.then(
          () => '',
          (error: Error) => error.message,
        ),
      );
    });
    await session.propagate();
    expect(await refused[0]).toContain('has to wait: a run is under way');
  });

  it('gives a correction’s first mask back when the click goes', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    await session.propagate();
    const propagated = await a.runLength(5);
    const info = a.maskInfo(5);
    await a.point(5, [40, 40]);
    expect(a.maskInfo(5)!.source.kind).toBe('prompted');
    await a.clearPrompts(5);
    expect(await a.runLength(5)).toEqual(propagated);
    expect(a.maskInfo(5)).toEqual(info);
  });
});

describe('models from a notebook (I4)', () => {
  it('are listed with what they cost', async () => {
    const models = await listModels();
    expect(models.find((one) => one.name === 'nano')).toMatchObject({ title: 'Nano', ready: true });
    expect(models.find((one) => one.name === 'edgetam')).toMatchObject({
      ready: false,
      downloadBytes: 56_116_523,
    });
  });

  it('are offered once on a machine that has the embedded one only, and never where offers are off', async () => {
    const chosen = process.env['MASKLET_MODELS'];
    process.env['MASKLET_MODELS'] = join(folder, 'bare');
    const offers = process.env['MASKLET_OFFERS'];
    try {
      process.env['MASKLET_OFFERS'] = 'off';
      expect(await modelToOffer()).toBeNull();
      delete process.env['MASKLET_OFFERS'];
      expect((await modelToOffer())!.title).toBe('EdgeTAM');
      expect(await modelToOffer()).toBeNull();
    } finally {
      process.env['MASKLET_MODELS'] = chosen;
      if (offers !== undefined) process.env['MASKLET_OFFERS'] = offers;
    }
    // With a model that was added there is nothing to offer.
    expect(await modelToOffer()).toBeNull();
  });

  it('are added in a process of their own, step by step', async () => {
    const path = join(folder, 'edgetam.pt');
    await writeSeededCheckpoint('edgetam', path);
    const steps: AddingStep[] = [];
    const warnings = await addModel('edgetam', { from: path, program, onStep: (step) => steps.push(step) });
    expect(new Set(steps.map((one) => one.stage))).toEqual(new Set(['converting', 'testing']));
    expect(warnings[0]).toContain('is not the official file');
    expect((await listModels()).find((one) => one.name === 'edgetam')!.ready).toBe(true);
  });

  it('are refused with the sentence of the command', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'these are no weights, they are notes of a meeting');
    await expect(addModel('edgetam', { from: path, program })).rejects.toThrow(
      'cannot be read as a checkpoint',
    );
  });
});
