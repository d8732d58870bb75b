import { beforeEach, describe, expect, it } from '@jest/globals';
import { Pinch } from '../../../src/widget/tools';

describe('two fingers', () => {
  let pinch: Pinch;
  beforeEach(() => {
    pinch = new Pinch();
    pinch.down(1, { x: 100, y: 100 });
  });

  it('are no pinch while there is one', () => {
    expect(pinch.active).toBe(false);
    expect(pinch.move(1, { x: 120, y: 100 })).toBeNull();
  });

  it('zoom by the distance between them, about their middle', () => {
    pinch.down(2, { x: 200, y: 100 });
    expect(pinch.move(2, { x: 300, y: 100 })).toEqual({
      factor: 2,
      at: { x: 200, y: 100 },
      pan: { x: 50, y: 0 },
    });
  });

  it('pan where they move together', () => {
    pinch.down(2, { x: 200, y: 100 });
    const first = pinch.move(1, { x: 100, y: 140 })!;
    const second = pinch.move(2, { x: 200, y: 140 })!;
    expect(first.pan.y + second.pan.y).toBe(40);
    expect(first.factor * second.factor).toBeCloseTo(1, 12);
  });

  it('end with one of them lifted', () => {
    pinch.down(2, { x: 200, y: 100 });
    expect(pinch.active).toBe(true);
    pinch.up(2);
    expect(pinch.active).toBe(false);
  });

  it('knows nothing of a finger that never went down', () => {
    expect(pinch.move(9, { x: 1, y: 1 })).toBeNull();
  });
});
