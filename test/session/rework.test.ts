import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EditError, SessionError } from '../../src/errors';
import { decodeRunLength, runLengthArea } from '../../src/mask';
import type { RunLength } from '../../src/mask';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import type { AnnotatedObject, RunStep } from '../../src/session';
import { promptedSeed, storedMasks } from '../../src/session/block-seeds';
import { contentOf } from '../support/arbitrary-edits';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Undoing, correcting, locking, swapping: with the real engine and the model without weights.

let engines: EnginePair;
let session: Session;
let a: AnnotatedObject;
let b: AnnotatedObject;
const frames = 60;
const truth = new SyntheticVideo(frames, [red, blue]);
const area = 64 * 48;

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  let ids = 0;
  const video = openVideoArrays(new SyntheticVideo(frames, [red, blue]), engines);
  session = new Session(video, { nextId: () => `id${ids++}` });
  a = session.objects.add({ name: 'a' });
  b = session.objects.add({ name: 'b' });
});
afterEach(() => session.dispose());
afterAll(() => engines.dispose());

const square = (x: number, y: number, size = 8): { data: Uint8Array; shape: readonly [number, number] } => {
  const data = new Uint8Array(area);
  for (let i = 0; i < size * size; i++) data[(y + Math.floor(i / size)) * 64 + x + (i % size)] = 1;
  return { data, shape: [48, 64] };
};
const pixels = ({ data }: { data: Uint8Array }): number => data.reduce((sum, one) => sum + one, 0);
const runOf = (object: AnnotatedObject, frame: number): string | null => {
  const source = object.maskInfo(frame)?.source;
  return source?.kind === 'propagated' ? source.run : null;
};

describe('undo and redo (A3)', () => {
  it('take a click and its mask back together, and bring them back', async () => {
    await a.point(0, [2, 6]);
    const after = contentOf(session.document);
    expect(session.history).toEqual({ undo: 'Add point', redo: null });
    expect(await session.undo()).toBe('Add point');
    expect(session.document.prompts).toEqual([]);
    expect(a.maskInfo(0)).toBeNull();
    expect(session.history).toEqual({ undo: 'Add object', redo: 'Add point' });
    await session.redo();
    expect(contentOf(session.document)).toEqual(after);
  });

  it('swap the versions of a run’s masks and compute nothing', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    const first = contentOf(session.document);
    await a.drawMask(20, square(30, 30));
    await session.propagate();
    const second = contentOf(session.document);
    const ended = new Promise((gone) => engines.onModelState((state) => state === 'stopped' && gone(null)));
    engines.model.kill();
    await ended;
    expect(await session.undo()).toBe('Propagate');
    expect(await session.undo()).toBe('Add mask');
    expect(contentOf(session.document)).toEqual(first);
    await session.redo();
    await session.redo();
    expect(contentOf(session.document)).toEqual(second);
    expect(engines.model.pid).toBeNull();
  });

  it('end the run under way when it is what is taken back', async () => {
    await a.point(0, [2, 6]);
    const before = contentOf(session.document);
    const run = session.propagate();
    const undone = new Promise((done) => {
      const off = session.on('run', (view) => {
        if (view?.done !== 5) return;
        off();
        done(session.undo());
      });
    });
    expect(await undone).toBe('Propagate');
    expect((await run).cancelled).toBe(true);
    expect(contentOf(session.document)).toEqual(before);
  });

  it('answer prompts again whose mask was overtaken by what is undone', async () => {
    const first = a.point(0, [2, 6]);
    const second = a.point(0, [52, 2], 'negative');
    await Promise.all([first, second]);
    await session.undo();
    expect(session.document.prompts).toHaveLength(1);
    expect(a.maskInfo(0)!.area).toBe(64);
    expect([...(await a.mask(0)).data]).toEqual([...truth.truth(red, 0).data]);
  });

  it('take what a cell did as one step back at once', async () => {
    const before = contentOf(session.document);
    await session.step('Set up', async () => {
      await a.point(0, [2, 6]);
      await b.point(0, [52, 2]);
      session.features.add({ name: 'behaviour' });
    });
    session.objects.add({ name: 'c' });
    await session.undo();
    expect(session.history.undo).toBe('Set up');
    await session.undo();
    expect(contentOf(session.document)).toEqual(before);
  });

  it('take a step within a step back with the step around it', async () => {
    await a.point(0, [2, 6]);
    await session.propagate({ range: [0, 9] });
    const before = contentOf(session.document);
    await session.step('Tidy up', async () => {
      await session.step('Split object', () => a.split(5, { name: 'c' }));
      session.objects.add({ name: 'd' });
      await session.swap('a', 'c', 0);
    });
    expect(session.history.undo).toBe('Tidy up');
    await session.undo();
    expect(contentOf(session.document)).toEqual(before);
  });

  it('give a gesture of the canvas up, and it is not there to be redone', async () => {
    const before = contentOf(session.document);
    for (const x of [1, 2, 3]) {
      const prompt = {
        id: `p${x}`,
        objectId: a.id,
        frame: 0,
        kind: 'point',
        x,
        y: 6,
        positive: true,
      } as const;
      void session.change({ kind: 'add-prompt', prompt }, { gesture: 'drag 1' });
    }
    await session.abandon('drag 1');
    expect(contentOf(session.document)).toEqual(before);
    expect(session.history.redo).toBeNull();
    await new Promise((wake) => setTimeout(wake, 100));
    expect(a.maskInfo(0)).toBeNull();
  });
});

