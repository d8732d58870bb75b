import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import type { AnnotatedObject } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Runs that wait for one another, with the real engine processes and the model without weights.

let engines: EnginePair;
let session: Session;
let a: AnnotatedObject;
let b: AnnotatedObject;
let notices: string[];

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(async () => {
  session = new Session(openVideoArrays(new SyntheticVideo(30, [red, blue]), engines));
  notices = [];
  session.on('notice', ({ message }) => notices.push(message));
  a = session.objects.add({ name: 'a' });
  b = session.objects.add({ name: 'b' });
  await a.point(0, [2, 6]);
});
afterEach(() => session.dispose());
afterAll(() => engines.dispose());

/** Calls once, when the run under way has done as many frames. */
function at(done: number, act: () => void): void {
  const off = session.on('run', (view) => {
    if (view?.done !== done) return;
    off();
    act();
  });
}

describe('a run that is asked for while another is under way', () => {
  it('waits, and its loop begins later', async () => {
    const seen: string[] = [];
    session.on('run', (view) => seen.push(view?.id ?? 'none'));
    const first = session.propagate({ range: [0, 9] });
    const second = session.propagate({ range: [9, 19] });
    expect(session.queue.waiting).toEqual([
      { id: 'run 2', direction: 'both', objectIds: null, range: [9, 19], from: null },
    ]);
    const frames: number[] = [];
    for await (const { frame } of second) frames.push(frame);
    expect((await first).frames).toBe(9);
    expect(frames).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(session.runs.map((one) => one.id)).toEqual(['run 1', 'run 2']);
    expect(seen.lastIndexOf('run 1')).toBeLessThan(seen.indexOf('run 2'));
    expect(notices).toEqual([]);
  });

  it('is planned when it begins: with the prompts that are there then', async () => {
    const first = session.propagate({ range: [0, 9] });
    const second = session.propagate({ objects: ['b'], direction: 'forward' });
    await b.point(0, [52, 2]);
    await b.change({ name: 'renamed' });
    await first;
    expect((await second).masks).toBe(29);
    expect(b.frames).toHaveLength(30);
  });

  it('takes the other’s place where the user says so; what that has done is kept', async () => {
    const first = session.propagate();
    const waits = session.propagate({ range: [0, 3] });
    let second: PromiseLike<{ frames: number }> | null = null;
    at(4, () => void (second = session.propagate({ direction: 'forward', range: [0, 29], when: 'replace' })));
    expect(await first).toMatchObject({ cancelled: true });
    expect(a.frames.length).toBeGreaterThanOrEqual(5);
    expect((await second!).frames).toBe(29);
    await waits;
    expect(session.runs.map((one) => one.id)).toEqual(['run 1', 'run 3', 'run 2']);
  });

  it('is refused where a cell wants that', async () => {
    const first = session.propagate();
    await expect(Promise.resolve(session.propagate({ when: 'refuse' }))).rejects.toThrow(
      'A run is under way (run 1)',
    );
    expect((await first).frames).toBe(29);
  });

  it('is refused at once when it cannot be done at any time', async () => {
    const first = session.propagate();
    await expect(Promise.resolve(session.propagate({ range: [0, 99] }))).rejects.toThrow('frames 0 to 29');
    await expect(Promise.resolve(session.propagate({ objects: ['z'] }))).rejects.toThrow('no object “z”');
    await expect(Promise.resolve(session.propagate({ stride: 0 }))).rejects.toThrow(
      'stride is a whole number',
    );
    expect(session.queue.waiting).toEqual([]);
    await first;
  });

  it('leaves the queue by its name, and the others stay', async () => {
    const first = session.propagate();
    const second = session.propagate({ range: [0, 3] });
    const third = session.propagate({ range: [0, 5] });
    await session.cancel('run 2');
    expect(await second).toEqual({ id: 'run 2', frames: 0, masks: 0, seconds: 0, cancelled: true });
    expect((await first).cancelled).toBe(false);
    expect((await third).id).toBe('run 3');
    expect(session.runs.map((one) => one.id)).toEqual(['run 1', 'run 3']);
  });

  it('begins now when it is told to', async () => {
    const first = session.propagate();
    void session.propagate({ range: [0, 3] });
    const third = session.propagate({ range: [0, 5] });
    await session.startNow('run 3');
    expect((await first).cancelled).toBe(true);
    await third;
    expect(session.runs.map((one) => one.id).slice(0, 2)).toEqual(['run 1', 'run 3']);
  });
});

describe('what waits', () => {
  it('goes on when a run fails; what failed is said, with what was kept', async () => {
    const failing = session.propagate({ objects: ['b'] });
    const next = session.propagate({ range: [0, 5] });
    await expect(Promise.resolve(failing)).rejects.toThrow('“b” has no prompt');
    expect((await next).frames).toBe(5);
    expect(notices).toEqual([
      '“b” has no prompt to start from. Give it a point, box or mask first. Nothing was computed. The run that waits begins now.',
    ]);
  });

  it('goes on when the engine dies in the run before it', async () => {
    const dying = session.propagate();
    const next = session.propagate({ range: [0, 5] });
    at(3, () => engines.model.kill());
    await expect(Promise.resolve(dying)).rejects.toThrow('The engine process ended');
    expect((await next).cancelled).toBe(false);
    expect(a.frames.length).toBeGreaterThanOrEqual(6);
    expect(notices[0]).toMatch(/masks and prompts made so far are kept.*The run that waits begins now\.$/);
  });

  it('loses the objects that are removed meanwhile, and says when none is left', async () => {
    await b.point(0, [52, 2]);
    const first = session.propagate({ objects: ['a'] });
    const both = session.propagate({ objects: ['a', 'b'], range: [0, 5] });
    const alone = session.propagate({ objects: ['b'] });
    await b.remove();
    await first;
    expect((await both).masks).toBe(5);
    await expect(Promise.resolve(alone)).rejects.toThrow('were removed before its turn came');
  });

  it('begins after an undo took the run before it back', async () => {
    const first = session.propagate({ range: [0, 20] });
    const second = session.propagate({ range: [0, 4] });
    let undone: Promise<string | null> = Promise.resolve(null);
    at(3, () => void (undone = session.undo()));
    expect((await first).cancelled).toBe(true);
    expect(await undone).toBe('Propagate');
    await second;
    expect(session.runs.map((one) => one.id)).toEqual(['run 2']);
    expect(a.frames).toEqual([0, 1, 2, 3, 4]);
    await session.undo();
    expect(a.frames).toEqual([0]);
  });

  it('keeps the model that it was asked for with, and a copy from being begun', async () => {
    const first = session.propagate();
    const second = session.propagate({ range: [0, 4] });
    await expect(session.useModel({ provider: 'cpu' })).rejects.toThrow(
      'Another model has to wait: a run is under way and 1 waits. Cancel them or wait for their end first.',
    );
    await session.cancel('all');
    expect((await first).cancelled && (await second).cancelled).toBe(true);
    expect(session.running).toBe(false);
    await session.useModel({ provider: 'cpu' });
  });

  it('is not begun when the session is closed', async () => {
    const first = session.propagate();
    const second = session.propagate({ range: [0, 4] });
    await session.dispose();
    expect((await first).cancelled).toBe(true);
    expect(await second).toMatchObject({ frames: 0, cancelled: true });
  });
});
