import { describe, expect, it } from '@jest/globals';
import { ByteCache } from '../../../src/widget/controllers/byte-cache';

describe('a cache with a budget of bytes', () => {
  const gone: string[] = [];
  const entry = (name: string, bytes: number) => ({ bytes, dispose: () => void gone.push(name) });

  it('puts out what was used longest ago', () => {
    gone.length = 0;
    const cache = new ByteCache<string, ReturnType<typeof entry>>(100);
    cache.set('a', entry('a', 40));
    cache.set('b', entry('b', 40));
    cache.get('a');
    cache.set('c', entry('c', 40));
    expect(gone).toEqual(['b']);
    expect(cache.bytes).toBe(80);
    expect(cache.keys()).toEqual(['a', 'c']);
  });

  it('looks without using', () => {
    gone.length = 0;
    const cache = new ByteCache<string, ReturnType<typeof entry>>(100);
    cache.set('a', entry('a', 60));
    cache.set('b', entry('b', 30));
    cache.peek('a');
    cache.set('c', entry('c', 30));
    expect(gone).toEqual(['a']);
  });

  it('keeps what is in sight, whatever the budget', () => {
    gone.length = 0;
    const cache = new ByteCache<string, ReturnType<typeof entry>>(50);
    cache.set('shown', entry('shown', 40));
    cache.set('next', entry('next', 40), ['shown']);
    expect(gone).toEqual([]);
    expect(cache.size).toBe(2);
  });

  it('lets go of what is replaced, deleted or cleared, once each', () => {
    gone.length = 0;
    const cache = new ByteCache<string, ReturnType<typeof entry>>(500);
    cache.set('a', entry('a1', 10));
    cache.set('a', entry('a2', 20));
    cache.set('b', entry('b', 5));
    cache.delete('b');
    cache.clear();
    expect(gone).toEqual(['a1', 'b', 'a2']);
    expect(cache.bytes).toBe(0);
  });
});
