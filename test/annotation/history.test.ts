import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnnotationDocument, History, loadDocument, newObjectEdit, saveDocument } from '../../src/annotation';
import type { Edit, TrackEntry } from '../../src/annotation';
import { EditError } from '../../src/errors';
import { anyEditSeed, contentOf, editFrom, smallVideo } from '../support/arbitrary-edits';

let document: AnnotationDocument;
let history: History;
let ids: number;
const nextId = (): string => `id${ids++}`;

beforeEach(() => {
  document = new AnnotationDocument(smallVideo);
  history = new History();
  ids = 0;
});

/** Applies an edit as a part of a step. */
function make(step: string, edit: Edit): void {
  history.record({ id: step, label: step }, document.apply(edit));
}

function addObject(step: string): string {
  const { edit, object } = newObjectEdit(document.records(), {}, nextId);
  make(step, edit);
  return object.id;
}

const mask = (id: string): TrackEntry => ({
  mask: id,
  source: { kind: 'propagated', run: 'run 1', distance: 1 },
  area: 3,
});

describe('history (A3)', () => {
  it('comes back to the identical document by as many undos as there were edits, and forth again', () => {
    fc.assert(
      fc.property(fc.array(anyEditSeed, { maxLength: 40 }), (seeds) => {
        const doc = new AnnotationDocument(smallVideo);
        const past = new History();
        const states = [contentOf(doc)];
        for (const [i, seed] of seeds.entries()) {
          try {
            const edit = editFrom(seed, doc, nextId);
            if (!edit) continue;
            past.record({ id: `s${i}`, label: '' }, doc.apply(edit));
            states.push(contentOf(doc));
          } catch (error) {
            expect(error).toBeInstanceOf(EditError);
          }
        }
        for (let i = states.length - 1; i > 0; i--) {
          expect(contentOf(doc)).toEqual(states[i]);
          expect(past.undo(doc)).not.toBeNull();
        }
        expect(contentOf(doc)).toEqual(states[0]);
        expect(past.undo(doc)).toBeNull();
        for (const state of states.slice(1)) {
          past.redo(doc);
          expect(contentOf(doc)).toEqual(state);
        }
        expect(past.redo(doc)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('takes a gesture of many edits back at once', () => {
    const object = addObject('add');
    for (const x of [1, 2, 3])
      make('drag', {
        kind: 'add-prompt',
        prompt: { id: nextId(), objectId: object, frame: 0, kind: 'point', x, y: 0, positive: true },
      });
    expect(history.undo(document)!.step).toEqual({ id: 'drag', label: 'drag' });
    expect(document.prompts).toEqual([]);
    expect(history.redo(document)!.applied).toHaveLength(3);
    expect(document.prompts).toHaveLength(3);
  });

  it('keeps a result that comes late with the step that asked for it', () => {
    const object = addObject('add');
    make('click', {
      kind: 'add-prompt',
      prompt: { id: 'p', objectId: object, frame: 2, kind: 'point', x: 1, y: 1, positive: true },
    });
    addObject('another');
    make('click', { kind: 'set-track', objectId: object, changes: [{ frame: 2, entry: mask('m') }] });
    history.undo(document);
    expect(document.objects).toHaveLength(1);
    expect(document.track(object).entryAt(2)).toBeDefined();
    history.undo(document);
    expect(document.track(object).entryAt(2)).toBeUndefined();
    expect(document.prompts).toEqual([]);
    history.redo(document);
    expect(document.track(object).entryAt(2)).toEqual(mask('m'));
  });

  it('swaps the versions of tracks when a run is undone and redone', () => {
    const [a, b] = [addObject('a'), addObject('b')];
    for (const frame of [0, 1, 2])
      for (const object of [a, b])
        make('run 1', {
          kind: 'set-track',
          objectId: object,
          changes: [{ frame, entry: mask(`1-${frame}`) }],
        });
    const first = contentOf(document);
    for (const frame of [1, 2, 1])
      for (const object of [a, b])
        make('run 2', {
          kind: 'set-track',
          objectId: object,
          changes: [{ frame, entry: mask(`2-${frame}`) }],
        });
    const second = contentOf(document);
    expect(history.undo(document)!.applied).toHaveLength(2);
    expect(contentOf(document)).toEqual(first);
    history.redo(document);
    expect(contentOf(document)).toEqual(second);
  });

  it('forgets what was undone when something new is done', () => {
    addObject('one');
    history.undo(document);
    expect(history.redoable!.label).toBe('one');
    addObject('two');
    expect(history.redoable).toBeNull();
    expect(history.redo(document)).toBeNull();
  });

  it('is the same after it was written down and read again', () => {
    fc.assert(
      fc.property(fc.array(anyEditSeed, { maxLength: 25 }), fc.nat(5), (seeds, undos) => {
        const doc = new AnnotationDocument(smallVideo);
        const past = new History();
        for (const [i, seed] of seeds.entries()) {
          try {
            const edit = editFrom(seed, doc, nextId);
            if (edit) past.record({ id: `s${i}`, label: '' }, doc.apply(edit));
          } catch (error) {
            expect(error).toBeInstanceOf(EditError);
          }
        }
        for (let i = 0; i < undos; i++) past.undo(doc);
        const kept = JSON.parse(JSON.stringify(past.keep(1e6))) as ReturnType<History['keep']>;
        const again = History.of(kept);
        expect(again.keep(1e6)).toEqual(kept);
        const copy = loadDocument(smallVideo, JSON.parse(JSON.stringify(saveDocument(doc))));
        for (const way of ['undo', 'redo'] as const) {
          while (past[way](doc)) {
            expect(again[way](copy)).not.toBeNull();
            expect(contentOf(copy)).toEqual(contentOf(doc));
          }
          expect(again[way](copy)).toBeNull();
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the latest steps when there are too many changes to write down', () => {
    const object = addObject('add');
    const changes = Array.from({ length: 10 }, (_, frame) => ({ frame, entry: mask('m') }));
    make('long run', { kind: 'set-track', objectId: object, changes });
    addObject('last');
    expect(history.keep(5).undo.map((one) => one.id)).toEqual(['last']);
    expect(history.keep(11).undo.map((one) => one.id)).toEqual(['long run', 'last']);
  });
});
