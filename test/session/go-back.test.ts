import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { outdatedRanges } from '../../src/annotation';
import type { WireRun } from '../../src/engine/host';
import { decodeRunLength, encodeRunLength } from '../../src/mask';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import type { AnnotatedObject, PropagateOptions, RunStep } from '../../src/session';
import { contentOf } from '../support/arbitrary-edits';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// A run over a frame on which the user says an object anew: with the real engine and the model without weights, which is told to say so.

let engines: EnginePair;
let session: Session;
let a: AnnotatedObject;
let b: AnnotatedObject;
const frames = 40;
const truth = new SyntheticVideo(frames, [red, blue]);
const said = 20;

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(async () => {
  let ids = 0;
  session = new Session(openVideoArrays(truth, engines), { nextId: () => `id${ids++}` });
  a = session.objects.add({ name: 'a' });
  b = session.objects.add({ name: 'b' });
  await a.point(0, [2, 6]);
  await b.point(0, [52, 2]);
  await session.propagate();
  // From here on, and before it, the other square was meant.
  await a.drawMask(said, { data: truth.truth(blue, said).data, shape: [48, 64] });
});
afterEach(() => session.dispose());
afterAll(() => engines.dispose());

const pixels = ({ data }: { data: Uint8Array }): number => data.reduce((sum, one) => sum + one, 0);
const masksOf = async (object: AnnotatedObject, at: readonly number[]): Promise<number[][]> =>
  Promise.all(at.map(async (frame) => [...(await object.mask(frame)).data]));
const truthOf = (square: typeof red, at: readonly number[]): number[][] =>
  at.map((frame) => [...truth.truth(square, frame).data]);

/** Has the model say on the frame that `a` is followed anew there, and others that lose a part. */
function sayAnew(others: readonly AnnotatedObject[] = []): jest.SpiedFunction<typeof engines.model.run> {
  const ask = engines.model.run.bind(engines.model);
  const anew = [
    { objectId: a.id, found: encodeRunLength(truth.truth(red, said)) },
    ...others.map((one) => ({ objectId: one.id, found: null })),
  ];
  return jest.spyOn(engines.model, 'run').mockImplementation(async function* (wire, signal) {
    for await (const step of ask(wire, signal))
      yield step.frame === said && !wire.objects[0]!.correction ? { ...step, anew } : step;
  });
}

/** Does a run with it; answers with what the model was asked for, and the steps. */
async function run(
  options: PropagateOptions = { direction: 'forward' },
  others: readonly AnnotatedObject[] = [],
  meanwhile: (step: RunStep) => void = () => undefined,
): Promise<{ wires: WireRun[]; steps: RunStep[] }> {
  const asked = sayAnew(others);
  try {
    const steps: RunStep[] = [];
    for await (const step of session.propagate(options)) {
      steps.push(step);
      meanwhile(step);
    }
    return { wires: asked.mock.calls.map(([wire]) => wire), steps };
  } finally {
    asked.mockRestore();
  }
}

