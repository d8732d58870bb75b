import { describe, expect, it } from '@jest/globals';
import { MemoryBudget } from '../../../src/engine/blocks';
import { EmbeddingCache } from '../../../src/engine/tracking';
import type { Embedding } from '../../../src/engine/tracking';

const cacheOf = (): EmbeddingCache => new EmbeddingCache(new MemoryBudget(1000));
const embedding = (frameIndex: number): Embedding => ({ frameIndex, bytes: 10 });
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('a frame that several want at once', () => {
  it('is encoded once for all of them', async () => {
    const cache = cacheOf();
    let encoded = 0;
    const encode = async (): Promise<Embedding> => {
      encoded++;
      await later();
      return embedding(3);
    };
    const all = await Promise.all([1, 2, 3].map(() => cache.of(3, encode)));
    expect(encoded).toBe(1);
    expect(new Set(all).size).toBe(1);
  });

  it('is encoded again for who still wants it when the first gives up', async () => {
    const cache = cacheOf();
    const first = cache.of(3, async () => {
      await later();
      throw new Error('the run was cancelled');
    });
    const second = cache.of(3, async () => embedding(3));
    await expect(first).rejects.toThrow('cancelled');
    expect((await second).frameIndex).toBe(3);
  });

  it('is not mixed up with a closeup of it', async () => {
    const cache = cacheOf();
    const seen = (name: string) => async (): Promise<Embedding> => {
      await later();
      return { ...embedding(3), name } as Embedding;
    };
    const [whole, closer] = await Promise.all([
      cache.of(3, seen('whole')),
      cache.of(3, seen('closer'), { key: '2 0 0' }),
    ]);
    expect(whole).toMatchObject({ name: 'whole' });
    expect(closer).toMatchObject({ name: 'closer' });
  });
});
