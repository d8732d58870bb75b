import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carryChange, ChangeCourse, mends } from '../../../src/engine/tracking/carry-change';
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

describe('the course of a correction', () => {
  const before = row(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
  /** An eighth of it is taken away. */
  const corrected = row(1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
  const without = (count: number): Bitmap => ({
    ...before,
    data: before.data.map((one, i) => (i < 8 - count ? one : 0)),
  });
  /** From frame 10 back to frame 0, or on without an end. */
  const back = (): ChangeCourse => new ChangeCourse(before, corrected, 10, 0);
  const onward = (): ChangeCourse => new ChangeCourse(before, corrected, 10, null);

  it('may take twice as much at first, and less and less of it on the way to a frame that is vouched for', () => {
    expect(back().carry(9, before, without(1), before)).toEqual(without(1));
    expect(back().carry(9, before, without(2), before)).toEqual(before);
    expect(back().carry(5, before, without(1), before)).toEqual(without(1));
    expect(back().carry(4, before, without(1), before)).toEqual(before);
  });

  it('stays ended once it has ended', () => {
    const course = back();
    course.carry(9, before, without(1), before);
    expect(course.ended).toBe(false);
    course.carry(8, before, without(3), before);
    expect(course.ended).toBe(true);
    expect(course.carry(7, before, without(1), before)).toEqual(before);
  });

  it('has no end of its own where it goes away from all that the user vouches for: errors grow there', () => {
    const course = onward();
    expect(course.carry(60, before, without(7), before)).toEqual(without(7));
    expect(course.ended).toBe(false);
  });

  it('goes on over a frame on which it changes nothing', () => {
    const course = back();
    expect(course.carry(9, before, before, before)).toEqual(before);
    expect(course.carry(8, before, without(1), before)).toEqual(without(1));
  });

  it('is measured by the object, however large that is there', () => {
    const large = row(...Array.from({ length: 48 }, (_, i) => (i < 32 ? 1 : 0)));
    const less = (by: number): Bitmap => ({
      ...large,
      data: large.data.map((one, i) => (i < 32 - by ? one : 0)),
    });
    expect(back().carry(5, large, less(4), large)).toEqual(less(4));
    expect(back().carry(5, large, less(5), large)).toEqual(large);
  });

  describe('of an object that was said anew', () => {
    const nothing = row(...Array.from({ length: 12 }, () => 0));
    const other = row(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
    const found = (): ChangeCourse => new ChangeCourse(other, before, 10, 0);

    it('fills what is empty, all the way', () => {
      expect(found().carry(1, nothing, before, null)).toEqual(before);
      expect(found().carry(1, null, before, null)).toEqual(before);
    });

    it('takes the place of another half of the way at most', () => {
      expect(found().carry(6, other, before, null)).toEqual(before);
      expect(found().carry(4, other, before, null)).toEqual(other);
    });

    it('ends where a quarter of what is stored and of the object is the same', () => {
      const quarter = row(0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0);
      const less = row(0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0);
      expect(found().carry(9, less, before, null)).toEqual(before);
      expect(found().carry(9, quarter, before, null)).toEqual(quarter);
      // Onward nobody knows better.
      expect(new ChangeCourse(other, before, 10, null).carry(11, quarter, before, null)).toEqual(before);
    });

    it('goes on over masks that are as wrong as the one that was corrected, and ends where a quarter of that is gained', () => {
      // Three of eight pixels were right: 0.375 and a quarter of the rest is 0.53.
      const part = (count: number): Bitmap => row(...Array.from({ length: 12 }, (_, i) => Number(i < count)));
      const course = new ChangeCourse(part(3), before, 20, 0);
      expect(course.carry(19, part(3), before, null)).toEqual(before);
      expect(course.carry(18, part(4), before, null)).toEqual(before);
      expect(course.carry(17, part(5), before, null)).toEqual(part(5));
      expect(course.ended).toBe(true);
    });

    it('ends, where it had been lost, at the frame on which it was seen last, however little is the same there', () => {
      const lost = new ChangeCourse(nothing, before, 10, 0);
      expect(lost.carry(9, nothing, before, null)).toEqual(before);
      expect(lost.ended).toBe(false);
      // A speck is not the object.
      const [large, speck] = [row(...Array<number>(12).fill(1)), row(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)];
      expect(lost.carry(9, speck, large, null)).toEqual(large);
      expect(lost.carry(8, other, before, null)).toEqual(other);
      expect(lost.ended).toBe(true);
      // Away from all that is vouched for there is nothing that knows better.
      expect(new ChangeCourse(nothing, before, 10, null).carry(11, other, before, null)).toEqual(before);
    });

    it('ends at the frame that is vouched for, whatever is behind it', () => {
      const course = found();
      course.carry(0, nothing, before, null);
      expect(course.ended).toBe(true);
    });
  });
});
