import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnnotationDocument } from '../../../src/annotation';
import type { Edit, ObjectRecord, PointRecord } from '../../../src/annotation';
import { withPendingEdits } from '../../../src/widget/controllers/pending-edits';

const video = { name: 'clip', width: 100, height: 50, frameCount: 10 };

function object(n: number): ObjectRecord {
  return { id: `o${n}`, number: n, name: `object ${n}`, classId: null, color: '#73c4e2', hidden: false };
}

function point(n: number, objectId: string, x = n): PointRecord {
  return { id: `p${n}`, objectId, frame: 0, kind: 'point', x, y: 1, positive: true };
}

/** Edits that all fit, one after the other. */
const someEdits: Edit[] = [
  { kind: 'add-class', class: { id: 'c1', name: 'bird' } },
  {
    kind: 'together',
    edits: [
      { kind: 'add-object', object: { ...object(1), classId: 'c1' } },
      { kind: 'add-prompt', prompt: point(1, 'o1') },
    ],
  },
  { kind: 'add-object', object: object(2) },
  { kind: 'add-prompt', prompt: point(2, 'o2') },
  { kind: 'change-prompt', prompt: point(2, 'o2', 44) },
  { kind: 'change-object', objectId: 'o1', patch: { name: 'heron', hidden: true } },
  { kind: 'change-class', classId: 'c1', name: 'fish' },
  { kind: 'remove-prompt', promptId: 'p1' },
  { kind: 'remove-object', objectId: 'o2' },
];

describe('the document with edits on their way', () => {
  it('is what the kernel will make of it, wherever the kernel is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: someEdits.length }),
        fc.integer({ min: 0, max: someEdits.length }),
        (arrived, answered) => {
          const document = new AnnotationDocument(video);
          someEdits.slice(0, arrived).forEach((edit) => document.apply(edit));
          const known = document.records();
          // Edits whose answers are late may be in the document already.
          const pending = someEdits.slice(Math.min(answered, arrived));
          someEdits.slice(arrived).forEach((edit) => document.apply(edit));
          const { objects, prompts, classes, lastNumber } = document.records();
          expect(withPendingEdits(known, pending)).toMatchObject({ objects, prompts, classes, lastNumber });
        },
      ),
    );
  });

  it('leaves the document alone that it was given', () => {
    const document = new AnnotationDocument(video).records();
    withPendingEdits(document, someEdits);
    expect(document.objects).toEqual([]);
    expect(withPendingEdits(document, [])).toBe(document);
  });

  it('removes a class without a trace of its objects', () => {
    const document = withPendingEdits(new AnnotationDocument(video).records(), [
      ...someEdits.slice(0, 2),
      { kind: 'remove-class', classId: 'c1' },
    ]);
    expect(document.classes).toEqual([]);
    expect(document.objects).toHaveLength(1);
  });
});
