import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settleClaims, settlePixels } from '../../../src/engine/sam1/settle-claims';
import type { Claim, Drawn } from '../../../src/engine/sam1/track-object';

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

/** An object drawn on rows of pixels by the likelihood of each: what is more than half its is its mask. */
function drawn(...rows: (readonly number[])[]): Drawn {
  const likely = rows.flat();
  const data = Uint8Array.from(likely, (p) => (p > 0.5 ? 1 : 0));
  return {
    segmentation: { mask: { width: rows[0]!.length, height: rows.length, data }, score: 1 },
    odds: Float32Array.from(likely, (p) => Math.log(p / (1 - p))),
  };
}

/** Which pixels each object has in the end. */
function settled(...objects: readonly Drawn[]): number[][] {
  return settlePixels(objects).map(({ mask }) => [...mask.data]);
}

const likelihood = fc.double({ min: 0.001, max: 0.999, noNaN: true });
/** Two to five objects on six rows of eight pixels. */
const anyDrawn = fc
  .array(fc.array(likelihood, { minLength: 48, maxLength: 48 }), { minLength: 2, maxLength: 5 })
  .map((objects) =>
    objects.map((all) => drawn(...Array.from({ length: 6 }, (_, y) => all.slice(8 * y, 8 * y + 8)))),
  );

describe('pixels that two objects took', () => {
  it('go to the likelier', () => {
    const left = drawn([0.8, 0.8, 0.7, 0.1, 0.1]);
    const right = drawn([0.1, 0.1, 0.9, 0.9, 0.9]);
    expect(settled(left, right)).toEqual([
      [1, 1, 0, 0, 0],
      [0, 0, 1, 1, 1],
    ]);
  });

  it('go to the first where both are as likely', () => {
    const same = [0.8, 0.8, 0.8];
    expect(settled(drawn(same), drawn(same))).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
  });

  it('are left alone where there is one object: its mask is as it was drawn', () => {
    const { segmentation, odds } = drawn([0.9, 0.9, 0.45, 0.9]);
    expect(settlePixels([{ segmentation, odds }])[0]).toBe(segmentation);
  });
});

describe('a pixel that no object had more than half of', () => {
  it('goes to the likelier of two that it lies between', () => {
    const left = drawn([0.9, 0.9, 0.45, 0.3, 0.1]);
    const right = drawn([0.1, 0.1, 0.35, 0.45, 0.9]);
    expect(settled(left, right)).toEqual([
      [1, 1, 1, 0, 0],
      [0, 0, 0, 1, 1],
    ]);
  });

  it('goes to the first where both are as likely', () => {
    expect(settled(drawn([0.9, 0.4, 0.1]), drawn([0.1, 0.4, 0.9]))).toEqual([
      [1, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('stays background where that is left more than either has', () => {
    expect(settled(drawn([0.9, 0.3, 0.1]), drawn([0.1, 0.35, 0.9]))).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });

  it('goes to one of three where two of them would have left it to the background', () => {
    const [one, two, three] = [
      drawn([0.9, 0.3, 0.1, 0.1]),
      drawn([0.1, 0.28, 0.9, 0.1]),
      drawn([0.1, 0.26, 0.1, 0.9]),
    ];
    expect(settled(one, two)[0]).toEqual([1, 0, 0, 0]);
    expect(settled(one, two, three)).toEqual([
      [1, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
  });

  it('stays background far from every object, however many there are', () => {
    const far = drawn([0.001, 0.001, 0.001]);
    expect(settled(...Array.from({ length: 30 }, () => far)).flat()).not.toContain(1);
  });

  it('makes no part of its own where the object is far: that is noise', () => {
    const across = Array.from({ length: 24 }, (_, x) => (x < 20 ? 0.9 : x === 23 ? 0.45 : 0.01));
    const other = Array.from({ length: 24 }, (_, x) => (x === 23 ? 0.4 : 0.01));
    expect(settled(drawn(across), drawn(other))[0]).toEqual(across.map((p) => Number(p > 0.5)));
  });
});

describe('several objects on a frame', () => {
  it('share no pixel afterwards', () => {
    fc.assert(
      fc.property(anyDrawn, (objects) => {
        const masks = settled(...objects);
        for (let i = 0; i < 48; i++) expect(masks.filter((one) => one[i] === 1).length).toBeLessThan(2);
      }),
    );
  });

  it('are as they were drawn where nothing lies between them', () => {
    const [left, right] = [drawn([0.9, 0.9, 0.2, 0.01, 0.01]), drawn([0.01, 0.01, 0.2, 0.9, 0.9])];
    expect(settlePixels([left, right])).toEqual([left.segmentation, right.segmentation]);
  });
});