describe('a correction (F6)', () => {
  it('recomputes only its object, and only as far as the result differs', async () => {
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    await session.propagate();
    const others = await b.masks();
    await a.point(30, [34, 6]);
    const run = await session.propagate({ from: 30 });
    // What was there was right: ten frames each way agree, and that is enough.
    expect(run.frames).toBe(20);
    expect([19, 20, 29, 31, 40, 41].map((frame) => runOf(a, frame))).toEqual([
      'run 1',
      'run 2',
      'run 2',
      'run 2',
      'run 2',
      'run 1',
    ]);
    expect(await b.masks()).toEqual(others);
    expect(b.frames.every((frame) => runOf(b, frame) !== 'run 2')).toBe(true);
  });

  it('takes along what comes near its object, for models whose objects compete, and nothing else', async () => {
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    await session.propagate();
    const asked = jest.spyOn(engines.model, 'run');
    const rivals = (): string[][] =>
      asked.mock.calls.map(([wire]) => wire.objects.filter((one) => one.rival).map((one) => one.id));
    await a.point(30, [34, 6]);
    await session.propagate({ from: 30, direction: 'forward' });
    expect(rivals()).toEqual([[b.id]]);
    asked.mockClear();
    await session.propagate({ objects: ['a'], range: [0, 20] });
    expect(rivals().flat()).toEqual([]);
    asked.mockRestore();
  });

  it('is carried against others as they are on its frame, without what it took from them', async () => {
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    await session.propagate();
    const [mine, theirs] = [await a.mask(30), await b.mask(30)];
    const added = theirs.data.map((one, i) => (one === 1 && mine.data[i] === 0 && i % 2 === 0 ? 1 : 0));
    expect(added).toContain(1);
    await a.drawMask(30, { data: mine.data.map((one, i) => one | added[i]!), shape: [48, 64] });
    const asked = jest.spyOn(engines.model, 'run');
    await session.propagate({ from: 30, objects: ['a'], direction: 'forward', blockSize: 10 });
    const rivals = asked.mock.calls.map(([wire]) => wire.objects.find((one) => one.rival)?.seeds);
    asked.mockRestore();
    const seeds = rivals[0]!.filter(({ prompted }) => !prompted);
    expect(seeds.map(({ frame }) => frame)).toEqual([30]);
    const known = decodeRunLength(seeds[0]!.mask);
    expect([...known.data]).toEqual([...theirs.data].map((one, i) => (added[i] === 1 ? 0 : one)));
  });

  it('tells the model what is stored, and block after block what stood there before', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    const old = await a.mask(35);
    await a.drawMask(30, { data: truth.truth(blue, 30).data, shape: [48, 64] });
    const asked = jest.spyOn(engines.model, 'run');
    await session.propagate({ from: 30, direction: 'forward', blockSize: 10 });
    const blocks = asked.mock.calls.map(([wire]) => wire.objects[0]!);
    asked.mockRestore();
    expect(blocks.map((one) => one.correction!.frame)).toEqual([30, 30, 30]);
    expect(blocks.map((one) => one.correction!.stored.map(({ frame }) => frame).slice(0, 2))).toEqual([
      [31, 32],
      [40, 41],
      [50, 51],
    ]);
    const recalled = blocks[1]!.seeds.find((one) => one.frame === 35)!;
    expect([...decodeRunLength(recalled.mask).data]).toEqual([...truth.truth(blue, 35).data]);
    expect([...decodeRunLength(recalled.base!).data]).toEqual([...old.data]);
    expect(
      blocks.map((one) => one.seeds.filter(({ prompted }) => prompted).map(({ frame }) => frame)),
    ).toEqual(Array(3).fill([0, 30]));
  });

  it('that follows another of the same frame is a change of what that one left behind', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    await a.drawMask(30, { data: truth.truth(blue, 30).data, shape: [48, 64] });
    await session.propagate({ from: 30, direction: 'forward' });
    await a.drawMask(30, square(20, 20));
    const asked = jest.spyOn(engines.model, 'run');
    const bases = async (): Promise<(number[] | null)[]> => {
      asked.mockClear();
      await session.propagate({ from: 30, blockSize: 60 });
      return asked.mock.calls.map(([wire]) => {
        const { known } = wire.objects[0]!.seeds.find((one) => one.frame === 30)!;
        return known ? [...decodeRunLength(known).data] : null;
      });
    };
    // Onward the first correction is known, back in time only the mask before it.
    const [blueThere, redThere] = [blue, red].map((one) => [...truth.truth(one, 30).data]);
    expect(await bases()).toEqual([blueThere, redThere]);
    // Carried once more, it is the same change.
    expect(await bases()).toEqual([blueThere, redThere]);
    await session.undo();
    await session.undo();
    await session.undo();
    await session.undo();
    expect(await bases()).toEqual([redThere, redThere]);
    asked.mockRestore();
  });

  it('is known to the frames beside it only when its run has gone all its way', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    await a.drawMask(30, { data: truth.truth(blue, 30).data, shape: [48, 64] });
    const cancelled = session.propagate({ from: 30, direction: 'forward' });
    for await (const step of cancelled) if (step.frame === 33) break;
    expect(session.document.runs.map((one) => one.carried?.length ?? 0)).toEqual([0, 0]);
    await session.propagate({ from: 30, direction: 'forward' });
    const { mask, source } = session.document.track(a.id).entryAt(30)!;
    const before = source.kind === 'prompted' && source.before!.mask;
    expect(session.document.runs.at(-1)!.carried).toEqual([{ frame: 30, before, mask, way: 1 }]);
    await session.undo();
    expect(session.document.runs.some((one) => one.carried)).toBe(false);
    await session.redo();
    expect(session.document.runs.at(-1)!.carried).toHaveLength(1);
  });

  it('ends where the model says that nothing of it is left, and no further block is begun', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    await a.drawMask(30, square(20, 20));
    const run = engines.model.run.bind(engines.model);
    const asked = jest.spyOn(engines.model, 'run').mockImplementation(async function* (wire, signal) {
      for await (const step of run(wire, signal))
        yield { ...step, masks: step.masks.map((one) => ({ ...one, ended: step.frame >= 34 })) };
    });
    const { frames: done } = await session.propagate({ from: 30, direction: 'forward', blockSize: 10 });
    expect([done, asked.mock.calls.length]).toEqual([3, 1]);
    asked.mockRestore();
    expect([33, 34, 45].map((frame) => runOf(a, frame))).toEqual(['run 2', 'run 1', 'run 1']);
  });

  it('goes on for as long as the result differs', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    // The wrong square from here on: the model follows the colour that it is shown.
    await a.drawMask(30, { data: truth.truth(blue, 30).data, shape: [48, 64] });
    expect((await session.propagate({ from: 30, direction: 'forward' })).frames).toBe(29);
    expect([...(await a.mask(45)).data]).toEqual([...truth.truth(blue, 45).data]);
    expect(runOf(a, 20)).toBe('run 1');
  });

  it('never makes its own frame worse', async () => {
    await a.point(0, [2, 6]);
    await session.propagate();
    const given = square(20, 20);
    await a.drawMask(30, given);
    await session.propagate({ from: 30 });
    await session.propagate();
    expect([...(await a.mask(30)).data]).toEqual([...given.data]);
  });

  it('needs a prompt on its frame', async () => {
    await a.point(0, [2, 6]);
    await expect(Promise.resolve(session.propagate({ from: 9 }))).rejects.toThrow('no prompt on frame 9');
  });
});

