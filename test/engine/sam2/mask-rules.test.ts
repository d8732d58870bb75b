import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toBfloat16, writeBfloat16 } from '../../../src/engine/sam2/bfloat16';
import { chooseMask, stability } from '../../../src/engine/sam2/mask-choice';
import { downsampleMask, maskLogits, squareMask } from '../../../src/engine/sam2/mask-prompt';
import { pickTokens, placesNearObject } from '../../../src/engine/sam2/near-object';
import { fillHoles, traceMask } from '../../../src/engine/sam2/trace';

function answer(
  first: readonly number[],
  ious: readonly number[],
): { masks: Float32Array; ious: Float32Array } {
  const masks = new Float32Array(4 * first.length);
  masks.set(first);
  return { masks, ious: Float32Array.from(ious) };
}

describe('which of the four masks is taken', () => {
  it('with a click or none: the best of the last three, and its pointer', () => {
    expect(chooseMask(answer([1, 1], [0.99, 0.2, 0.7, 0.6]), 1)).toEqual({ mask: 2, pointer: 2 });
    expect(chooseMask(answer([1, 1], [0.99, 0.7, 0.7, 0.6]), 0)).toEqual({ mask: 1, pointer: 1 });
  });

  it('with more: the first while it is stable, else the best of the others; always the first pointer', () => {
    expect(chooseMask(answer([5, 5, -5, -5], [0.1, 0.2, 0.9, 0.3]), 2)).toEqual({ mask: 0, pointer: 0 });
    expect(chooseMask(answer([5, 0.01, -5, -5], [0.1, 0.2, 0.9, 0.3]), 2)).toEqual({ mask: 2, pointer: 0 });
  });

  it('calls an empty mask stable', () => {
    expect(stability(Float32Array.of(-1024, -1024))).toBe(1);
  });
});

describe('holes', () => {
  const side = 12;
  const around = (holes: readonly number[]): Float32Array =>
    Float32Array.from({ length: side * side }, (_, i) => (holes.includes(i) ? -3 : 2));

  it('of up to eight pixels are filled, larger ones are not', () => {
    const eight = [26, 27, 28, 29, 38, 39, 40, 41];
    expect(fillHoles(around(eight), side, 8).every((one) => one > 0)).toBe(true);
    const nine = [...eight, 53];
    expect(fillHoles(around(nine), side, 8).filter((one) => one <= 0)).toHaveLength(9);
  });

  it('touch by their corners, too', () => {
    const diagonal = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => i * side + i);
    expect(fillHoles(around(diagonal), side, 8).filter((one) => one <= 0)).toHaveLength(9);
  });

  it('are left where there are none: the same numbers come back', () => {
    const logits = around([]);
    expect(fillHoles(logits, side, 8)).toBe(logits);
  });
});

describe('a mask that the user gave', () => {
  it('becomes logits of 10 inside and -10 outside', () => {
    const data = new Uint8Array(64 * 64);
    for (let y = 16; y < 48; y++) data.fill(1, y * 64 + 16, y * 64 + 48);
    const logits = maskLogits(squareMask({ width: 64, height: 64, data }, 64));
    expect(logits).toHaveLength(256);
    expect(logits[8 * 16 + 8]).toBeCloseTo(10, 5);
    expect(logits[0]).toBeCloseTo(-10, 5);
    const again = traceMask({ logits }, 64, 64);
    // Corners are rounded on the way, nothing else.
    expect(again.data.filter((one, i) => one !== data[i]).length).toBeLessThanOrEqual(12);
  });

  it('is downsampled by a convolution of four by four', () => {
    const square = {
      width: 8,
      height: 8,
      data: Float32Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 1 : 0)),
    };
    const weight = Float32Array.from({ length: 16 }, (_, i) => i);
    expect([...downsampleMask(square, weight, 0.5)]).toEqual([120.5, 0.5, 120.5, 0.5]);
  });
});

describe('memory tokens near the object', () => {
  it('are those of its box and a margin, or all where it is not seen', () => {
    const logits = new Float32Array(32 * 32).fill(-1);
    logits[14 * 32 + 17] = 1;
    expect([...placesNearObject(logits, 8, 1)]).toEqual([19, 20, 21, 27, 28, 29, 35, 36, 37]);
    expect(placesNearObject(new Float32Array(32 * 32).fill(-1), 8, 1)).toHaveLength(64);
  });

  it('keep their numbers', () => {
    expect([...pickTokens(Uint16Array.of(1, 2, 3, 4, 5, 6), Int32Array.of(2, 0), 2)]).toEqual([5, 6, 1, 2]);
  });
});

describe('bfloat16', () => {
  it('is the nearest, ties to even', () => {
    const values = Float32Array.of(1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -0.1);
    const back = new Float32Array(4);
    writeBfloat16(toBfloat16(values), back, 0);
    expect([...back]).toEqual([1, 1, 1 + 2 ** -6, -0.10009765625]);
  });

  it('is off by no more than one part in 256', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (numbers) => {
        const values = Float32Array.from(numbers);
        const back = new Float32Array(values.length);
        writeBfloat16(toBfloat16(values), back, 0);
        values.forEach((one, i) =>
          expect(Math.abs(back[i]! - one)).toBeLessThanOrEqual(Math.abs(one) / 256 + 1e-37),
        );
      }),
    );
  });
});
