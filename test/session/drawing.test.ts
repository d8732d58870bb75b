import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EditError } from '../../src/errors';
import { runLengthArea } from '../../src/mask';
import type { Stroke } from '../../src/mask';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import type { AnnotatedObject } from '../../src/session';
import { contentOf } from '../support/arbitrary-edits';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Brush, lasso and previews: with the real engine and the model without weights.

let engines: EnginePair;
let session: Session;
let object: AnnotatedObject;
const dab = (x: number, y: number, radius = 2): Stroke => ({ kind: 'brush', radius, path: [x, y] });

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  let ids = 0;
  const video = openVideoArrays(new SyntheticVideo(12, [red, blue]), engines);
  session = new Session(video, { nextId: () => `id${ids++}` });
  object = session.objects.add({ name: 'a' });
});
afterEach(() => session.dispose());
afterAll(() => engines.dispose());

const area = (frame: number): number => object.areas({ range: [frame, frame] })[0]!;
const isSet = async (frame: number, x: number, y: number): Promise<boolean> =>
  (await object.mask(frame)).data[y * 64 + x] === 1;

describe('drawing', () => {
  it('begins a mask where there is none', async () => {
    await object.draw(3, dab(40, 30));
    expect(area(3)).toBe(13);
    expect(object.maskInfo(3)).toMatchObject({ source: { kind: 'prompted' }, area: 13 });
  });

  it('adds to the mask that a click made and takes away from it; what was clicked is in the drawing', async () => {
    await object.point(0, [2, 6]);
    const clicked = area(0);
    await object.draw(0, dab(50, 40));
    expect(area(0)).toBe(clicked + 13);
    expect(session.document.promptsAt(object.id, 0).map((one) => one.kind)).toEqual(['mask']);
    await object.draw(0, { kind: 'lasso', path: [45, 35, 55, 35, 55, 45, 45, 45] }, 'negative');
    expect(area(0)).toBe(clicked);
  });

  it('is one step to undo, which brings the clicks back as well', async () => {
    await object.point(0, [2, 6]);
    const before = contentOf(session.document);
    await object.draw(0, dab(50, 40));
    await session.undo();
    expect(contentOf(session.document)).toEqual(before);
    await session.redo();
    expect(await isSet(0, 50, 40)).toBe(true);
  });

  it('waits for the click before it, however quickly it follows', async () => {
    const clicked = object.point(0, [2, 6]);
    const drawn = object.draw(0, dab(50, 40));
    const erased = object.draw(0, dab(50, 40, 0.5), 'negative');
    await Promise.all([clicked, drawn, erased]);
    expect(await isSet(0, 2, 6)).toBe(true);
    expect(await isSet(0, 51, 40)).toBe(true);
    expect(await isSet(0, 50, 40)).toBe(false);
  });

  it('records nothing where nothing changes', async () => {
    await object.draw(0, dab(50, 40));
    const { version } = session.document;
    expect(await session.draw({ objectId: object.id, frame: 0 }, dab(50, 40), true)).toEqual({
      version,
      pixels: 0,
    });
    expect(session.document.version).toBe(version);
  });

  it('is a seed for runs, as every prompt is', async () => {
    await object.draw(0, { kind: 'lasso', path: [-1, 2, 7, 2, 7, 10, -1, 10] });
    await session.propagate();
    expect(object.frames).toHaveLength(12);
  });

  it('can be refined by a click, which stands on what was drawn', async () => {
    await object.draw(0, dab(50, 40, 3));
    await object.point(0, [2, 6]);
    expect(session.document.promptsAt(object.id, 0).map((one) => one.kind)).toEqual(['mask', 'point']);
  });

  it('is refused on a locked frame and where the object is absent; nothing changes', async () => {
    await session.lockFrame(1);
    await object.markAbsent([2, 3]);
    const before = contentOf(session.document);
    await expect(object.draw(1, dab(5, 5))).rejects.toThrow(EditError);
    await expect(object.draw(2, dab(5, 5))).rejects.toThrow(
      '“a” is marked absent on frame 2: mark it present there to draw it. Nothing was changed.',
    );
    expect(contentOf(session.document)).toEqual(before);
  });

  it('of a gesture is one step with the object it made', async () => {
    const { edit, id } = {
      id: 'new',
      edit: {
        kind: 'add-object',
        object: { id: 'new', number: 9, name: 'new', classId: null, color: '#123456', hidden: false },
      } as const,
    };
    session.change(edit, { gesture: 'g' });
    await session.draw({ objectId: id, frame: 0 }, dab(5, 5), true, { gesture: 'g' });
    await session.undo();
    expect(session.document.objects.map((one) => one.id)).not.toContain('new');
  });
});

describe('a preview', () => {
  it('is the mask that the click would make, and records nothing', async () => {
    const before = contentOf(session.document);
    const seen = await session.preview(object.id, 0, { x: 2, y: 6, positive: true });
    expect(contentOf(session.document)).toEqual(before);
    await object.point(0, [2, 6]);
    expect(runLengthArea(seen)).toBe(area(0));
  });

  it('can be had for an object that is not there yet', async () => {
    const seen = await session.preview(null, 0, { x: 2, y: 6, positive: true });
    expect(runLengthArea(seen)).toBeGreaterThan(0);
  });

  it('of a frame that is not there says so', () => {
    expect(() => session.preview(null, 99, { x: 2, y: 6, positive: true })).toThrow('frame 99');
  });
});
