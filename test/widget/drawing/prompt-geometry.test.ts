import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BoxRecord, PointRecord } from '../../../src/annotation';
import { boxBetween, boxOnScreen, movedPrompt, promptAt } from '../../../src/widget/drawing';

const picture = { width: 200, height: 100 };
const view = { scaleX: 2, scaleY: 2, left: 10, top: 20 };

function point(id: string, x: number, y: number): PointRecord {
  return { id, objectId: 'o', frame: 0, kind: 'point', x, y, positive: true };
}

function box(id: string, x0: number, y0: number, x1: number, y1: number): BoxRecord {
  return { id, objectId: 'o', frame: 0, kind: 'box', x0, y0, x1, y1 };
}

describe('finding a prompt under the pointer', () => {
  it('takes the nearest point within 12 pixels', () => {
    const prompts = [point('a', 50, 40), point('b', 54, 40)];
    // Point a is at (111, 101), point b at (119, 101).
    expect(promptAt(prompts, view, { x: 112, y: 101 })?.prompt.id).toBe('a');
    expect(promptAt(prompts, view, { x: 117, y: 101 })?.prompt.id).toBe('b');
    expect(promptAt(prompts, view, { x: 132, y: 101 })).toBeNull();
  });

  it('knows a box by its corners and edges, not by what is inside', () => {
    const prompts = [box('b', 20, 10, 79, 59)];
    const { left, top, right, bottom } = boxOnScreen(view, prompts[0]!);
    expect([left, top, right, bottom]).toEqual([50, 40, 170, 140]);
    expect(promptAt(prompts, view, { x: 52, y: 41 })).toMatchObject({ part: 'x0y0' });
    expect(promptAt(prompts, view, { x: 168, y: 138 })).toMatchObject({ part: 'x1y1' });
    expect(promptAt(prompts, view, { x: 168, y: 41 })).toMatchObject({ part: 'x1y0' });
    expect(promptAt(prompts, view, { x: 110, y: 43 })).toMatchObject({ part: 'whole' });
    expect(promptAt(prompts, view, { x: 110, y: 90 })).toBeNull();
  });

  it('prefers a point that lies on a box', () => {
    const prompts = [point('p', 20, 10), box('b', 20, 10, 79, 59)];
    expect(promptAt(prompts, view, { x: 51, y: 41 })?.prompt.id).toBe('p');
  });
});

describe('moving a prompt', () => {
  it('moves a point with the pointer and keeps it inside', () => {
    const hit = { prompt: point('p', 50, 40), part: 'whole' } as const;
    expect(movedPrompt(hit, { x: 51, y: 40 }, { x: 61, y: 45 }, picture)).toMatchObject({ x: 60, y: 45 });
    expect(movedPrompt(hit, { x: 50, y: 40 }, { x: 999, y: -9 }, picture)).toMatchObject({ x: 199, y: 0 });
  });

  it('moves a box by its edge and keeps its size', () => {
    const hit = { prompt: box('b', 20, 10, 79, 59), part: 'whole' } as const;
    const moved = movedPrompt(hit, { x: 20, y: 30 }, { x: 500, y: 500 }, picture);
    expect(moved).toMatchObject({ x0: 140, y0: 50, x1: 199, y1: 99 });
  });

  it('pulls a corner, also across the opposite one', () => {
    const hit = { prompt: box('b', 20, 10, 79, 59), part: 'x1y1' } as const;
    expect(movedPrompt(hit, { x: 79, y: 59 }, { x: 90, y: 70 }, picture)).toMatchObject({ x1: 90, y1: 70 });
    expect(movedPrompt(hit, { x: 79, y: 59 }, { x: 5, y: 4 }, picture)).toMatchObject({
      x0: 5,
      y0: 4,
      x1: 20,
      y1: 10,
    });
  });

  it('keeps a box inside and in order, wherever it is pulled', () => {
    const numbers = fc.integer({ min: -500, max: 500 });
    const parts = fc.constantFrom('whole', 'x0y0', 'x1y0', 'x0y1', 'x1y1');
    fc.assert(
      fc.property(parts, numbers, numbers, (part, x, y) => {
        const hit = { prompt: box('b', 20, 10, 79, 59), part } as const;
        const moved = movedPrompt(hit, { x: 0, y: 0 }, { x, y }, picture) as BoxRecord;
        expect(moved.x0).toBeGreaterThanOrEqual(0);
        expect(moved.x0).toBeLessThanOrEqual(moved.x1);
        expect(moved.y0).toBeLessThanOrEqual(moved.y1);
        expect(moved.x1).toBeLessThan(picture.width);
        expect(moved.y1).toBeLessThan(picture.height);
      }),
    );
  });
});

it('a box between two places has its corners in order and its edges inclusive', () => {
  expect(boxBetween(picture, { x: 30.2, y: 8 }, { x: 10, y: -5 })).toEqual({ x0: 10, y0: 0, x1: 30, y1: 8 });
});