describe('a run that comes by a frame on which an object is said anew', () => {
  it('goes back from it, with what it would have found there, as a correction does', async () => {
    const { wires } = await run();
    expect(wires.map((one) => [one.direction, one.first, one.last])).toEqual([
      ['forward', 0, 39],
      ['backward', 0, 19],
    ]);
    const [back] = wires[1]!.objects;
    expect([back!.id, back!.start, back!.correction!.frame]).toEqual([a.id, 19, said]);
    const seed = back!.seeds.find((one) => one.frame === said)!;
    expect([...decodeRunLength(seed.known!).data]).toEqual([...truth.truth(red, said).data]);
    expect(await masksOf(a, [1, 12, 19, 21, 39])).toEqual(truthOf(blue, [1, 12, 19, 21, 39]));
    expect(await masksOf(a, [0])).toEqual(truthOf(red, [0]));
  });

  it('is one run and one step, whose masks the next correction of the frame counts from', async () => {
    const before = contentOf(session.document);
    await run();
    const { mask, source } = session.document.track(a.id).entryAt(said)!;
    const was = source.kind === 'prompted' && source.before!.mask;
    expect(session.document.runs.map((one) => one.id)).toEqual(['run 1', 'run 2']);
    expect(session.document.runs[1]!.carried).toEqual([
      { frame: said, before: was, mask, way: 1 },
      { frame: said, before: was, mask, way: -1 },
    ]);
    expect(await session.undo()).toBe('Propagate');
    expect(contentOf(session.document)).toEqual(before);
  });

  it('gives what it finds there to the object alone, but for what the user said of others', async () => {
    await b.drawMask(10, { data: truth.truth(blue, 10).data, shape: [48, 64] });
    await run();
    const kept = [0, 10].map((frame) => pixels(truth.truth(blue, frame)));
    expect(await Promise.all([0, 10].map(async (frame) => pixels(await b.mask(frame))))).toEqual(kept);
    const lost = await Promise.all([9, 11, 19].map(async (frame) => pixels(await b.mask(frame))));
    expect(lost).toEqual([0, 0, 0]);
    expect(b.maskInfo(11)).toMatchObject({ area: 0 });
    // On the other side both were found from what was said, so that nothing is taken from either.
    expect(pixels(await b.mask(30))).toBeGreaterThan(0);
  });

  it('says how much more there is to do once it goes back', async () => {
    const { steps } = await run();
    const totals = [...new Set(steps.map((one) => one.total))];
    expect(totals).toEqual([39, 59]);
    expect(steps.every((one, i) => one.done === i + 1 && one.done <= one.total)).toBe(true);
    expect(Object.keys(steps[0]!)).not.toContain('more');
  });

  it('does not go back where only what is missing was asked for: the masks before it are there', async () => {
    await session.undo();
    await session.undo();
    await a.drawMask(said, { data: truth.truth(blue, said).data, shape: [48, 64] });
    const { wires } = await run({ missing: true, direction: 'forward' });
    expect(wires.some((one) => one.last > said)).toBe(true);
    expect(wires.every((one) => one.direction === 'forward')).toBe(true);
  });

  it('knows in every block what stood there before it, on the frame that two blocks share as well', async () => {
    const { wires } = await run({ blockSize: 8, direction: 'forward' });
    const back = wires.filter((one) => one.direction === 'backward');
    expect(back.map((one) => [one.first, one.last])).toEqual([
      [16, 19],
      [8, 16],
      [0, 8],
    ]);
    for (const wire of back)
      for (const { frame, mask } of wire.objects[0]!.correction!.stored)
        expect([frame, ...decodeRunLength(mask).data]).toEqual([frame, ...truthOf(red, [frame])[0]!]);
  });

  it('does not go back from a frame whose prompt was taken back meanwhile', async () => {
    const { id } = session.document.promptsAt(a.id, said)[0]!;
    const { wires } = await run({ direction: 'forward' }, [], (step) => {
      if (step.frame === 30) void session.apply({ kind: 'remove-prompt', promptId: id });
    });
    expect(wires.map((one) => one.direction)).toEqual(['forward']);
    expect(session.document.runs[1]!.carried?.map((one) => one.way)).toEqual([1]);
  });

  it('says that masks are out of date which it did not go back to, where its range ends before them', async () => {
    await run({ direction: 'forward', range: [said, 39] });
    expect(outdatedRanges(session.document, a.id)).toEqual([[1, 19]]);
  });

  it('counts what others lose among the masks that it made, as a replay does', async () => {
    const { steps } = await run();
    const going = steps.slice(steps.findIndex((one) => one.frame === 39) + 1);
    expect(going.length).toBe(19);
    // Where there is nothing of it, nobody loses anything.
    const seen = going.filter(({ areas }) => areas[a.id]! > 0);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.every(({ areas }) => areas[b.id] === 0)).toBe(true);
  });

  it('goes on with others from what was left of them, where a block begins there', async () => {
    const { wires } = await run({ direction: 'forward', blockSize: said }, [b]);
    const after = wires.find((one) => one.first === said)!;
    const other = after.objects.find((one) => one.id === b.id)!;
    expect(other.seeds.map(({ frame, prompted }) => [frame, prompted])).toEqual([
      [0, true],
      [said, false],
    ]);
  });

  it('stops where it is cancelled, and begins nothing more', async () => {
    const asked = sayAnew();
    const cancelled = session.propagate({ direction: 'forward' });
    for await (const step of cancelled) if (step.frame === 25) break;
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  it('looks back at nothing before it in the blocks that follow, of others neither that lost a part there', async () => {
    const { wires } = await run({ blockSize: 8, direction: 'forward' }, [b]);
    const after = wires.find((one) => one.first === 24)!;
    for (const one of after.objects) {
      const recalled = one.seeds.filter(({ prompted }) => !prompted).map(({ frame }) => frame);
      expect(Math.min(...recalled)).toBeGreaterThanOrEqual(said);
    }
    const within = wires.find((one) => one.first === 16 && one.direction === 'forward')!;
    expect(Math.min(...within.objects[1]!.seeds.map(({ frame }) => frame))).toBeLessThan(said);
  });
});
