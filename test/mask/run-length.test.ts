import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bitmapArea,
  bitmapIou,
  decodeRunLength,
  emptyRunLength,
  encodeRunLength,
  paintRunLength,
  runLengthArea,
  runLengthIou,
  withoutRunLengths,
} from '../../src/mask';
import type { RunLength } from '../../src/mask';
import { anyBitmap, anyBitmapPair, bitmapOf } from '../support/arbitrary-masks';

describe('run lengths', () => {
  it('go down the columns and begin with pixels that are not set, as in COCO', () => {
    expect([...encodeRunLength(bitmapOf('#.', '##')).counts]).toEqual([0, 2, 1, 1]);
    expect([...encodeRunLength(bitmapOf('..#', '.##')).counts]).toEqual([3, 3]);
  });

  it('give the same bitmap back', () => {
    fc.assert(
      fc.property(anyBitmap, (mask) => {
        expect(decodeRunLength(encodeRunLength(mask))).toEqual(mask);
      }),
    );
  });

  it('have a canonical form: no run but the first is empty', () => {
    fc.assert(
      fc.property(anyBitmap, (mask) => {
        expect([...encodeRunLength(mask).counts.subarray(1)]).not.toContain(0);
      }),
    );
  });

  it('lose the pixels of others, and no more', () => {
    fc.assert(
      fc.property(anyBitmapPair, ([mask, other]) => {
        const data = mask.data.map((one, i) => (other.data[i] === 1 ? 0 : one));
        const [had, taken] = [mask, other].map(encodeRunLength) as [RunLength, RunLength];
        expect(decodeRunLength(withoutRunLengths(had, [taken]))).toEqual({ ...mask, data });
        expect(withoutRunLengths(had, [])).toEqual(had);
      }),
    );
  });

  it('add up to the number of pixels', () => {
    fc.assert(
      fc.property(anyBitmap, (mask) => {
        const { counts } = encodeRunLength(mask);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(mask.data.length);
      }),
    );
  });

  it('know their area without decoding', () => {
    fc.assert(
      fc.property(anyBitmap, (mask) => {
        expect(runLengthArea(encodeRunLength(mask))).toBe(bitmapArea(mask));
      }),
    );
  });

  it('have the intersection over union of their bitmaps', () => {
    fc.assert(
      fc.property(anyBitmapPair, ([a, b]) => {
        expect(runLengthIou(encodeRunLength(a), encodeRunLength(b))).toBeCloseTo(bitmapIou(a, b), 12);
      }),
    );
  });

  it('count two empty masks as the same', () => {
    expect(runLengthIou(emptyRunLength(4, 3), emptyRunLength(4, 3))).toBe(1);
  });

  it('refuse to be compared with a mask of another size', () => {
    expect(() => runLengthIou(emptyRunLength(4, 3), emptyRunLength(3, 4))).toThrow(TypeError);
  });

  it('are refused when they cover too little or too much', () => {
    expect(() => decodeRunLength({ width: 2, height: 2, counts: Uint32Array.of(3) })).toThrow(/cover 3 of/);
    expect(() => decodeRunLength({ width: 2, height: 2, counts: Uint32Array.of(3, 2) })).toThrow(/exceed/);
  });

  it('are painted over what is there and leave the rest', () => {
    const target = Uint8Array.of(9, 9, 9, 9);
    paintRunLength(encodeRunLength(bitmapOf('#.', '.#')), target, 5);
    expect([...target]).toEqual([5, 9, 9, 5]);
  });
});
