import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TrackEntry } from '../../src/annotation';
import { SessionError } from '../../src/errors';
import { encodeRunLength } from '../../src/mask';
import { EnginePair, openVideoArrays, replaySession, Session } from '../../src/session';
import type { AnnotatedObject } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';
import { WorkFolder } from '../support/work-folder';

// The check from the other side, with the synthetic model in an engine process of its own.

let engines: EnginePair;
let folder: WorkFolder;
let session: Session;
const [width, height, frames] = [64, 48, 40];

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  folder = new WorkFolder(engines);
  let ids = 0;
  const video = openVideoArrays(new SyntheticVideo(frames, [red, blue]), engines);
  session = new Session(video, { nextId: () => `id${ids++}` });
});
afterEach(async () => {
  await session.dispose();
  await folder.remove();
});
afterAll(() => engines.dispose());

/** The red square, prompted on a frame and carried to the others. */
async function carried(frame: number, of = session): Promise<AnnotatedObject> {
  const object = of.objects.add({ name: 'red' });
  const [x, y] = red.at(frame)!;
  await object.point(frame, [x + 4, y + 4]);
  await of.propagate();
  return object;
}

/** Masks that lie somewhere else, as a run that went astray leaves them. */
async function plant(
  object: AnnotatedObject,
  [first, last]: readonly [number, number],
  of = session,
): Promise<void> {
  const data = new Uint8Array(width * height);
  for (let y = 30; y < 38; y++) data.fill(1, y * width + 20, y * width + 28);
  const mask = await of.store.put(encodeRunLength({ width, height, data }));
  const changes = [];
  for (let frame = first; frame <= last; frame++) {
    const entry: TrackEntry = {
      mask,
      source: { kind: 'propagated', run: 'run 1', distance: frame },
      area: 64,
    };
    changes.push({ frame, entry });
  }
  of.restructure('Masks', { kind: 'set-track', objectId: object.id, changes });
}

const checkedOf = (object: AnnotatedObject, of = session): (number | null)[] =>
  Array.from({ length: frames }, (_, n) => of.document.track(object.id).entryAt(n)?.checked ?? null);
const masksOf = (object: AnnotatedObject): (string | undefined)[] =>
  Array.from({ length: frames }, (_, n) => session.document.track(object.id).entryAt(n)?.mask);
const disagreements = async (): Promise<string[]> =>
  (await session.review())
    .filter((one) => one.kind === 'disagreement')
    .map(({ object, first, last }) => `${object} ${first}-${last}`);

describe('a check from the other side', () => {
  it('finds where masks went astray, and changes none of them', async () => {
    const object = await carried(0);
    await plant(object, [15, 21]);
    const before = masksOf(object);
    const summary = await session.check();
    // The first is the prompted one, the last is where it begins.
    expect(summary).toMatchObject({ frames: 38, masks: 38, cancelled: false });
    expect(await disagreements()).toEqual(['red 15-21']);
    const ious = checkedOf(object);
    expect(ious.slice(15, 22).every((iou) => iou === 0)).toBe(true);
    expect([...ious.slice(1, 15), ...ious.slice(22, 39)].every((iou) => iou === 1)).toBe(true);
    expect([ious[0], ious[39]]).toEqual([null, null]);
    expect(masksOf(object)).toEqual(before);
  });

  it('goes forward over masks that were carried backward, and so ends at their prompt', async () => {
    const object = await carried(39);
    await plant(object, [10, 12]);
    expect(await session.check()).toMatchObject({ frames: 38 });
    expect(await disagreements()).toEqual(['red 10-12']);
    expect(checkedOf(object)[0]).toBe(null);
  });

  it('begins anew in every block, from its own last mask', async () => {
    await session.set({ blockSize: 10 });
    const object = await carried(0);
    await plant(object, [23, 26]);
    expect(await session.check()).toMatchObject({ frames: 38 });
    expect(await disagreements()).toEqual(['red 23-26']);
  });

  it('is one step to undo, keeps what is done when it is cancelled, and knows no mask that came since', async () => {
    const object = await carried(0);
    await plant(object, [30, 33]);
    await session.check();
    expect(session.history.undo).toBe('Check');
    const found = checkedOf(object);
    await session.undo();
    expect(checkedOf(object).every((iou) => iou === null)).toBe(true);
    await session.redo();
    expect(checkedOf(object)).toEqual(found);
    await session.undo();
    const run = session.check();
    for await (const step of run) if (step.done === 12) break;
    const { frames: compared, cancelled } = await run;
    expect(cancelled).toBe(true);
    expect(compared).toBeGreaterThanOrEqual(12);
    expect(compared).toBeLessThan(38);
    expect(checkedOf(object).filter((iou) => iou !== null)).toHaveLength(compared);
    expect(await disagreements()).toEqual(['red 30-33']);
    await session.propagate();
    expect(checkedOf(object).every((iou) => iou === null)).toBe(true);
  });

  it('keeps to the objects and frames that were asked for, and waits for its turn', async () => {
    const object = await carried(0);
    const other = session.objects.add({ name: 'blue' });
    await other.point(12, [52, 26]);
    const seen: (true | undefined)[] = [];
    session.on('run', (view) => view && seen.push(view.checks));
    const run = session.propagate({ objects: ['blue'] });
    const check = session.check({ objects: ['red'], range: [10, 20] });
    expect(session.queue.waiting).toEqual([
      expect.objectContaining({ objectIds: [object.id], range: [10, 20], checks: true }),
    ]);
    await run;
    expect(await check).toMatchObject({ frames: 11, masks: 11 });
    expect(new Set(seen)).toEqual(new Set([undefined, true]));
    expect(checkedOf(other).every((iou) => iou === null)).toBe(true);
  });

  it('leaves out what a person stands for', async () => {
    const object = await carried(0);
    await object.lock([5, 9]);
    await object.markAbsent([20, 21]);
    await session.check();
    const ious = checkedOf(object);
    expect(
      ious
        .slice(5, 10)
        .concat(ious.slice(20, 22))
        .every((iou) => iou === null),
    ).toBe(true);
    expect(ious[10]).toBe(1);
  });

  it('is refused with a sentence where there is nothing to check', async () => {
    await expect(session.check()).rejects.toThrow(SessionError);
    await expect(session.check()).rejects.toThrow('There is nothing to check here');
    await expect(session.check({ objects: ['swan'] })).rejects.toThrow('There is no object “swan”');
    await expect(session.check({ range: [9, 3] })).rejects.toThrow('A range is [first, last]');
    expect(session.running).toBe(false);
  });

  it('is kept in the folder, and does not lead a replay astray when it was undone', async () => {
    const { session: kept } = await folder.open('kept.masklet', { frames });
    const object = await carried(0, kept);
    await kept.check();
    await kept.undo();
    await kept.check({ range: [0, 9] });
    const ious = checkedOf(object, kept);
    expect(ious.filter((iou) => iou !== null)).toHaveLength(9);
    await kept.dispose();
    const { session: again } = await folder.open('kept.masklet', { frames });
    expect(checkedOf(again.objects.get('red'), again)).toEqual(ious);
    await again.dispose();
    expect(await replaySession(folder.at('kept.masklet'), again.video)).toMatchObject({
      masks: frames,
      identical: frames,
    });
  });
});
