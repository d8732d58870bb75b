import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TrackEntry } from '../../src/annotation';
import { EditError } from '../../src/errors';
import { encodeRunLength } from '../../src/mask';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import type { AnnotatedObject, SessionAlarm } from '../../src/session';
import { contentOf } from '../support/arbitrary-edits';
import { engineProgram } from '../support/engine-program';
import type { Place } from '../support/review-track';
import { walk } from '../support/review-track';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';
import { WorkFolder } from '../support/work-folder';

// What a session finds wrong in its masks, with the real document, history and files.

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

async function entryOf(place: Exclude<Place, null>, of = session): Promise<TrackEntry> {
  const data = new Uint8Array(width * height);
  const [x0, y0, w, h] = place === 'empty' ? [0, 0, 0, 0] : place;
  for (let y = y0; y < y0 + h; y++) for (let x = x0; x < x0 + w; x++) data[y * width + x] = 1;
  const mask = encodeRunLength({ width, height, data });
  const area = data.reduce((sum, one) => sum + one, 0);
  return { mask: await of.store.put(mask), source: { kind: 'propagated', run: 'run 1', distance: 1 }, area };
}

/** Gives an object masks, as a run does. */
async function give(
  object: AnnotatedObject,
  places: readonly (readonly [frame: number, place: Place])[],
  of = session,
): Promise<void> {
  const changes = [];
  for (const [frame, place] of places)
    changes.push({ frame, entry: place === null ? null : await entryOf(place, of) });
  of.restructure('Masks', { kind: 'set-track', objectId: object.id, changes });
}

const track = (places: readonly Place[]): (readonly [number, Place])[] => places.map((one, n) => [n, one]);
const shown = (alarms: readonly SessionAlarm[]): string[] =>
  alarms.map(({ kind, object, frame }) => `${kind} ${object} ${frame}`);

/** An object that walks, and is gone on frames 17 to 20. */
async function heronThatIsGone(of = session): Promise<AnnotatedObject> {
  const heron = of.objects.add({ name: 'heron' });
  const places = walk(frames).map((one, n) => (n >= 17 && n <= 20 ? 'empty' : one));
  await give(heron, track(places), of);
  return heron;
}

describe('the alarms of a session', () => {
  it('are records with the evidence in a sentence', async () => {
    await heronThatIsGone();
    expect(await session.review()).toEqual([
      expect.objectContaining({
        ...{ kind: 'absence', sign: 'gone', object: 'heron', other: null, frame: 17, first: 17, last: 20 },
        ...{ before: 224, after: 0, evidence: 'Whole on frame 16 (224 px), gone on the next.' },
      }),
    ]);
    expect(shown(session.alarms)).toEqual(['absence heron 17']);
  });

  it('come and go with the masks, and are told', async () => {
    const told: number[] = [];
    session.on('review', (view) => told.push(view.alarms.length));
    const heron = await heronThatIsGone();
    await session.review();
    await give(
      heron,
      track(walk(frames)).filter(([n]) => n >= 17 && n <= 20),
    );
    expect(shown(await session.review())).toEqual([]);
    await session.undo();
    expect(shown(await session.review())).toEqual(['absence heron 17']);
    expect(told.slice(-3)).toEqual([1, 0, 1]);
  });

  it('name both objects of a swap', async () => {
    const [a, b] = [walk(frames, 4), walk(frames, 28)];
    const [heron, swan] = [session.objects.add({ name: 'heron' }), session.objects.add({ name: 'swan' })];
    await give(heron, track(a.map((one, n) => (n < 20 ? one : b[n]!))));
    await give(swan, track(b.map((one, n) => (n < 20 ? one : a[n]!))));
    const swaps = (await session.review()).filter((one) => one.kind === 'swap');
    expect(swaps).toEqual([expect.objectContaining({ object: 'heron', other: 'swan', frame: 20 })]);
    await session.swap('heron', 'swan', 20);
    expect(shown(await session.review())).toEqual([]);
  });

  it('are not raised where the object is locked, on locked frames, and where it was said to be absent', async () => {
    const heron = await heronThatIsGone();
    expect(await session.review()).toHaveLength(1);
    await heron.lock([17, 20]);
    expect(await session.review()).toHaveLength(0);
    await session.undo();
    for (const frame of [17, 18, 19, 20]) await session.lockFrame(frame);
    expect(await session.review()).toHaveLength(0);
    for (let i = 0; i < 4; i++) await session.undo();
    expect(await session.review()).toHaveLength(1);
    await heron.markAbsent([17, 20]);
    expect(await session.review()).toHaveLength(0);
  });

  it('are the same however the masks came to be: at once, one by one, or opened from a folder', async () => {
    const { session: kept } = await folder.open('kept.masklet', { frames });
    const heron = await heronThatIsGone(kept);
    const grown = walk(frames).map((_, n): Place => [4 + n, 10, 22, 28]);
    await give(heron, track(grown).slice(30), kept);
    const atOnce = await kept.review();
    expect(atOnce.length).toBeGreaterThan(1);
    await kept.dispose();
    const { session: again } = await folder.open('kept.masklet', { frames });
    expect(await again.review()).toEqual(atOnce);

    const one = session.objects.add({ name: 'heron' });
    const places = [...walk(frames).slice(0, 30), ...grown.slice(30)];
    for (const [frame, place] of track(places).reverse()) {
      await give(one, [[frame, frame >= 17 && frame <= 20 ? 'empty' : place]]);
      if (frame % 7 === 0) await session.review();
    }
    expect(shown(await session.review())).toEqual(shown(atOnce));
  });
});

describe('accepting', () => {
  it('takes an alarm off the list until its masks change', async () => {
    const heron = await heronThatIsGone();
    const [alarm] = await session.review();
    await session.accept(alarm!);
    expect(session.alarms).toEqual([]);
    await give(heron, [[35, [43, 20, 14, 15]]]);
    expect(await session.review()).toEqual([]);
    await give(heron, [[16, [22, 20, 14, 20]]]);
    expect(shown(await session.review())).toContain('absence heron 17');
  });

  it('is undone to what was there before, whatever was accepted', async () => {
    const heron = await heronThatIsGone();
    await give(heron, [[30, 'empty']]);
    const alarms = await session.review();
    expect(alarms.length).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...alarms], { minLength: 1 }), async (some) => {
        const before = contentOf(session.document);
        await session.accept(some);
        expect(session.history.undo).toBe('Accept alarm');
        expect(session.alarms).toHaveLength(alarms.length - some.length);
        await session.undo();
        expect(contentOf(session.document)).toEqual(before);
        expect(session.alarms).toEqual(alarms);
      }),
      { numRuns: 10 },
    );
  });

  it('is kept in the session’s folder', async () => {
    const { session: kept } = await folder.open('kept.masklet', { frames });
    await heronThatIsGone(kept);
    await kept.accept(await kept.review());
    const killed = folder.killed(kept);
    await kept.dispose();
    for (const name of ['kept.masklet', 'killed.masklet']) {
      const { session: again } = await folder.open(name, { frames });
      expect(await again.review()).toEqual([]);
      if (name === 'kept.masklet') {
        await again.undo();
        expect(shown(await again.review())).toEqual(['absence heron 17']);
      }
      await again.dispose();
    }
    expect(killed).toContain('killed.masklet');
  });

  it('refuses an alarm that is not there any more, in a sentence', async () => {
    await heronThatIsGone();
    const [alarm] = await session.review();
    await session.accept(alarm!);
    await expect(session.accept(alarm!)).rejects.toThrow(EditError);
    await expect(session.accept(alarm!)).rejects.toThrow(/no alarm .* any more/);
  });
});
