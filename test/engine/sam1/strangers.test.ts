import { describe, expect, it } from '@jest/globals';
import type { Ballot } from '../../../src/engine/sam1/label-vote';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { withoutStrangers } from '../../../src/engine/sam1/strangers';

const geometry = { ...pictureGeometry(128, 16), columns: 8, rows: 1 };

/** What a vote leaves of cells, given how likely and how like their matches they are. */
function left(
  grid: readonly number[],
  likeness: readonly number[],
  usual: number | null,
  cell: number = 0.85,
): { cells: number[]; likeness: number | null } {
  const ballot = { likeness: Float32Array.from(likeness) } as unknown as Ballot;
  const found = withoutStrangers(Float32Array.from(grid), [ballot], geometry, usual, { part: 0.85, cell });
  return { cells: [...found.grid].map((p) => (p > 0.5 ? 1 : 0)), likeness: found.likeness };
}

describe('a vote without strangers', () => {
  const twoParts = [0.9, 0.9, 0.9, 0, 0, 0.9, 0.9, 0];

  it('keeps parts that look as the object usually does, and no others', () => {
    expect(left(twoParts, [0.8, 0.8, 0.8, 0, 0, 0.5, 0.5, 0], 0.8).cells).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it('is empty where nothing looks like the object', () => {
    const all = left(twoParts, [0.4, 0.4, 0.4, 0, 0, 0.5, 0.5, 0], 0.8);
    expect(all).toEqual({ cells: [0, 0, 0, 0, 0, 0, 0, 0], likeness: null });
  });

  it('takes the likest part for the object where nothing is usual yet', () => {
    expect(left(twoParts, [0.4, 0.4, 0.4, 0, 0, 0.6, 0.6, 0], null).cells).toEqual([0, 0, 0, 0, 0, 1, 1, 0]);
  });

  it('takes single cells out of a familiar part by a bar of their own', () => {
    const blurred = [0.8, 0.62, 0.8, 0, 0, 0, 0, 0];
    const grid = [0.9, 0.9, 0.9, 0, 0, 0, 0, 0];
    expect(left(grid, blurred, 0.8).cells).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
    expect(left(grid, blurred, 0.8, 0.85 ** 2).cells).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  });
});
