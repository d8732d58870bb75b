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

/** Each pixel's part, from 1 in reading order, by floods from pixel to pixel. */
function flooded({ width, height, data }: Bitmap, corners: boolean): number[] {
  const labels = Array.from(data, () => 0);
  let parts = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    parts++;
    const stack = [start];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (data[at] === 0 || labels[at] !== 0) continue;
      labels[at] = parts;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const [dx, dy] of [-1, 0, 1].flatMap((u) => [-1, 0, 1].map((v) => [u, v] as const))) {
        if (dx !== 0 && dy !== 0 && !corners) continue;
        const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        if (inside) stack.push(at + dy * width + dx);
      }
    }
  }
  return labels;
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

  it('are numbered in reading order of their first pixels, as a flood from each of these finds them', () => {
    fc.assert(
      fc.property(anyBitmap, fc.boolean(), (mask, corners) => {
        const { labels, sizes } = connectedComponents(mask, corners);
        const expected = flooded(mask, corners);
        expect([...labels]).toEqual(expected);
        expect(sizes).toEqual(sizes.map((_, i) => expected.filter((label) => label === i + 1).length));
      }),
      { numRuns: 500 },
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
