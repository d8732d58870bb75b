import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AnnotationDocument,
  deleteRangeEdit,
  markAbsentEdit,
  markPresentEdit,
  newObjectEdit,
  splitEdit,
  swapEdit,
  unlockEdit,
} from '../../src/annotation';
import type { Edit, TrackEntry } from '../../src/annotation';
import { contentOf, smallVideo } from '../support/arbitrary-edits';

let document: AnnotationDocument;
let ids: number;
const nextId = (): string => `id${ids++}`;

beforeEach(() => {
  document = new AnnotationDocument(smallVideo);
  ids = 0;
});

function addObject(name: string): string {
  const { edit, object } = newObjectEdit(document.records(), { name }, nextId);
  document.apply(edit);
  return object.id;
}

const propagated = (mask: string): TrackEntry => ({
  mask,
  source: { kind: 'propagated', run: 'run 1', distance: 1 },
  area: 3,
});
const prompted = (mask: string, before?: TrackEntry): TrackEntry => ({
  mask,
  source: { kind: 'prompted', of: 'x', ...(before ? { before } : {}) },
  area: 3,
});

function setMasks(objectId: string, masks: Readonly<Record<number, TrackEntry>>): void {
  const changes = Object.entries(masks).map(([frame, entry]) => ({ frame: Number(frame), entry }));
  document.apply({ kind: 'set-track', objectId, changes });
}

function addPoint(objectId: string, frame: number): Edit {
  return {
    kind: 'add-prompt',
    prompt: { id: nextId(), objectId, frame, kind: 'point', x: 1, y: 1, positive: true },
  };
}

function masksOf(objectId: string): Record<number, string> {
  const track = document.track(objectId);
  return Object.fromEntries(track.frames().map((frame) => [frame, track.entryAt(frame)!.mask]));
}

describe('a barrier (F5)', () => {
  it('lets nothing change a mask or prompt on its frame, of any object', () => {
    const a = addObject('a');
    setMasks(a, { 3: propagated('m3'), 4: propagated('m4') });
    document.apply({ kind: 'set-barrier', frame: 3, on: true });
    const before = contentOf(document);
    const refused = [
      addPoint(a, 3),
      { kind: 'set-track', objectId: a, changes: [{ frame: 3, entry: null }] },
      deleteRangeEdit(document, a, [2, 4]),
      markAbsentEdit(document, a, [0, 9], nextId),
    ] as const;
    for (const edit of refused) expect(() => document.apply(edit)).toThrow('Frame 3 is locked by a barrier');
    expect(contentOf(document)).toEqual(before);
    document.apply(addPoint(a, 4));
    document.apply({ kind: 'set-barrier', frame: 3, on: false });
    document.apply(addPoint(a, 3));
  });

  it('is set once, however often it is set', () => {
    document.apply({ kind: 'set-barrier', frame: 5, on: true });
    const { inverse } = document.apply({ kind: 'set-barrier', frame: 5, on: true });
    document.apply({ kind: 'set-barrier', frame: 2, on: true });
    expect(document.barriers).toEqual([2, 5]);
    document.restore(inverse);
    expect(document.barriers).toEqual([2, 5]);
  });
});

describe('a lock of one object in a range (F5)', () => {
  it('holds its masks and no others', () => {
    const [a, b] = [addObject('a'), addObject('b')];
    document.apply({ kind: 'add-lock', lock: { id: 'l', objectId: a, first: 2, last: 5 } });
    expect(() => document.apply(addPoint(a, 5))).toThrow('“a” is locked on frames 2 to 5');
    document.apply(addPoint(a, 6));
    document.apply(addPoint(b, 5));
    expect(document.isLocked(a, 2)).toBe(true);
    expect(document.isLocked(b, 2)).toBe(false);
  });

  it('is opened in the middle, and its ends stay locked', () => {
    const a = addObject('a');
    document.apply({ kind: 'add-lock', lock: { id: 'l', objectId: a, first: 0, last: 9 } });
    document.apply(unlockEdit(document, a, [4, 6], nextId));
    expect(document.locks.map(({ first, last }) => [first, last])).toEqual([
      [0, 3],
      [7, 9],
    ]);
  });
});

describe('an absence (D2)', () => {
  it('takes prompts and the masks that they made away, and keeps propagated masks beneath', () => {
    const a = addObject('a');
    document.apply(addPoint(a, 2));
    document.apply(addPoint(a, 3));
    setMasks(a, { 1: propagated('m1'), 2: prompted('m2', propagated('old')), 3: prompted('m3') });
    document.apply(markAbsentEdit(document, a, [1, 3], nextId));
    expect(document.prompts).toEqual([]);
    expect(masksOf(a)).toEqual({ 1: 'm1', 2: 'old' });
    expect([0, 1, 3, 4].map((frame) => document.isAbsent(a, frame))).toEqual([false, true, true, false]);
    expect(document.coverage(a)).toEqual([{ first: 1, last: 3, kind: 'absent' }]);
    expect(() => document.apply(addPoint(a, 2))).toThrow('was marked absent on frames 1 to 3');
  });

  it('joins those that it touches, and can be taken back in part', () => {
    const a = addObject('a');
    for (const range of [
      [1, 2],
      [5, 6],
      [3, 4],
    ] as const)
      document.apply(markAbsentEdit(document, a, range, nextId));
    expect(document.absences.map(({ first, last }) => [first, last])).toEqual([[1, 6]]);
    document.apply(markPresentEdit(document, a, [3, 3], nextId));
    expect(document.absences.map(({ first, last }) => [first, last])).toEqual([
      [1, 2],
      [4, 6],
    ]);
    expect(document.isAbsent(a, 3)).toBe(false);
  });
});

