import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddingShelf, readAhead, sweepShelves } from '../../../src/engine/tracking';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-shelf-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = (count: number, value: number): Uint8Array => new Uint8Array(count).fill(value);

describe('embeddings on the disk (F3)', () => {
  it('come back as they were put, in parts or not', async () => {
    const shelf = new EmbeddingShelf(100, join(folder, 'a'));
    expect(shelf.put('one', [bytes(3, 1), bytes(2, 2)])).toBe(true);
    expect([...(await shelf.get('one'))!]).toEqual([1, 1, 1, 2, 2]);
    expect(await shelf.get('two')).toBeNull();
    shelf.dispose();
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  it('take no more than their bound: the oldest go, what is too large is not taken', async () => {
    const shelf = new EmbeddingShelf(100, join(folder, 'b'));
    for (let i = 0; i < 20; i++) shelf.put(`frame ${i}`, [bytes(30, i)]);
    expect(shelf.used).toBe(90);
    expect(shelf.put('huge', [bytes(101, 1)])).toBe(false);
    expect([shelf.has('frame 16'), shelf.has('frame 17')]).toEqual([false, true]);
    expect([...(await shelf.get('frame 19'))!]).toEqual(new Array(30).fill(19));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readdirSync(join(folder, 'b')).length).toBeLessThanOrEqual(4);
    shelf.dispose();
  });

  it('are no loss when the disk takes nothing, or when someone cleaned up', async () => {
    const nowhere = new EmbeddingShelf(100, join('/dev/null', 'no'));
    nowhere.put('one', [bytes(3, 1)]);
    expect(await nowhere.get('one')).toBeNull();
    const shelf = new EmbeddingShelf(100, join(folder, 'c'));
    shelf.put('one', [bytes(3, 1)]);
    await shelf.get('one');
    rmSync(join(folder, 'c'), { recursive: true });
    expect(await shelf.get('one')).toBeNull();
    expect(shelf.used).toBe(0);
  });

  it('of processes that are no more are swept away, those of the living are not', () => {
    const cache = join(folder, 'cache');
    for (const name of [`embeddings-${process.pid}`, 'embeddings-4194999', 'else'])
      mkdirSync(join(cache, name), { recursive: true });
    sweepShelves(cache);
    expect(readdirSync(cache).sort()).toEqual(['else', `embeddings-${process.pid}`].sort());
    sweepShelves(join(folder, 'not there'));
  });
});

describe('reading ahead', () => {
  async function* numbers(count: number, log: string[]): AsyncGenerator<number, void, undefined> {
    try {
      for (let i = 0; i < count; i++) {
        log.push(`read ${i}`);
        yield i;
      }
    } finally {
      log.push('closed');
    }
  }

  it('has the next item read and begun while one is worked on', async () => {
    const log: string[] = [];
    for await (const { item, prepared } of readAhead(numbers(3, log), async (one) =>
      log.push(`begin ${one}`),
    )) {
      await prepared;
      log.push(`work ${item}`);
    }
    expect(log).toEqual([
      'read 0',
      'begin 0',
      'read 1',
      'begin 1',
      'work 0',
      'read 2',
      'begin 2',
      'work 1',
      'closed',
      'work 2',
    ]);
  });

  it('ends the source when the loop is left', async () => {
    const log: string[] = [];
    for await (const { item } of readAhead(numbers(9, log), () => null)) if (item === 1) break;
    expect(log).toEqual(['read 0', 'read 1', 'read 2', 'closed']);
  });
});
