import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AnnotationDocument,
  lockEdit,
  newObjectEdit,
  outdatedRanges,
  swapEdit,
  unlockEdit,
} from '../../src/annotation';
import type { RunRecord, TrackEntry } from '../../src/annotation';
import { contentOf, smallVideo } from '../support/arbitrary-edits';

let document: AnnotationDocument;
let heron: string;
let ids: number;
const nextId = (): string => `id${ids++}`;
const last = smallVideo.frameCount - 1;

beforeEach(() => {
  ids = 0;
  document = new AnnotationDocument(smallVideo);
  const { edit, object } = newObjectEdit(document.records(), {}, nextId);
  document.apply(edit);
  heron = object.id;
});

const carried = (run: string): TrackEntry => ({
  mask: 'm',
  source: { kind: 'propagated', run, distance: 1 },
  area: 3,
});

function addRun(id: string, from?: number): void {
  const model = { name: 'm', weights: 'w', provider: 'cpu' };
  const run: RunRecord = {
    ...{ id, model, direction: 'both', objectIds: [heron], first: 0, last, stride: 1, blockSize: 8 },
    seeding: 'memory',
    ...(from === undefined ? {} : { from }),
  };
  document.apply({ kind: 'add-run', run });
}

function carry(run: string, first: number, end: number): void {
  const frames = Array.from({ length: end - first + 1 }, (_, n) => first + n);
  const changes = frames.map((frame) => ({ frame, entry: carried(run) }));
  document.apply({ kind: 'set-track', objectId: heron, changes });
}

/** Says of a run that it took the mask of a frame along. */
function note(runId: string, mask: string, ways: readonly (1 | -1)[] = [1, -1], frame = 4): void {
  const carried = ways.map((way) => ({ frame, before: 'm', mask, way }));
  document.apply({ kind: 'set-carried', runId, carried });
}

function correct(frame: number, mask = 'new'): void {
  const there = document.track(heron).entryAt(frame);
  const before = there?.source.kind === 'prompted' ? there.source.before : there;
  const source = { kind: 'prompted', of: 'x', ...(before ? { before } : {}) } as const;
  const entry = { mask, source, area: 3 };
  document.apply({ kind: 'set-track', objectId: heron, changes: [{ frame, entry }] });
}

describe('frames that are out of date', () => {
  it('are those beside a correction, until a run carries it to them', () => {
    addRun('run 1');
    carry('run 1', 1, last);
    expect(outdatedRanges(document, heron)).toEqual([]);
    correct(4);
    expect(outdatedRanges(document, heron)).toEqual([
      [1, 3],
      [5, last],
    ]);
    addRun('run 2');
    carry('run 2', 5, last);
    expect(outdatedRanges(document, heron)).toEqual([[1, 3]]);
  });

  it('end at locked frames and at other prompts, which no run changes', () => {
    addRun('run 1');
    carry('run 1', 0, last);
    correct(4);
    document.apply({ kind: 'set-barrier', frame: 6, on: true });
    document.apply(lockEdit(document, heron, [1, 2], nextId));
    expect(outdatedRanges(document, heron)).toEqual([
      [3, 3],
      [5, 5],
    ]);
  });

  it('are none where a correction was carried on and agreed with what was there', () => {
    addRun('run 1');
    carry('run 1', 0, last);
    correct(4);
    addRun('run 2', 4);
    expect(outdatedRanges(document, heron)).toEqual([]);
  });

  it('are those again beside a corrected frame that is corrected once more', () => {
    addRun('run 1');
    carry('run 1', 0, last);
    correct(4);
    addRun('run 2', 4);
    carry('run 2', 0, 3);
    carry('run 2', 5, last);
    note('run 2', 'new');
    expect(outdatedRanges(document, heron)).toEqual([]);
    correct(4, 'newer');
    const sides = [
      [0, 3],
      [5, last],
    ];
    expect(outdatedRanges(document, heron)).toEqual(sides);
    // What the frames beside it know counts, not how often it was corrected.
    correct(4);
    expect(outdatedRanges(document, heron)).toEqual([]);
    addRun('run 3');
    carry('run 3', 0, 3);
    carry('run 3', 5, last);
    note('run 3', 'new');
    correct(4, 'newer');
    expect(outdatedRanges(document, heron)).toEqual(sides);
  });

  it('are those on the side alone that a run was not carried to', () => {
    addRun('run 1');
    carry('run 1', 0, last);
    correct(4);
    addRun('run 2', 4);
    note('run 2', 'new');
    correct(4, 'newer');
    addRun('run 3', 4);
    note('run 3', 'newer', [1]);
    expect(outdatedRanges(document, heron)).toEqual([[0, 3]]);
  });

  it('are all up to the next prompt, whatever was carried over them in between', () => {
    addRun('run 1');
    carry('run 1', 0, last);
    correct(2);
    addRun('run 2', 2);
    note('run 2', 'new', [1, -1], 2);
    correct(4);
    addRun('run 3', 4);
    carry('run 3', 3, 8);
    note('run 3', 'new');
    correct(8);
    addRun('run 4', 8);
    carry('run 4', 5, 7);
    correct(4, 'newer');
    expect(outdatedRanges(document, heron)).toEqual([
      [3, 3],
      [5, 7],
    ]);
  });

  it('go with the masks when objects are swapped', () => {
    const { edit, object } = newObjectEdit(document.records(), {}, nextId);
    document.apply(edit);
    addRun('run 1');
    carry('run 1', 0, last);
    correct(4);
    addRun('run 2', 4);
    note('run 2', 'new');
    document.apply(swapEdit(document, heron, object.id, 2));
    expect(outdatedRanges(document, heron)).toEqual([]);
    expect(outdatedRanges(document, object.id)).toEqual([]);
  });

  it('are none beside a first prompt, where there was no mask', () => {
    correct(4);
    expect(outdatedRanges(document, heron)).toEqual([]);
  });
});

describe('locking a range', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: last }), fc.integer({ min: 0, max: last }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

  it('locks just those frames, in ranges that neither touch nor overlap, and is undone by its inverse', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), span), { maxLength: 8 }), (steps) => {
        const locked = new Set<number>(document.locks.flatMap((one) => framesOf([one.first, one.last])));
        for (const [on, range] of steps) {
          const before = contentOf(document);
          const make = on ? lockEdit : unlockEdit;
          const { inverse } = document.apply(make(document, heron, range, nextId));
          const after = contentOf(document);
          const { inverse: again } = document.restore(inverse);
          expect(contentOf(document)).toEqual(before);
          document.restore(again);
          expect(contentOf(document)).toEqual(after);
          framesOf(range).forEach((frame) => (on ? locked.add(frame) : locked.delete(frame)));
          expect(framesOf([0, last]).filter((frame) => document.isLocked(heron, frame))).toEqual(
            [...locked].sort((a, b) => a - b),
          );
          const sorted = [...document.locks].sort((a, b) => a.first - b.first);
          for (const [n, one] of sorted.slice(1).entries())
            expect(one.first).toBeGreaterThan(sorted[n]!.last);
        }
      }),
    );
  });
});

function framesOf([first, end]: readonly [number, number]): number[] {
  return Array.from({ length: end - first + 1 }, (_, n) => first + n);
}
