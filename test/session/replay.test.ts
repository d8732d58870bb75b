import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EnginePair, openVideoArrays, replaySession } from '../../src/session';
import type { ReplayReport, Session } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';
import { WorkFolder } from '../support/work-folder';

// Replay of what was stopped and killed, with the real engine and the model without weights (A4).

let engines: EnginePair;
let work: WorkFolder;

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  work = new WorkFolder(engines);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await work.remove();
});
afterAll(() => engines.dispose());

/** From now on the engine is so quick that it has a whole run done before anyone can stop it. */
function quickEngine(): void {
  const run = engines.model.run.bind(engines.model);
  jest.spyOn(engines.model, 'run').mockImplementation(async function* (wire) {
    const steps = [];
    for await (const step of run(wire)) steps.push(step);
    yield* steps;
  });
}

function replay(name?: string): Promise<ReplayReport> {
  return replaySession(work.at(name), openVideoArrays(new SyntheticVideo(30, [red, blue]), engines));
}

/** Frames whose masks are not the same. */
function differing({ frames }: ReplayReport): number[] {
  return frames.filter(({ ious }) => Object.values(ious).some((iou) => iou < 1)).map(({ frame }) => frame);
}

describe('a replay', () => {
  it('ends a run that was stopped at the same frame, however quick the engine is', async () => {
    const { session } = await work.open();
    const a = session.objects.add({ name: 'a' });
    await a.point(0, [2, 6]);
    for await (const { done } of session.propagate({ range: [0, 20] })) if (done === 3) break;
    await session.dispose();
    quickEngine();
    const report = await replay();
    expect(differing(report)).toEqual([]);
    expect([report.masks, report.identical]).toEqual([a.frames.length, a.frames.length]);
  });

  it('ends a run that was killed within a frame where it was, and undoes it as one step', async () => {
    const { session } = await work.open();
    const [a, b] = [session.objects.add({ name: 'a' }), session.objects.add({ name: 'b' })];
    await a.point(0, [2, 6]);
    await b.point(0, [52, 2]);
    killedAfter(session, 5);
    await session.propagate({ range: [0, 20] });
    const { session: again } = await work.open('killed.masklet');
    expect([...again.objects].map((one) => one.frames.length)).toEqual([4, 3]);
    quickEngine();
    const report = await replay('killed.masklet');
    expect(differing(report)).toEqual([]);
    expect(report.masks).toBe(7);
    await again.undo();
    expect((await replay('killed.masklet')).masks).toBe(2);
  });

  it('has a run that was killed before its first mask as a step that can be undone', async () => {
    const { session } = await work.open();
    await session.objects.add({ name: 'a' }).point(0, [2, 6]);
    killedAfter(session, 0);
    await session.propagate({ range: [0, 20] });
    const { session: again } = await work.open('killed.masklet');
    await again.undo();
    quickEngine();
    const report = await replay('killed.masklet');
    expect([report.masks, report.identical]).toEqual([1, 1]);
  });

  it('compares every object, also those that share a name', async () => {
    const { session } = await work.open();
    for (const name of ['a', 'a', 'b', 'a (#2)']) await session.objects.add({ name }).box(0, [0, 4, 7, 11]);
    await session.dispose();
    const { frames, masks, identical } = await replay();
    expect([masks, identical]).toEqual([4, 4]);
    expect(frames).toEqual([{ frame: 0, ious: { 'a (#1)': 1, 'a (#2)': 1, b: 1, 'a (#2) (#4)': 1 } }]);
  });
});

/** Keeps what a process leaves behind that is killed once a run has found as many masks. */
function killedAfter(session: Session, masks: number): void {
  let found = -1;
  session.on('edit', ({ edit }) => {
    const counts = edit.kind === 'add-run' || (edit.kind === 'set-track' && found >= 0);
    if (counts && ++found === masks) work.killed(session);
  });
}
