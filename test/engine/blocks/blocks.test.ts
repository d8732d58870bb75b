import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryBudget, planBlocks } from '../../../src/engine/blocks';
import { EmbeddingCache } from '../../../src/engine/tracking';

describe('blocks', () => {
  it('cover a range without gap or overlap, in the order of the run', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(200),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (first, length, size, reverse) => {
          const last = first + length;
          const blocks = planBlocks(first, last, size, reverse);
          const frames = blocks.flatMap((block) =>
            Array.from({ length: block.last - block.first + 1 }, (_, i) =>
              reverse ? block.last - i : block.first + i,
            ),
          );
          const expected = Array.from({ length: length + 1 }, (_, i) => (reverse ? last - i : first + i));
          expect(frames).toEqual(expected);
          expect(blocks.every((block) => block.last - block.first < size)).toBe(true);
          expect(blocks.map((block) => block.number)).toEqual(blocks.map((_, i) => i));
        },
      ),
    );
  });

  it('have one frame or more', () => {
    expect(() => planBlocks(0, 9, 0, false)).toThrow(TypeError);
  });
});

describe('the memory budget', () => {
  it('is never exceeded, and gives back all that was taken (F3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ frame: fc.nat(12), bytes: fc.nat(400) }), { maxLength: 60 }),
        async (asks) => {
          const budget = new MemoryBudget(1000);
          const caches = [new EmbeddingCache(budget), new EmbeddingCache(budget)];
          for (const [i, { frame, bytes }] of asks.entries()) {
            const found = await caches[i % 2]!.of(frame, async () => ({ frameIndex: frame, bytes }));
            expect(found.frameIndex).toBe(frame);
            expect(budget.used).toBeLessThanOrEqual(1000);
          }
          caches.forEach((cache) => cache.clear(0));
          expect(budget.used).toBe(0);
        },
      ),
    );
  });

  it('is for closeups of a frame as for frames, each kept by itself', async () => {
    const cache = new EmbeddingCache(new MemoryBudget(1000));
    const made: string[] = [];
    const ask = (key: string | null): Promise<unknown> =>
      cache.of(
        3,
        async () => {
          made.push(key ?? 'all');
          return { frameIndex: 3, bytes: 100 };
        },
        key === null ? null : { key },
      );
    for (const key of ['near', null, 'near', 'far', null, 'far']) await ask(key);
    expect(made).toEqual(['near', 'all', 'far']);
    expect(cache.has(3)).toBe(true);
    expect(cache.has(4)).toBe(false);
  });

  it('lets go of what is over a smaller limit, and takes more under a larger one', async () => {
    const budget = new MemoryBudget(300);
    const cache = new EmbeddingCache(budget);
    const ask = (frame: number): Promise<unknown> =>
      cache.of(frame, async () => ({ frameIndex: frame, bytes: 100 }));
    for (const frame of [1, 2, 3]) await ask(frame);
    budget.limit = 150;
    expect([budget.used, cache.has(3), cache.has(1)]).toEqual([100, true, false]);
    budget.limit = 400;
    for (const frame of [1, 2, 3, 4]) await ask(frame);
    expect(budget.used).toBe(400);
  });

  it('lets the embedding used longest ago go first', async () => {
    const cache = new EmbeddingCache(new MemoryBudget(200));
    const encoded: number[] = [];
    const ask = (frame: number): Promise<unknown> =>
      cache.of(frame, async () => {
        encoded.push(frame);
        return { frameIndex: frame, bytes: 100 };
      });
    await ask(1);
    await ask(2);
    await ask(1);
    await ask(3);
    await ask(1);
    expect(encoded).toEqual([1, 2, 3]);
    await ask(2);
    expect(encoded).toEqual([1, 2, 3, 2]);
  });
});
