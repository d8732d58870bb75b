import { describe, expect, it } from '@jest/globals';
import { emptyRunLength, runLengthArea } from '../../../src/mask';
import { DrawnStrokes } from '../../../src/widget/controllers/drawn-strokes';

const size = { width: 40, height: 30 };
const stroke = { kind: 'brush', radius: 0.5, path: [5, 5, 9, 5] } as const;
const none = new Map([['o', emptyRunLength(40, 30)]]);

describe('strokes on their way', () => {
  it('are in the masks at once, of objects that have none yet as well', () => {
    const strokes = new DrawnStrokes();
    strokes.add({ objectId: 'new', frame: 3, stroke, adds: true });
    expect(runLengthArea(strokes.over(3, none, 1, size).get('new')!)).toBe(5);
    expect(strokes.over(4, none, 1, size)).toBe(none);
  });

  it('stay until the masks hold the version that has them', () => {
    const strokes = new DrawnStrokes();
    const sent = strokes.add({ objectId: 'o', frame: 3, stroke, adds: true });
    sent.arrived(8);
    expect(runLengthArea(strokes.over(3, none, 7, size).get('o')!)).toBe(5);
    expect(strokes.over(3, none, 8, size)).toBe(none);
    expect(strokes.over(3, none, 7, size)).toBe(none);
  });

  it('go where they are refused', () => {
    const strokes = new DrawnStrokes();
    const sent = strokes.add({ objectId: 'o', frame: 3, stroke, adds: true });
    strokes.over(3, none, 1, size);
    sent.refused();
    expect(strokes.over(3, none, 1, size)).toBe(none);
  });

  it('build on each other', () => {
    const strokes = new DrawnStrokes();
    strokes.add({ objectId: 'o', frame: 3, stroke, adds: true });
    strokes.add({ objectId: 'o', frame: 3, stroke: { ...stroke, path: [9, 5] }, adds: false });
    expect(runLengthArea(strokes.over(3, none, 1, size).get('o')!)).toBe(4);
  });

  it('are worked out once for the same masks', () => {
    const strokes = new DrawnStrokes();
    strokes.add({ objectId: 'o', frame: 3, stroke, adds: true });
    expect(strokes.over(3, none, 1, size)).toBe(strokes.over(3, none, 1, size));
  });
});
