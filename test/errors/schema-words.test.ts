import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { schemaWords } from '../../src/errors';

const schema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(2), v.maxLength(4)),
  frames: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.nonEmpty(), v.maxLength(3)),
  pairs: v.exactOptional(v.pipe(v.array(v.number()), v.minLength(2))),
  sign: v.picklist(['+', '-']),
  kind: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((one) => one !== 'x', 'x is taken'),
    ),
  ),
});
const right = { name: 'ab', frames: [1], sign: '+' };

function words(value: unknown): string {
  const result = v.safeParse(schema, value);
  if (result.success) throw new Error('that fits');
  return schemaWords(result.issues[0], 'the file');
}

describe('what does not fit its schema', () => {
  it.each([
    [3, 'the file is 3, not an object'],
    [null, 'the file is null, not an object'],
    [{ ...right, name: undefined }, 'name is missing'],
    [{ frames: [], sign: '+' }, 'name is missing'],
    [{ ...right, color: 1 }, 'color is not known here'],
    [{ ...right, name: 7 }, 'name is 7, not text'],
    [{ ...right, name: 'a' }, 'name has 1 letter, not at least 2'],
    [{ ...right, name: '' }, 'name is empty'],
    [{ ...right, name: 'abcde' }, 'name has 5 letters, not at most 4'],
    [{ ...right, frames: [] }, 'frames is empty'],
    [{ ...right, frames: [1, 2, 3, 4] }, 'frames has 4 entries, not at most 3'],
    [{ ...right, pairs: [1] }, 'pairs has 1 entry, not at least 2'],
    [{ ...right, frames: {} }, 'frames is an object, not a list'],
    [{ ...right, frames: [0, '1'] }, 'frames.1 is "1", not a number'],
    [{ ...right, frames: [0.5] }, 'frames.0 is 0.5, not a whole number'],
    [{ ...right, frames: [-1] }, 'frames.0 is -1, not at least 0'],
    [{ ...right, sign: '*' }, 'sign is "*", not "+" or "-"'],
    [{ ...right, kind: 'x' }, 'kind: x is taken'],
  ])('is said with its place and what it should be: %j', (value, sentence) => {
    expect(words(value)).toBe(sentence);
  });

  it('is cut where it is long', () => {
    expect(words({ ...right, sign: 'a'.repeat(1e6) }).length).toBeLessThan(120);
  });
});
