import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FormatError } from '../../src/errors';
import { parseRleString, rleString } from '../../src/formats/rle-string';
import { encodeRunLength } from '../../src/mask';
import { anyBitmap } from '../support/arbitrary-masks';
import { ownersAnswer } from '../support/scenes';

describe('COCO’s compressed run lengths', () => {
  it('are read back as they were written, whatever the lengths', () => {
    const counts = fc.array(fc.nat(1 << 20), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(counts, (list) => {
        const width = Math.max(
          1,
          list.reduce((sum, one) => sum + one, 0),
        );
        const whole = list.some((one) => one > 0) ? list : [1];
        const mask = { width, height: 1, counts: Uint32Array.from(whole) };
        expect(parseRleString(rleString(mask), width, 1)).toEqual(mask);
      }),
    );
  });

  it('are those of pycocotools, sign by sign, and it reads ours', () => {
    const masks = fc.sample(anyBitmap, { numRuns: 200, seed: 3 });
    const [answers] = ownersAnswer<[string, boolean][]>([
      {
        format: 'rle-strings',
        masks: masks.map((one) => ({
          width: one.width,
          height: one.height,
          data: [...one.data],
          counts: rleString(encodeRunLength(one)),
        })),
      },
    ]);
    masks.forEach((mask, i) => {
      const [theirs, same] = answers![i]!;
      expect(rleString(encodeRunLength(mask))).toBe(theirs);
      expect(same).toBe(true);
      expect(parseRleString(theirs, mask.width, mask.height)).toEqual(encodeRunLength(mask));
    });
  });

  it('that are anything else are refused in a sentence', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseRleString(text, 5, 4).counts.reduce((sum, one) => sum + one, 0)).toBe(20);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
