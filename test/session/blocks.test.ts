import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { blockSizeFor, blockSpan, cutSweep } from '../../src/session/blocks';
import { davisFolder } from '../support/davis';

describe('cutting a sweep at the blocks’ bounds', () => {
  it('covers every frame, each piece beginning where the one before ended (F3)', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.nat(300),
        fc.integer({ min: 2, max: 60 }),
        fc.boolean(),
        (first, more, size, reverse) => {
          const last = first + more;
          const spans = cutSweep(first, last, size, reverse);
          const inOrder = reverse ? [...spans].reverse() : spans;
          expect(inOrder[0]![0]).toBe(first);
          expect(inOrder.at(-1)![1]).toBe(last);
          inOrder.slice(1).forEach(([from], i) => expect(from).toBe(inOrder[i]![1]));
          inOrder.forEach(([from, to]) => expect(to - from).toBeLessThanOrEqual(size));
          inOrder.slice(1).forEach(([from]) => expect(from % size).toBe(0));
        },
      ),
    );
  });

  it('has the blocks that can be asked for by number', () => {
    expect([0, 1, 2, 3].map((number) => blockSpan(number, 20, 55))).toEqual([
      [0, 20],
      [20, 40],
      [40, 54],
      null,
    ]);
    expect(blockSpan(2, 20, 41)).toBeNull();
    expect(blockSpan(0, 20, 1)).toEqual([0, 0]);
  });

  it('follows from a budget in MiB where the user gave no size', () => {
    expect(blockSizeFor(512, 6.8 * 2 ** 20)).toBe(75);
    expect(blockSizeFor(1, 6.8 * 2 ** 20)).toBe(8);
    expect(blockSizeFor(512, null)).toBe(120);
    expect(blockSizeFor(512, 1000)).toBe(1000);
  });
});

describe('blocks of real pictures (F4)', () => {
  it('give the masks of the uncut run within 0.02 mean IoU, and their seams agree', () => {
    const script = join(__dirname, '..', 'support', 'blocks-davis.cjs');
    const text = execFileSync(process.execPath, [script, davisFolder(), 'dog', '17', '8'], {
      encoding: 'utf8',
    });
    const { uncut, cut, seams } = JSON.parse(text) as { uncut: number; cut: number; seams: number[] };
    expect(Math.abs(uncut - cut)).toBeLessThan(0.02);
    expect(uncut).toBeGreaterThan(0.85);
    expect(seams).toHaveLength(1);
    expect(seams[0]).toBeGreaterThan(0.9);
  }, 300_000);
});
