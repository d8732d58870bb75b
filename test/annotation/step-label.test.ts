import { describe, expect, it } from '@jest/globals';
import { newObjectEdit } from '../../src/annotation';
import type { Edit } from '../../src/annotation';
import { stepLabel } from '../../src/annotation/step-label';

const addClass: Edit = { kind: 'add-class', class: { id: 'c', name: 'girl' } };
const changeObject: Edit = { kind: 'change-object', objectId: 'o', patch: { classId: 'c' } };

describe('what a step is called', () => {
  it('is the object that is added, also where its class is made along the way', () => {
    let ids = 0;
    const known = { classes: [], objects: [], lastNumber: 0 };
    const { edit } = newObjectEdit(known, { name: 'A', class: 'girl' }, () => `id${ids++}`);
    expect(edit.kind).toBe('together');
    expect(stepLabel(edit)).toBe('Add object');
  });

  it('is the change of an object that is given a new class', () => {
    expect(stepLabel({ kind: 'together', edits: [addClass, changeObject] })).toBe('Change object');
  });

  it('is the class where nothing else is done', () => {
    expect(stepLabel(addClass)).toBe('Add class');
    expect(stepLabel({ kind: 'together', edits: [addClass, addClass] })).toBe('Add class');
  });
});
