import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeIndexedPng } from '../../src/formats';
import { EditError, FormatError, SessionError } from '../../src/errors';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import type { RunStep, Video } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// One person's work, with the real engine processes and the model without weights.

let engines: EnginePair;
let video: Video;
let session: Session;
let out: string;
let notices: string[];
const truth = new SyntheticVideo(30, [red, blue]);

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});

beforeEach(() => {
  video = openVideoArrays(new SyntheticVideo(30, [red, blue]), engines);
  let ids = 0;
  session = new Session(video, { nextId: () => `id${ids++}` });
  notices = [];
  session.on('notice', ({ message }) => notices.push(message));
  out = mkdtempSync(join(tmpdir(), 'masklet-out-'));
});

afterEach(async () => {
  await session.dispose();
  rmSync(out, { recursive: true, force: true });
});
afterAll(() => engines.dispose());

describe('an object', () => {
  it('has a mask as soon as it is clicked (F1)', async () => {
    const a = session.objects.add({ name: 'a' });
    const mask = await a.point(3, [6, 6]);
    expect(mask.shape).toEqual([48, 64]);
    expect([...mask.data]).toEqual([...truth.truth(red, 3).data]);
    expect(a.maskInfo(3)).toMatchObject({ source: { kind: 'prompted', model: 'synthetic@none' }, area: 64 });
  });

  it('takes a box, and a second box takes the place of the first', async () => {
    const a = session.objects.add();
    await a.box(0, [0, 4, 7, 11]);
    await a.box(0, [0, 4, 8, 11]);
    expect(session.document.prompts).toMatchObject([{ kind: 'box', x1: 8 }]);
    expect(a.maskInfo(0)!.area).toBe(64);
  });

  it('takes a mask from code as it is', async () => {
    const a = session.objects.add();
    const data = new Uint8Array(64 * 48);
    data[5] = 200;
    const mask = await a.drawMask(2, { data, shape: [48, 64] });
    expect(mask.data.reduce((sum, value) => sum + value, 0)).toBe(1);
    await expect(a.drawMask(2, { data, shape: [64, 48] })).rejects.toThrow('has the shape [48, 64]');
  });

  it('loses its mask with its last prompt', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    await a.clearPrompts(0);
    expect(a.maskInfo(0)).toBeNull();
  });

  it('refuses what is not in the picture, and keeps what it has', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    await expect(a.point(0, [64, 6])).rejects.toThrow(EditError);
    await expect(a.point(30, [2, 6])).rejects.toThrow('has frames 0 to 29');
    await expect(a.point(0, [2, 6], 'maybe' as 'positive')).rejects.toThrow("'positive' or 'negative'");
    expect(session.document.prompts).toHaveLength(1);
    expect(a.maskInfo(0)!.area).toBe(64);
  });

  it('is found by name; another name is answered with the names there are', () => {
    const a = session.objects.add({ name: 'heron', class: 'bird' });
    expect(session.objects.get('heron')).toBe(a);
    expect(a.class).toBe('bird');
    expect(() => session.objects.get('swan')).toThrow('There are: “heron”');
  });

  it('goes by its number where others have its name, in runs too', async () => {
    const [a, b] = [session.objects.add({ name: 'a' }), session.objects.add({ name: 'a' })];
    await b.point(0, [2, 6]);
    expect(() => session.objects.get('a')).toThrow(
      '2 objects are named “a”. Say which by its number: #1 or #2.',
    );
    expect([session.objects.get('#1'), session.objects.get('#2')]).toEqual([a, b]);
    await expect(session.propagate({ objects: ['a'], range: [0, 3] })).rejects.toThrow(
      'Nothing was computed.',
    );
    await session.propagate({ objects: ['#2'], range: [0, 3] });
    expect([a.frames, b.frames]).toEqual([[], [0, 1, 2, 3]]);
  });
});

