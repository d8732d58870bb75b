import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bitmapArea, connectedComponents, keepLargeComponents, withoutSpecks } from '../../src/mask';
import type { Bitmap } from '../../src/mask';
import { anyBitmap, bitmapOf } from '../support/arbitrary-masks';

function rowsOf({ width, data }: Bitmap): string[] {
  return Array.from({ length: data.length / width }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].map((one) => (one === 1 ? '#' : '.')).join(''),
  );
}

function turned(mask: Bitmap): Bitmap {
  return { ...mask, data: mask.data.map((one) => 1 - one) };
}

/** A mask with a line of background around it. */
function padded({ width, height, data }: Bitmap): Bitmap {
  const wide = { width: width + 2, height: height + 2, data: new Uint8Array((width + 2) * (height + 2)) };
  for (let y = 0; y < height; y++)
    wide.data.set(data.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
  return wide;
}

describe('the parts of a mask', () => {
  it('touch by their sides, or by their corners too', () => {
    const mask = bitmapOf('##..', '..#.', '...#');
    expect(connectedComponents(mask).sizes).toEqual([2, 1, 1]);
    expect(connectedComponents(mask, true).sizes).toEqual([4]);
  });

  it('hold every pixel of it once', () => {
    fc.assert(
      fc.property(anyBitmap, fc.boolean(), (mask, corners) => {
        const { labels, sizes } = connectedComponents(mask, corners);
        expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(bitmapArea(mask));
        expect([...labels].map((label) => (label > 0 ? 1 : 0))).toEqual([...mask.data]);
      }),
    );
  });

  it('stay where they are a share of the largest', () => {
    expect(rowsOf(keepLargeComponents(bitmapOf('####.#', '####..', '......', '##....'), 0.25))).toEqual([
      '####..',
      '####..',
      '......',
      '##....',
    ]);
  });
});

describe('a mask without specks', () => {
  it('has no small parts and no small gaps', () => {
    const mask = bitmapOf('......#.', '.#####..', '.##.##..', '.#####..', '.#...#..', '.#...#..', '.#####..');
    expect(rowsOf(withoutSpecks(mask, 3))).toEqual([
      '........',
      '.#####..',
      '.#####..',
      '.#####..',
      '.#...#..',
      '.#...#..',
      '.#####..',
    ]);
  });

  it('keeps a gap that is open to the outside, and the largest part however small', () => {
    const mask = bitmapOf('#.#', '###');
    expect(withoutSpecks(mask, 5)).toEqual(mask);
    expect(withoutSpecks(bitmapOf('...', '.#.'), 9)).toEqual(bitmapOf('...', '.#.'));
  });

  it('has nothing small left, and is as it was elsewhere', () => {
    fc.assert(
      fc.property(anyBitmap, fc.integer({ min: 0, max: 9 }), (mask, least) => {
        const found = withoutSpecks(mask, least);
        const small = (sizes: readonly number[]): number[] =>
          sizes.filter((one) => one < least && one < Math.max(...sizes));
        expect(small(connectedComponents(found).sizes)).toEqual([]);
        expect(small(connectedComponents(turned(padded(found))).sizes)).toEqual([]);
        const parts = connectedComponents(mask);
        const gaps = connectedComponents(turned(mask));
        const sizeAt = (i: number): number =>
          mask.data[i] === 1 ? parts.sizes[parts.labels[i]! - 1]! : gaps.sizes[gaps.labels[i]! - 1]!;
        found.data.forEach((one, i) => {
          if (one !== mask.data[i]) expect(sizeAt(i)).toBeLessThan(least);
        });
        expect(withoutSpecks(found, least)).toEqual(found);
      }),
    );
  });
});
