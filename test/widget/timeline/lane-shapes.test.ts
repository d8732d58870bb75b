import { describe, expect, it } from '@jest/globals';
import type { CoverageRun } from '../../../src/annotation';
import {
  kindAt,
  laneShapes,
  markPlaces,
  scrolledTo,
  wholeScale,
  zoomScale,
} from '../../../src/widget/timeline';

const runs: CoverageRun[] = [
  { first: 10, last: 10, kind: 'prompted' },
  { first: 11, last: 49, kind: 'propagated' },
  { first: 50, last: 59, kind: 'absent' },
  { first: 80, last: 89, kind: 'propagated' },
];
/** Two pixels a frame, eight of room at the ends. */
const scale = wholeScale(100, 216);

describe("an object's lane", () => {
  it('joins what touches, and keeps where the object is absent apart', () => {
    expect(laneShapes(runs, scale)).toEqual({
      bars: [
        { x0: 28, x1: 108 },
        { x0: 168, x1: 188 },
      ],
      imported: [],
      absent: [{ x0: 108, x1: 128 }],
    });
  });

  it('draws only what is in sight', () => {
    const zoomed = scrolledTo(zoomScale(scale, 8, 8), 75);
    const { bars, absent } = laneShapes(runs, zoomed);
    expect(bars).toHaveLength(1);
    expect(absent).toHaveLength(0);
  });

  it('has no more stretches than pixels, however the frames alternate', () => {
    const many = Array.from({ length: 5_000 }, (_, n): CoverageRun => ({
      first: n * 2,
      last: n * 2,
      kind: 'propagated',
    }));
    expect(laneShapes(many, wholeScale(10_000, 1000)).bars.length).toBeLessThanOrEqual(1000);
  });

  it('shows a single frame of a long video as a pixel', () => {
    const [bar] = laneShapes([{ first: 5000, last: 5000, kind: 'prompted' }], wholeScale(10_000, 1000)).bars;
    expect(bar!.x1 - bar!.x0).toBe(1);
  });

  it('leaves out marks that would lie on each other', () => {
    expect(markPlaces([3, 4, 50], scale)).toEqual([15, 17, 109]);
    expect(markPlaces([0, 1, 2, 3], wholeScale(10_000, 1000))).toHaveLength(1);
  });

  it.each([
    [9, null],
    [10, 'prompted'],
    [11, 'propagated'],
    [49, 'propagated'],
    [50, 'absent'],
    [60, null],
    [89, 'propagated'],
    [90, null],
  ])('knows what there is on frame %i: %s', (frame, kind) => {
    expect(kindAt(runs, frame)).toBe(kind);
  });
});