describe('prompts given faster than they are answered', () => {
  it('end in the mask of the last of them', async () => {
    const a = session.objects.add();
    const answers = [a.point(0, [2, 6]), a.point(0, [52, 2], 'negative'), a.clearPrompts(0)];
    await Promise.all(answers);
    expect(session.document.prompts).toHaveLength(0);
    expect(a.maskInfo(0)).toBeNull();
  });

  it('are dropped when their object is gone', async () => {
    const a = session.objects.add();
    const answer = a.point(0, [2, 6]).catch((error: Error) => error.message);
    await a.remove();
    expect(await answer).toContain('no object');
    expect(session.document.objects).toEqual([]);
    expect(notices).toEqual([]);
  });
});

describe('a run', () => {
  const steps: RunStep[] = [];
  beforeEach(() => {
    steps.length = 0;
  });

  it('streams its frames and leaves masks with their provenance (F2, A4)', async () => {
    const a = session.objects.add({ name: 'a' });
    await a.point(10, [14, 6]);
    const run = session.propagate({ direction: 'both' });
    for await (const step of run) steps.push(step);
    expect(steps).toHaveLength(29);
    expect(steps[28]).toMatchObject({ done: 29, total: 29, secondsLeft: 0, areas: { [a.id]: 64 } });
    expect(await run).toMatchObject({ id: 'run 1', frames: 29, masks: 29, cancelled: false });
    expect(a.maskInfo(4)).toEqual({ source: { kind: 'propagated', run: 'run 1', distance: 6 }, area: 64 });
    const masks = await a.masks({ range: [4, 6] });
    expect(masks.shape).toEqual([3, 48, 64]);
    expect([...masks.frames]).toEqual([4, 5, 6]);
    expect([...masks.data.subarray(48 * 64, 2 * 48 * 64)]).toEqual([...truth.truth(red, 5).data]);
  });

  it('keeps to range, direction and chosen objects', async () => {
    const a = session.objects.add({ name: 'a' });
    const b = session.objects.add({ name: 'b' });
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    await session.propagate({ direction: 'forward', range: [0, 4], objects: ['b'] });
    expect(a.frames).toEqual([0]);
    expect(b.frames).toEqual([0, 1, 2, 3, 4]);
  });

  it('is stopped by leaving its loop, and keeps what is done', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    for await (const step of session.propagate({ direction: 'forward' })) {
      steps.push(step);
      if (step.frame === 3) break;
    }
    expect(session.running).toBe(false);
    expect(a.frames.length).toBeGreaterThanOrEqual(4);
    expect(a.frames.length).toBeLessThan(30);
  });

  it('is cancelled, keeps what is done, and another goes on from there', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    const run = session.propagate({ direction: 'forward' });
    const stop = session.on('run', (view) => view && view.done === 2 && void session.cancel());
    expect((await run).cancelled).toBe(true);
    stop();
    const reached = a.frames.length;
    await session.propagate({ direction: 'forward', range: [reached, 29] });
    expect(a.frames).toHaveLength(30);
  });

  it('says when there is nothing to start from, or nothing to do', async () => {
    await expect(Promise.resolve(session.propagate())).rejects.toThrow(SessionError);
    const a = session.objects.add({ name: 'a' });
    await expect(Promise.resolve(session.propagate({ objects: ['a'] }))).rejects.toThrow('“a” has no prompt');
    await expect(Promise.resolve(session.propagate({ objects: ['z'] }))).rejects.toThrow('no object “z”');
    await a.point(29, [33, 6]);
    await expect(Promise.resolve(session.propagate({ direction: 'forward' }))).rejects.toThrow(
      'no frame to compute',
    );
    expect(session.running).toBe(false);
  });

  it('never overwrites a prompted frame, also one that is prompted meanwhile (F5, F6)', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    const data = new Uint8Array(64 * 48).fill(1);
    session.on('run', (view) => {
      if (view?.done === 1) void a.drawMask(20, { data, shape: [48, 64] });
    });
    await session.propagate({ direction: 'forward' });
    expect(a.maskInfo(20)).toMatchObject({ source: { kind: 'prompted' }, area: 64 * 48 });
  });

  it('leaves other objects bit-identical when one is added in the middle (F7)', async () => {
    const a = session.objects.add({ name: 'a' });
    await a.point(0, [2, 6]);
    await session.propagate();
    const before = await a.masks();
    const b = session.objects.add({ name: 'b' });
    await b.point(12, [52, 26]);
    await session.propagate({ objects: ['b'] });
    expect(await a.masks()).toEqual(before);
  });

  it('drops the results of an object that was removed meanwhile', async () => {
    const a = session.objects.add({ name: 'a' });
    const b = session.objects.add({ name: 'b' });
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    session.on('run', (view) => view?.done === 2 && void b.remove());
    await session.propagate();
    expect(session.document.objects.map((one) => one.name)).toEqual(['a']);
    expect(a.frames).toHaveLength(30);
  });

  it('says how long it will take before it starts', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    const forecast = await session.forecast({ direction: 'forward' });
    expect(forecast).toMatchObject({ frames: 29, objects: 1 });
    expect(forecast.text).toMatch(/^29 frames, 1 object, about \d+ seconds? here$/);
  });
});

