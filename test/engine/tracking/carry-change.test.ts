import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carryChange, mends } from '../../../src/engine/tracking/carry-change';
import type { Bitmap } from '../../../src/mask';

const row = (...data: number[]): Bitmap => ({ width: data.length, height: 1, data: Uint8Array.from(data) });
const anyRow = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 });

describe('a correction carried to another frame', () => {
  it('adds and takes away where the answers differ, and leaves the rest as it is stored', () => {
    const stored = row(1, 1, 0, 0, 1, 0);
    expect(carryChange(stored, row(1, 0, 1, 0, 0, 1), row(1, 1, 0, 0, 0, 1))).toEqual(row(1, 0, 1, 0, 1, 0));
  });

  it('changes nothing where both answers are the same, however wrong', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (stored, answer) => {
        const found = carryChange(row(...stored), row(...answer), row(...answer));
        expect([...found.data]).toEqual(stored);
      }),
    );
  });

  it('is the corrected answer where the other is what is stored', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (stored, answer) => {
        expect([...carryChange(row(...stored), row(...answer), row(...stored)).data]).toEqual(answer);
      }),
    );
  });
});

describe('a corrected mask', () => {
  it('mends the one before while half of both is common', () => {
    expect(mends(row(1, 1, 1, 0), row(1, 1, 0, 0))).toBe(true);
    expect(mends(row(1, 1, 0, 0), row(1, 1, 1, 1))).toBe(true);
  });

  it('says the object anew where there was nothing, or something else', () => {
    expect(mends(row(0, 0, 0), row(0, 1, 0))).toBe(false);
    expect(mends(row(0, 0, 0), row(0, 0, 0))).toBe(false);
    expect(mends(row(1, 0, 0), row(0, 1, 1))).toBe(false);
  });
});
