import { describe, expect, it } from '@jest/globals';
import { EditError } from '../../src/errors';
import { findObject, objectNamed, objectNames } from '../../src/session/object-names';

const object = (number: number, name: string): { id: string; number: number; name: string } => ({
  id: `id${number}`,
  number,
  name,
});
const objects = [object(1, 'swan'), object(2, 'duck'), object(4, 'swan'), object(5, '#2'), object(6, 'swan')];

describe('an object', () => {
  it.each([
    ['duck', 2],
    ['id4', 4],
    ['#4', 4],
    ['#2', 5],
  ])('is found by its name before its id and its number: %s', (which, number) => {
    expect(findObject(objects, which).number).toBe(number);
  });

  it('is never chosen among several of a name: the numbers are said', () => {
    const error = new EditError(
      '3 objects are named “swan”. Nothing was changed. Say which by its number: #1, #4 or #6.',
      { name: 'swan' },
    );
    expect(() => findObject(objects, 'swan', 'Nothing was changed.')).toThrow(error);
    expect(() => objectNamed(objects, 'swan')).toThrow('“swan”. Say which');
  });

  it('that is not there is answered with those that are, told from each other', () => {
    expect(() => findObject(objects, '#3', 'Nothing was computed.')).toThrow(
      'There is no object “#3”. Nothing was computed. There are: “swan (#1)”, “duck”, “swan (#4)”, “#2”, “swan (#6)”.',
    );
    expect(() => findObject([], 'swan')).toThrow('There is no object “swan”. There are no objects yet.');
    expect(objectNamed(objects, '#3')).toBeUndefined();
  });

  it('is called by its number too where its name is not its own, or looks like that', () => {
    const names = objectNames([...objects, object(7, 'swan (#1)')]);
    expect([...names.values()]).toEqual([
      ...['swan (#1)', 'duck', 'swan (#4)', '#2', 'swan (#6)', 'swan (#1) (#7)'],
    ]);
  });
});