describe('when the engine dies in the middle of a run', () => {
  it('what is done is kept, the run says so, and the next click works', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    session.on('run', (view) => view?.done === 3 && engines.model.kill());
    await expect(Promise.resolve(session.propagate({ direction: 'forward' }))).rejects.toThrow('are kept');
    expect(notices[0]).toContain('engine process ended');
    expect(a.frames.length).toBeGreaterThanOrEqual(4);
    await a.point(25, [29, 6]);
    expect(a.maskInfo(25)!.area).toBe(64);
  });
});

describe('waiting for the user', () => {
  it('ends when the user is done, for every cell that waits (H4)', async () => {
    const seen: boolean[] = [];
    session.on('waiting', (waiting) => seen.push(waiting));
    const both = Promise.all([session.done(), session.done()]);
    expect(session.waiting).toBe(true);
    session.finish();
    await both;
    expect(session.waiting).toBe(false);
    expect(seen).toEqual([true, true, false]);
  });
});

describe('label maps', () => {
  it('give a pixel that two claim to the one higher in the list (F8)', async () => {
    const a = session.objects.add({ name: 'a' });
    const b = session.objects.add({ name: 'b' });
    const everywhere = { data: new Uint8Array(64 * 48).fill(1), shape: [48, 64] as const };
    await b.drawMask(0, everywhere);
    await a.point(0, [2, 6]);
    const { data } = await session.labels(0);
    expect(data[6 * 64 + 2]).toBe(1);
    expect(data[40 * 64 + 40]).toBe(2);
    const stream = [];
    for await (const frame of session.maskStream({ range: [0, 1] })) stream.push(frame.data[40 * 64 + 40]);
    expect(stream).toEqual([2, 0]);
  });
});

describe('an export', () => {
  it('writes one indexed picture a frame, also where nothing is there (J1)', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    await session.propagate({ range: [0, 4] });
    const report = await session.export('davis', out, { range: [0, 6] });
    expect(report.files).toHaveLength(7);
    const folder = join(out, 'Annotations', 'synthetic');
    expect(readdirSync(folder).sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `0000${i}.png`));
    const picture = decodeIndexedPng(readFileSync(join(folder, '00003.png')))!;
    expect([...picture.data]).toEqual([...truth.truth(red, 3).data]);
    expect(decodeIndexedPng(readFileSync(join(folder, '00006.png')))!.data.includes(1)).toBe(false);
  });

  it('writes one array of all frames (J5)', async () => {
    const a = session.objects.add();
    await a.point(0, [2, 6]);
    await session.export('npy', out);
    const file = readFileSync(join(out, 'synthetic.npy'));
    expect(file.subarray(1, 6).toString('latin1')).toBe('NUMPY');
    const length = file.readUInt16LE(8);
    expect(file.subarray(10, 10 + length).toString()).toContain("'shape': (30, 48, 64)");
    expect((10 + length) % 64).toBe(0);
    expect(file.length).toBe(10 + length + 30 * 48 * 64);
  });

  it('refuses a format nobody knows, and leaves nothing half written', async () => {
    await expect(session.export('jpeg2000', out)).rejects.toThrow('There are: davis, youtube-vos');
    writeFileSync(join(out, 'file'), '');
    await expect(session.export('davis', join(out, 'file'))).rejects.toThrow(FormatError);
    expect(existsSync(join(out, 'Annotations'))).toBe(false);
  });
});