describe('swapping, splitting, deleting in a range (D2)', () => {
  it('swaps prompts and masks from a frame on, and swapping again brings them back', () => {
    const [a, b] = [addObject('a'), addObject('b')];
    document.apply(addPoint(a, 0));
    document.apply(addPoint(b, 6));
    setMasks(a, { 0: prompted('a0'), 5: propagated('a5'), 7: propagated('a7') });
    setMasks(b, { 4: propagated('b4'), 5: propagated('b5'), 6: prompted('b6') });
    const before = contentOf(document);
    document.apply(swapEdit(document, a, b, 5));
    expect(masksOf(a)).toEqual({ 0: 'a0', 5: 'b5', 6: 'b6' });
    expect(masksOf(b)).toEqual({ 4: 'b4', 5: 'a5', 7: 'a7' });
    expect(document.promptsAt(a, 6)).toHaveLength(1);
    document.apply(swapEdit(document, a, b, 5));
    expect(contentOf(document)).toEqual(before);
    expect(() => swapEdit(document, a, a, 0)).toThrow('with itself');
  });

  it('refuses to swap what is locked, and changes nothing', () => {
    const [a, b] = [addObject('a'), addObject('b')];
    setMasks(a, { 5: propagated('a5') });
    document.apply({ kind: 'add-lock', lock: { id: 'l', objectId: b, first: 5, last: 5 } });
    const before = contentOf(document);
    expect(() => document.apply(swapEdit(document, a, b, 0))).toThrow('“b” is locked');
    expect(contentOf(document)).toEqual(before);
  });

  it('splits an object in two at a frame, with prompts and values', () => {
    const a = addObject('a');
    document.apply(addPoint(a, 4));
    setMasks(a, { 1: propagated('m1'), 4: prompted('m4'), 5: propagated('m5') });
    document.apply({ kind: 'add-feature', feature: { id: 'f', name: 'f', type: 'number', options: [] } });
    const change = { value: 2 };
    document.apply({ kind: 'set-feature', featureId: 'f', objectId: a, frame: 5, change });
    const before = contentOf(document);
    const { object } = newObjectEdit(document.records(), { name: 'b' }, nextId);
    const { inverse } = document.apply(splitEdit(document, a, 4, object));
    expect(masksOf(a)).toEqual({ 1: 'm1' });
    expect(masksOf(object.id)).toEqual({ 4: 'm4', 5: 'm5' });
    expect(document.featureAt(object.id, 'f', 5)).toBe(2);
    expect(document.featureAt(a, 'f', 9)).toBeNull();
    document.restore(inverse);
    expect(contentOf(document)).toEqual(before);
    expect(() => splitEdit(document, a, 6, object)).toThrow('nothing to split off');
  });

  it('deletes prompts and masks in a range only', () => {
    const a = addObject('a');
    document.apply(addPoint(a, 4));
    setMasks(a, { 1: propagated('m1'), 4: prompted('m4'), 5: propagated('m5') });
    document.apply(deleteRangeEdit(document, a, [2, 4]));
    expect(masksOf(a)).toEqual({ 1: 'm1', 5: 'm5' });
    expect(document.prompts).toEqual([]);
  });
});

describe('a feature (E1)', () => {
  let a: string;
  beforeEach(() => {
    a = addObject('a');
    document.apply({
      kind: 'add-feature',
      feature: { id: 'f', name: 'behaviour', type: 'choice', options: ['rest', 'walk'] },
    });
  });
  const set = (frame: number, value: string | null): void => {
    document.apply({ kind: 'set-feature', featureId: 'f', objectId: a, frame, change: { value } });
  };

  it('has the value of its last change in time, whatever was entered last', () => {
    set(6, 'walk');
    set(2, 'rest');
    set(8, null);
    const values = Array.from({ length: 10 }, (_, frame) => document.featureAt(a, 'f', frame));
    expect(values).toEqual([null, null, 'rest', 'rest', 'rest', 'rest', 'walk', 'walk', null, null]);
  });

  it('takes values of its type only', () => {
    expect(() => set(0, 'fly')).toThrow('“behaviour” is one of “rest”, “walk”, not "fly"');
    document.apply({ kind: 'add-feature', feature: { id: 'n', name: 'n', type: 'number', options: [] } });
    const wrong: Edit = {
      kind: 'set-feature',
      featureId: 'n',
      objectId: a,
      frame: 0,
      change: { value: 'x' },
    };
    expect(() => document.apply(wrong)).toThrow('“n” is a number');
  });

  it('keeps an option that is in use', () => {
    set(3, 'walk');
    const drop: Edit = { kind: 'change-feature', featureId: 'f', patch: { options: ['rest'] } };
    expect(() => document.apply(drop)).toThrow('“walk” is in use on frame 3');
  });

  it('goes with its object and comes back with it', () => {
    set(3, 'walk');
    const before = contentOf(document);
    const { inverse } = document.apply({ kind: 'remove-object', objectId: a });
    expect(document.featureChanges).toEqual([]);
    document.restore(inverse);
    expect(contentOf(document)).toEqual(before);
  });
});
