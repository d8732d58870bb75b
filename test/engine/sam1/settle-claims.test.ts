import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settleClaims, settlePixels } from '../../../src/engine/sam1/settle-claims';
import type { Claim, Drawn } from '../../../src/engine/sam1/track-object';
import { anyBitmapPair } from '../../support/arbitrary-masks';
import { bitmapOf } from '../../support/arbitrary-masks';

/** A claim on a row of cells; `off`: how far each lies from where the object is expected. */
function claim(grid: readonly number[], off: readonly number[] = grid.map(() => 0)): Claim {
  return {
    ballots: [],
    grid: Float32Array.from(grid),
    likeness: 0.9,
    off: Float32Array.from(off),
    share: null,
  };
}

function rounded({ grid }: Claim): number[] {
  return Array.from(grid, (one) => Math.round(one * 100) / 100);
}

describe('what two objects claim', () => {
  it('stays as it is where only one of them does', () => {
    const [left, right] = settleClaims([claim([0.9, 0.8, 0]), claim([0, 0, 0.9])]);
    expect(rounded(left!)).toEqual([0.9, 0.8, 0]);
    expect(rounded(right!)).toEqual([0, 0, 0.9]);
    expect(Array.from(left!.share!)).toEqual([1, 1, 1]);
  });

  it('stays as it is in a cell on their border, which is part the one’s and part the other’s', () => {
    const [left, right] = settleClaims([claim([0.7], [0]), claim([0.3], [4])]);
    expect([rounded(left!), rounded(right!)]).toEqual([[0.7], [0.3]]);
  });

  it('goes to the one that is expected there, where both look alike', () => {
    const [here, there] = settleClaims([claim([0.95], [0]), claim([0.95], [4])]);
    expect(here!.grid[0]).toBeGreaterThan(0.9);
    expect(there!.grid[0]).toBeLessThan(0.2);
  });

  it('goes to the likelier, where both are expected', () => {
    const [likelier, other] = settleClaims([claim([0.98]), claim([0.7])]);
    expect(likelier!.grid[0]).toBeGreaterThan(0.9);
    expect(other!.grid[0]).toBeLessThan(0.5);
  });

  it('never grows, and loses nothing for good', () => {
    const share = fc.float({ min: 0, max: 1, noNaN: true });
    const far = fc.float({ min: 0, max: 4, noNaN: true });
    const any = fc.array(fc.tuple(share, far), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(any, { minLength: 2, maxLength: 4 }), (all) => {
        const claims = all.map((cells) =>
          claim(
            cells.map(([p]) => p),
            cells.map(([, off]) => off),
          ),
        );
        for (const [k, { grid, share: left }] of settleClaims(claims).entries())
          for (let i = 0; i < 5; i++) {
            expect(grid[i]).toBeLessThanOrEqual(claims[k]!.grid[i]!);
            expect(left![i]).toBeGreaterThan(0);
            expect(left![i]).toBeLessThanOrEqual(1);
          }
      }),
    );
  });
});

function drawn(mask: Drawn['segmentation']['mask'], odds: number): Drawn {
  return { segmentation: { mask, score: 1 }, odds: new Float32Array(mask.data.length).fill(odds) };
}

describe('pixels that two objects took', () => {
  it('go to the likelier', () => {
    const [left, right] = settlePixels([drawn(bitmapOf('###..'), 1), drawn(bitmapOf('..###'), 2)]);
    expect([...left!.mask.data]).toEqual([1, 1, 0, 0, 0]);
    expect([...right!.mask.data]).toEqual([0, 0, 1, 1, 1]);
  });

  it('belong to one afterwards, and to the same whenever it is asked', () => {
    fc.assert(
      fc.property(anyBitmapPair, fc.constantFrom(0, 1, 2), ([one, other], odds) => {
        const settled = settlePixels([drawn(one, 1), drawn(other, odds)]).map(({ mask }) => mask.data);
        const both = settled[0]!.filter((value, i) => value === 1 && settled[1]![i] === 1);
        expect(both).toHaveLength(0);
        expect(settlePixels([drawn(one, 1), drawn(other, odds)]).map(({ mask }) => mask.data)).toEqual(
          settled,
        );
      }),
    );
  });

  it('are left alone where there is one object: its mask is as it was drawn', () => {
    const mask = bitmapOf('###.#');
    expect(settlePixels([drawn(mask, 1)])[0]!.mask.data).toEqual(mask.data);
  });
});
