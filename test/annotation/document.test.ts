import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnnotationDocument, newObjectEdit, objectColors } from '../../src/annotation';
import type { Edit, ObjectRecord } from '../../src/annotation';
import { EditError } from '../../src/errors';
import { anyEditSeed, contentOf, editFrom, smallVideo } from '../support/arbitrary-edits';

let document: AnnotationDocument;
let ids: number;
const nextId = (): string => `id${ids++}`;

beforeEach(() => {
  document = new AnnotationDocument(smallVideo);
  ids = 0;
});

function addObject(name?: string, className?: string): ObjectRecord {
  const wanted = { ...(name ? { name } : {}), ...(className ? { class: className } : {}) };
  const { edit, object } = newObjectEdit(document.records(), wanted, nextId);
  document.apply(edit);
  return object;
}

function addPoint(objectId: string, frame: number, x: number, y: number): string {
  const id = nextId();
  document.apply({
    kind: 'add-prompt',
    prompt: { id, objectId, frame, kind: 'point', x, y, positive: true },
  });
  return id;
}

function refusal(edit: Edit): string {
  const before = contentOf(document);
  const { version } = document;
  let message = '';
  try {
    document.apply(edit);
  } catch (error) {
    expect(error).toBeInstanceOf(EditError);
    message = (error as Error).message;
  }
  expect(contentOf(document)).toEqual(before);
  expect(document.version).toBe(version);
  return message;
}

describe('a new object', () => {
  it('is named, numbered and coloured by its place', () => {
    expect(addObject()).toMatchObject({ name: 'object 1', number: 1, color: objectColors[0], classId: null });
    expect(addObject('heron')).toMatchObject({ name: 'heron', number: 2, color: objectColors[1] });
  });

  it('shares its class with others of that class', () => {
    const [a, b] = [addObject('a', 'bird'), addObject('b', 'bird')];
    expect(a.classId).toBe(b.classId);
    expect(document.classes.map((one) => one.name)).toEqual(['bird']);
  });

  it('never takes the number of one that was removed', () => {
    const first = addObject();
    document.apply({ kind: 'remove-object', objectId: first.id });
    expect(addObject().number).toBe(2);
  });

  it('has the number again that undoing freed', () => {
    const { edit } = newObjectEdit(document.records(), {}, nextId);
    document.restore(document.apply(edit).inverse);
    expect(addObject().number).toBe(1);
  });

  it('needs a name that is not blank', () => {
    expect(() => newObjectEdit(document.records(), { name: '  ' }, nextId)).toThrow(EditError);
  });
});