describe('a run whose model is not loaded yet', () => {
  it('goes on without an object that is removed meanwhile', async () => {
    await a.drawMask(0, { data: truth.truth(red, 0).data, shape: [48, 64] });
    await b.drawMask(0, { data: truth.truth(blue, 0).data, shape: [48, 64] });
    const run = session.propagate();
    const began = new Promise((done) => session.on('run', done));
    await began;
    await b.remove();
    expect((await run).masks).toBe(frames - 1);
    expect(session.objects.length).toBe(1);
  });
});

describe('barriers and locks (F5)', () => {
  beforeEach(async () => {
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
  });

  it('stop a run: it goes on behind them only where a range begins there', async () => {
    await session.lockFrame(10);
    await session.propagate();
    expect(a.frames).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await session.propagate({ range: [11, 20], direction: 'forward' });
    expect(a.frames).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('are passed by a prompt on their other side', async () => {
    await session.lockFrame(10);
    await a.point(15, [19, 6]);
    await session.propagate();
    expect(a.frames).toHaveLength(frames - 1);
    expect(a.maskInfo(10)).toBeNull();
    expect(b.frames).toHaveLength(10);
  });

  it('keep masks through any run, and refuse prompts in a sentence', async () => {
    await session.propagate();
    await a.deleteMasks([5, 8]);
    await a.lock([5, 8]);
    await b.lock([30, 40]);
    const locked = await b.masks({ range: [30, 40] });
    await expect(b.point(35, [5, 5])).rejects.toThrow(EditError);
    await expect(b.point(35, [5, 5])).rejects.toThrow('“b” is locked on frames 30 to 40');
    await b.drawMask(20, square(1, 1));
    await session.propagate();
    expect(await b.masks({ range: [30, 40] })).toEqual(locked);
    expect(a.maskInfo(6)).toBeNull();
    expect(runOf(b, 35)).toBe('run 1');
    expect(runOf(b, 29)).toBe('run 2');
    expect(runOf(b, 41)).toBe('run 1');
    await b.unlock([35, 35]);
    await b.point(35, [5, 5]);
  });

  it('hold against a run that was under way when they were set', async () => {
    const off = session.on('run', (view) => {
      if (view?.done !== 5) return;
      off();
      void session.lockFrame(40);
    });
    await session.propagate({ direction: 'forward' });
    expect(a.maskInfo(40)).toBeNull();
    expect(a.maskInfo(41)).not.toBeNull();
  });
});

describe('blocks and seams (F3, F4)', () => {
  it('give the masks of a run that was not cut, with a seam for each cut', async () => {
    await a.point(0, [2, 6]);
    await session.propagate({ blockSize: 1000 });
    const whole = await a.masks();
    await session.undo();
    await session.set({ blockSize: 20 });
    await session.propagate();
    expect(await a.masks()).toEqual(whole);
    expect(session.blocks.map(({ first, last, seams }) => [first, last, seams])).toEqual([
      [0, 20, []],
      [20, 40, [{ objectId: a.id, iou: 1 }]],
      [40, 59, [{ objectId: a.id, iou: 1 }]],
    ]);
  });

  it('go back: a block is run again by itself, and the next goes on from it', async () => {
    await session.set({ blockSize: 20 });
    await a.point(0, [2, 6]);
    await session.propagate();
    await a.drawMask(25, { data: truth.truth(blue, 25).data, shape: [48, 64] });
    await session.propagate({ block: 1, direction: 'forward' });
    expect([19, 24, 26, 40, 41].map((frame) => runOf(a, frame))).toEqual([
      'run 1',
      'run 2',
      'run 2',
      'run 2',
      'run 1',
    ]);
    await session.propagate({ block: 2, direction: 'forward' });
    expect([...(await a.mask(50)).data]).toEqual([...truth.truth(blue, 50).data]);
    await expect(Promise.resolve(session.propagate({ block: 3 }))).rejects.toThrow('There is no block 3');
  });

  it('can start from points on the skeleton, as SAMannot does, and say how well that went', async () => {
    await session.set({ blockSize: 20, seeding: 'skeleton' });
    await a.point(0, [2, 6]);
    await session.propagate();
    expect(session.blocks[1]!.seams).toEqual([{ objectId: a.id, iou: 1 }]);
    expect([...(await a.mask(59)).data]).toEqual([...truth.truth(red, 59).data]);
  });

  it('report a bad seam in a sentence', async () => {
    const notices: string[] = [];
    session.on('notice', ({ message }) => notices.push(message));
    await session.set({ blockSize: 20, seeding: 'skeleton' });
    // Half of the square: points on its skeleton make the model take the whole of it.
    const half = Uint8Array.from(truth.truth(red, 19).data, (one, i) => (i % 64 < 25 ? one : 0));
    await a.drawMask(19, { data: half, shape: [48, 64] });
    await a.drawMask(20, { data: half, shape: [48, 64] });
    await a.clearPrompts(20);
    await session.propagate({ direction: 'forward' });
    const { iou } = session.blocks[1]!.seams[0] ?? { iou: 1 };
    expect(iou).toBeLessThanOrEqual(1);
    if (iou < 0.8) expect(notices.join()).toContain('At frame 20 two blocks agree on “a” by');
  });

  it('are cut backward, too', async () => {
    await session.set({ blockSize: 20 });
    await a.point(59, [truth.truth(red, 59).data.indexOf(1) % 64, 6]);
    await session.propagate();
    expect(a.frames).toHaveLength(frames);
    expect(session.document.seams.map((one) => [one.frame, one.iou])).toEqual([
      [20, 1],
      [40, 1],
    ]);
  });

  it('refuse sizes that are none', async () => {
    await expect(session.set({ blockSize: 1 })).rejects.toThrow('2 frames or more');
    await a.point(0, [2, 6]);
    await expect(Promise.resolve(session.propagate({ blockSize: 0.5 }))).rejects.toThrow(SessionError);
  });
});

describe('the overlap rule (F8)', () => {
  beforeEach(async () => {
    await a.drawMask(0, square(0, 0, 10));
    await b.drawMask(0, square(5, 0, 10));
  });

  it('allows two to have a pixel where nothing else is said', async () => {
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([100, 100]);
  });

  it('by order takes a pixel from the one lower in the list, and gives it back', async () => {
    await session.set({ overlap: 'order' });
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([100, 50]);
    void session.apply({ kind: 'move-object', objectId: b.id, to: 0 });
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([50, 100]);
    await session.set({ overlap: 'allow' });
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([100, 100]);
  });

  it('by score takes it from the one with the lower score; what the user drew comes first', async () => {
    await session.set({ overlap: 'score' });
    const entry = (mask: string, score: number): object => ({
      mask,
      source: { kind: 'propagated', run: 'r', distance: 1 },
      area: 100,
      score,
    });
    const id = session.document.track(a.id).entryAt(0)!.mask;
    const other = session.document.track(b.id).entryAt(0)!.mask;
    const set = (object: AnnotatedObject, mask: string, score: number): void =>
      void session.apply({
        kind: 'set-track',
        objectId: object.id,
        changes: [{ frame: 1, entry: entry(mask, score) as never }],
      });
    set(a, id, 0.4);
    set(b, other, 0.6);
    expect([pixels(await a.mask(1)), pixels(await b.mask(1))]).toEqual([50, 100]);
    const { data } = await session.labels(1);
    expect([data.filter((one) => one === 1).length, data.filter((one) => one === 2).length]).toEqual([
      50, 100,
    ]);
    await a.drawMask(1, square(0, 0, 10));
    expect([pixels(await a.mask(1)), pixels(await b.mask(1))]).toEqual([100, 50]);
  });

  it('gives what the user gave to both to the one that it was given to last', async () => {
    await session.set({ overlap: 'score' });
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([50, 100]);
    await a.drawMask(0, square(0, 0, 10));
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([100, 50]);
    await session.undo();
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([50, 100]);
    // What is not an object's does not make the rest of it more its own.
    void session.apply({
      kind: 'add-prompt',
      prompt: { id: 'no', objectId: a.id, frame: 0, kind: 'point', x: 40, y: 40, positive: false },
    });
    expect([pixels(await a.mask(0)), pixels(await b.mask(0))]).toEqual([50, 100]);
  });

  it('gives a correction that was carried what others have from runs before it, whatever the scores', async () => {
    await session.set({ overlap: 'score' });
    const run = {
      ...{ model: { name: 'm', weights: 'w', provider: 'cpu' }, direction: 'both' as const },
      ...{ objectIds: [a.id, b.id], first: 0, last: 59, stride: 1, blockSize: 8, seeding: 'memory' as const },
    };
    const carried = (object: AnnotatedObject, of: string, score: number): void =>
      session.restructure('Propagate', {
        kind: 'set-track',
        objectId: object.id,
        changes: [
          {
            frame: 1,
            entry: {
              ...{ mask: session.document.track(object.id).entryAt(0)!.mask, area: 100, score },
              source: { kind: 'propagated', run: of, distance: 1 },
            },
          },
        ],
      });
    for (const from of [undefined, 0, 0])
      session.restructure('Propagate', {
        kind: 'add-run',
        run: {
          ...run,
          id: `r${session.document.runs.length}`,
          ...(from === undefined ? {} : { from }),
        },
      });
    const both = async (): Promise<number[]> => [pixels(await a.mask(1)), pixels(await b.mask(1))];
    carried(a, 'r0', 0.9);
    carried(b, 'r1', 0.1);
    expect(await both()).toEqual([50, 100]);
    carried(a, 'r2', 0.1);
    expect(await both()).toEqual([100, 50]);
    // A correction of the other changes what that has there now: as a later one it would have all that it was carried with.
    const changed = async (): Promise<number[]> =>
      (await storedMasks(session, b.id, [0, 2])).map(({ frame, mask }) => 1000 * frame + runLengthArea(mask));
    expect(await changed()).toEqual([100, 1050]);
    // By order nothing changes hands: what is hidden shows again once the list is in another order.
    await session.set({ overlap: 'order' });
    expect(await changed()).toEqual([100, 1100]);
    await session.set({ overlap: 'allow' });
    expect(await changed()).toEqual([100, 1100]);
  });

  describe('has clicks build on what an object shows', () => {
    /** On frame 1 the other has half of what is stored of `a`. */
    beforeEach(async () => {
      await session.set({ overlap: 'score' });
      for (const [object, score] of [
        [a, 0.4],
        [b, 0.6],
      ] as const) {
        const { mask } = session.document.track(object.id).entryAt(0)!;
        const source = { kind: 'propagated', run: 'r', distance: 1 } as const;
        const changes = [{ frame: 1, entry: { mask, source, area: 100, score } }];
        void session.apply({ kind: 'set-track', objectId: object.id, changes });
      }
    });
    const stored = (): string => session.document.track(a.id).entryAt(1)!.mask;
    const builtOn = async (): Promise<number | null> => {
      const { source } = session.document.track(a.id).entryAt(1)!;
      return source.kind === 'prompted' && source.base
        ? runLengthArea(await session.store.get(source.base))
        : null;
    };

    it('at the first click and those after it, and brings back what was stored', async () => {
      const before = stored();
      const asked = jest.spyOn(engines.model, 'call');
      await a.point(1, [40, 40]);
      await a.point(1, [42, 40]);
      const bases = asked.mock.calls.flatMap(([name, request]) =>
        name === 'segment' && (request as { frame?: number }).frame === 1
          ? [runLengthArea((request as { base: RunLength }).base)]
          : [],
      );
      asked.mockRestore();
      expect(bases).toEqual([50, 50]);
      expect(await builtOn()).toBe(50);
      // What is carried is a change of that, too.
      const seed = await promptedSeed(session, a.id, 1, 1);
      expect([runLengthArea(seed.base!), runLengthArea(seed.known!)]).toEqual([50, 50]);
      for (const { id } of session.document.promptsAt(a.id, 1))
        await session.apply({ kind: 'remove-prompt', promptId: id });
      expect(stored()).toBe(before);
    });

    it('and on what is stored where the list decides, or nothing is hidden', async () => {
      await session.set({ overlap: 'order' });
      await a.point(1, [40, 40]);
      expect(await builtOn()).toBeNull();
      await session.undo();
      await session.set({ overlap: 'score' });
      await b.point(1, [40, 40]);
      expect(session.document.track(b.id).entryAt(1)!.source).not.toHaveProperty('base');
    });
  });
});

describe('swap, merge, split, absence (D2)', () => {
  beforeEach(async () => {
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    await session.propagate();
  });

  it('swaps two objects from a frame on, and undoing swaps them back', async () => {
    const before = contentOf(session.document);
    const [masksA, masksB] = [await a.masks(), await b.masks()];
    await session.swap('a', 'b', 30);
    const cut = 30 * area;
    expect((await a.masks()).data.subarray(cut)).toEqual(masksB.data.subarray(cut));
    expect((await b.masks()).data.subarray(cut)).toEqual(masksA.data.subarray(cut));
    expect((await a.masks()).data.subarray(0, cut)).toEqual(masksA.data.subarray(0, cut));
    expect(session.history.undo).toBe('Swap objects');
    await session.undo();
    expect(contentOf(session.document)).toEqual(before);
  });

  it('merges two objects into one: masks joined, prompts and values kept, the second gone', async () => {
    const [masksA, masksB] = [await a.masks(), await b.masks()];
    session.features.add({ name: 'seen', type: 'boolean' });
    await b.setFeature('seen', 3, true);
    const before = contentOf(session.document);
    await session.merge('a', 'b');
    const joined = await a.masks();
    expect(joined.data).toEqual(Uint8Array.from(masksA.data, (one, i) => one | masksB.data[i]!));
    expect(session.document.objects.map((one) => one.name)).toEqual(['a']);
    expect(a.feature('seen', 5)).toBe(true);
    expect(a.maskInfo(0)!.source.kind).toBe('prompted');
    expect(a.maskInfo(3)!.source).toEqual({ kind: 'merged', objects: ['a', 'b'] });
    await session.undo();
    expect(contentOf(session.document)).toEqual(before);
    await expect(session.merge('a', 'a')).rejects.toThrow('with itself');
  });

  it('splits an object in two at a frame', async () => {
    const masks = await a.masks();
    const c = await a.split(30, { name: 'c', class: 'bird' });
    expect(c).toMatchObject({ name: 'c', class: 'bird', number: 3 });
    expect(a.frames.at(-1)).toBe(29);
    expect((await c.masks({ range: [30, 59] })).data).toEqual(masks.data.subarray(30 * area));
    await expect(a.split(40)).rejects.toThrow('nothing to split off');
  });

  it('has no pixels where it was said to be absent, and a run does not look for it there', async () => {
    await a.markAbsent([10, 19]);
    expect(a.maskInfo(12)).toEqual({ source: { kind: 'absent' }, area: 0 });
    expect(pixels(await a.mask(12))).toBe(0);
    expect((await session.labels(12)).data.includes(1)).toBe(false);
    expect([...a.areas({ range: [8, 11] })]).toEqual([64, 64, 0, 0]);
    const steps: RunStep[] = [];
    for await (const step of session.propagate({ objects: ['a'] })) steps.push(step);
    expect(steps.map((one) => one.frame).filter((frame) => frame >= 10 && frame < 20)).toEqual([]);
    expect(runOf(a, 20)).toBe('run 2');
    await a.markPresent([10, 19]);
    expect(pixels(await a.mask(12))).toBe(64);
    expect(runOf(a, 12)).toBe('run 1');
  });

  it('waits for the end of a run', async () => {
    await a.drawMask(30, square(1, 1));
    const run = session.propagate();
    await expect(session.swap('a', 'b', 5)).rejects.toThrow('has to wait: a run is under way');
    await run;
  });
});

describe('features from a cell (E1)', () => {
  it('are events with a beginning and an end, in time order', async () => {
    session.features.add({ name: 'behaviour', options: ['rest', 'walk'] });
    await a.setFeature('behaviour', 40, 'rest');
    await a.setFeature('behaviour', 10, 'walk');
    await a.setFeature('behaviour', 30, null);
    expect(a.featureEvents('behaviour')).toEqual([
      { first: 10, last: 29, value: 'walk' },
      { first: 40, last: 59, value: 'rest' },
    ]);
    expect([9, 10, 30, 59].map((frame) => a.feature('behaviour', frame))).toEqual([
      null,
      'walk',
      null,
      'rest',
    ]);
    await a.clearFeature('behaviour', 30);
    expect(a.feature('behaviour', 30)).toBe('walk');
    await expect(a.setFeature('behaviour', 0, 'fly')).rejects.toThrow('is one of “rest”, “walk”');
    expect(() => a.feature('mood', 0)).toThrow('There are: “behaviour”');
  });
});
