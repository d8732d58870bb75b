import { describe, expect, it } from '@jest/globals';
import { placeNames } from '../../../src/widget/drawing';

const stage = { width: 400, height: 300 };
const name = (id: string, left: number, top: number, right: number, bottom: number) => ({
  id,
  width: 60,
  height: 18,
  box: { left, top, right, bottom },
});

describe('names at objects', () => {
  it('stand above the middle of their object', () => {
    expect(placeNames([name('a', 100, 100, 200, 200)], stage)).toEqual([{ id: 'a', left: 120, top: 76 }]);
  });

  it('go below where another name is above', () => {
    const [a, b] = placeNames([name('a', 100, 100, 200, 200), name('b', 100, 100, 200, 180)], stage);
    expect(a!.top).toBe(76);
    expect(b!.top).toBe(186);
  });

  it('stay inside the stage', () => {
    const [a] = placeNames([name('a', -50, -20, 20, 300)], stage);
    expect(a!.left).toBe(2);
    expect(a!.top).toBeGreaterThanOrEqual(2);
    expect(a!.top + 18).toBeLessThanOrEqual(300);
  });

  it('are left out for objects out of sight', () => {
    expect(placeNames([name('a', 500, 10, 600, 40), name('b', 0, -90, 40, -10)], stage)).toEqual([]);
  });
});