describe('an edit', () => {
  it('raises the version by one', () => {
    addObject();
    expect(document.version).toBe(1);
  });

  it('is undone by its inverse, whatever came before (A3)', () => {
    fc.assert(
      fc.property(fc.array(anyEditSeed, { maxLength: 40 }), (seeds) => {
        const doc = new AnnotationDocument(smallVideo);
        const inverses: Edit[] = [];
        const states: unknown[] = [];
        for (const seed of seeds) {
          const edit = editFrom(seed, doc, nextId);
          if (!edit) continue;
          const before = contentOf(doc);
          try {
            inverses.push(doc.apply(edit).inverse);
            states.push(before);
          } catch (error) {
            expect(error).toBeInstanceOf(EditError);
            expect(contentOf(doc)).toEqual(before);
          }
        }
        while (inverses.length > 0) {
          doc.restore(inverses.pop()!);
          expect(contentOf(doc)).toEqual(states.pop());
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is redone by the inverse of its inverse', () => {
    fc.assert(
      fc.property(fc.array(anyEditSeed, { minLength: 1, maxLength: 25 }), (seeds) => {
        const doc = new AnnotationDocument(smallVideo);
        for (const seed of seeds) {
          const edit = editFrom(seed, doc, nextId);
          if (!edit) continue;
          try {
            const { inverse } = doc.apply(edit);
            const after = contentOf(doc);
            doc.restore(doc.restore(inverse).inverse);
            expect(contentOf(doc)).toEqual(after);
          } catch (error) {
            expect(error).toBeInstanceOf(EditError);
          }
        }
      }),
    );
  });

  it('made of several is applied whole or not at all', () => {
    const object = addObject();
    const point = {
      id: 'p',
      objectId: object.id,
      frame: 0,
      kind: 'point',
      x: 1,
      y: 1,
      positive: true,
    } as const;
    const message = refusal({
      kind: 'together',
      edits: [
        { kind: 'add-prompt', prompt: point },
        { kind: 'remove-prompt', promptId: 'no such prompt' },
      ],
    });
    expect(message).toContain('Nothing was changed');
    expect(document.prompts).toEqual([]);
  });
});

describe('an edit that does not fit is refused with a sentence, and nothing changes:', () => {
  let object: ObjectRecord;
  beforeEach(() => {
    object = addObject('heron', 'bird');
  });
  const point = (x: number, y: number, frame = 0): Edit => ({
    kind: 'add-prompt',
    prompt: { id: 'p', objectId: object.id, frame, kind: 'point', x, y, positive: true },
  });
  const box = (x0: number, y0: number, x1: number, y1: number): Edit => ({
    kind: 'add-prompt',
    prompt: { id: 'p', objectId: object.id, frame: 0, kind: 'box', x0, y0, x1, y1 },
  });

  it('a point outside the picture', () => {
    expect(refusal(point(64, 3))).toContain('outside the picture, which is 64 × 48 pixels');
    expect(refusal(point(3, -0.6))).toContain('outside the picture');
  });

  it('but a point on the edge of the last pixel fits', () => {
    document.apply(point(63.5, 47.5));
    expect(document.prompts).toHaveLength(1);
  });

  it('a box inside out, or outside', () => {
    expect(refusal(box(10, 0, 5, 5))).toContain('x0 ≤ x1');
    expect(refusal(box(0, 0, 64, 5))).toContain('outside the picture');
  });

  it('a frame that is not there', () => {
    expect(refusal(point(1, 1, 10))).toContain('“clip” has frames 0 to 9');
    expect(refusal(point(1, 1, 1.5))).toContain('There is no frame 1.5');
  });

  it('an object, class or prompt that is not there', () => {
    expect(refusal({ kind: 'remove-object', objectId: 'gone' })).toContain('no object');
    expect(refusal({ kind: 'remove-class', classId: 'gone' })).toContain('no class');
    expect(refusal({ kind: 'remove-prompt', promptId: 'gone' })).toContain('no prompt');
  });

  it('a blank name, a colour that is none, a number that is taken', () => {
    expect(refusal({ kind: 'change-object', objectId: object.id, patch: { name: ' ' } })).toContain(
      'needs a name',
    );
    expect(refusal({ kind: 'change-object', objectId: object.id, patch: { color: 'red' } })).toContain(
      '#rrggbb',
    );
    expect(refusal({ kind: 'add-object', object: { ...object, id: 'other' } })).toContain('is taken');
  });

  it('a second class of one name', () => {
    expect(refusal({ kind: 'add-class', class: { id: 'x', name: 'bird' } })).toContain('already');
  });
});

describe('a track', () => {
  const masked = (area: number): Extract<Edit, { kind: 'set-track' }>['changes'][number]['entry'] => ({
    mask: 'm1',
    source: { kind: 'propagated', run: 'run 1', distance: 1 },
    area,
  });

  it('covers frames in runs of one kind', () => {
    const object = addObject();
    const prompted = { mask: 'm0', source: { kind: 'prompted', of: '' } as const, area: 5 };
    document.apply({
      kind: 'set-track',
      objectId: object.id,
      changes: [
        { frame: 4, entry: masked(0) },
        { frame: 0, entry: prompted },
        { frame: 1, entry: masked(5) },
        { frame: 2, entry: masked(4) },
        { frame: 8, entry: masked(4) },
      ],
    });
    expect(document.track(object.id).coverage()).toEqual([
      { first: 0, last: 0, kind: 'prompted' },
      { first: 1, last: 2, kind: 'propagated' },
      { first: 4, last: 4, kind: 'absent' },
      { first: 8, last: 8, kind: 'propagated' },
    ]);
  });

  it('goes with its object and comes back with it', () => {
    const object = addObject();
    addPoint(object.id, 3, 5, 5);
    document.apply({ kind: 'set-track', objectId: object.id, changes: [{ frame: 3, entry: masked(7) }] });
    const before = contentOf(document);
    const { inverse } = document.apply({ kind: 'remove-object', objectId: object.id });
    expect(document.prompts).toEqual([]);
    document.apply(inverse);
    expect(contentOf(document)).toEqual(before);
  });
});
