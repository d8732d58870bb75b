import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  fittedScale,
  frameAt,
  frameLeft,
  frameMiddle,
  framesShown,
  isWhole,
  revealed,
  rulerTicks,
  scrolledTo,
  wholeScale,
  zoomScale,
} from '../../../src/widget/timeline';

const scales = fc
  .record({
    frames: fc.integer({ min: 1, max: 200_000 }),
    width: fc.integer({ min: 60, max: 3000 }),
    factor: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    x: fc.integer({ min: 0, max: 3000 }),
  })
  .map(({ frames, width, factor, x }) => zoomScale(wholeScale(frames, width), factor, Math.min(x, width)));

describe("the timeline's scale", () => {
  it('shows the whole video with room for marks at both ends', () => {
    const scale = wholeScale(100, 216);
    expect(scale.pixelsPerFrame).toBe(2);
    expect(frameLeft(scale, 0)).toBe(8);
    expect(frameLeft(scale, 100)).toBe(208);
    expect(isWhole(scale)).toBe(true);
  });

  it('makes the frames of a short video no wider than 32 pixels', () => {
    expect(wholeScale(3, 1000).pixelsPerFrame).toBe(32);
    expect(isWhole(wholeScale(3, 1000))).toBe(true);
  });

  it('finds the frame under a place that it put it at, at any zoom', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, share) => {
        const first = Math.ceil(scale.first);
        const last = Math.min(scale.frameCount, Math.floor(scale.first + framesShown(scale))) - 1;
        const frame = Math.max(0, Math.round(first + share * Math.max(0, last - first)));
        expect(frameAt(scale, frameMiddle(scale, frame))).toBe(Math.min(frame, scale.frameCount - 1));
      }),
    );
  });

  it('never scrolls beyond the video, and never shows more than all of it', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: -1e6, max: 1e6 }), (scale, first) => {
        const moved = scrolledTo(scale, first);
        expect(moved.first).toBeGreaterThanOrEqual(0);
        expect(moved.first).toBeLessThanOrEqual(Math.max(0, scale.frameCount - framesShown(scale)) + 1e-6);
      }),
    );
  });

  it('keeps the frame under the pointer while it zooms', () => {
    const scale = zoomScale(wholeScale(10_000, 1016), 1, 0);
    const zoomed = zoomScale(scale, 20, 508);
    expect(frameAt(zoomed, 508)).toBe(frameAt(scale, 508));
    expect(framesShown(zoomed)).toBeCloseTo(500);
  });

  it('comes back to the whole when it is zoomed out', () => {
    const scale = zoomScale(zoomScale(wholeScale(900, 1016), 8, 700), 1 / 50, 20);
    expect(isWhole(scale)).toBe(true);
    expect(scale.first).toBe(0);
  });

  it('stays whole in another width, and keeps its zoom otherwise', () => {
    expect(isWhole(fittedScale(wholeScale(900, 1000), 500, 900))).toBe(true);
    const zoomed = zoomScale(wholeScale(900, 1000), 10, 500);
    expect(fittedScale(zoomed, 500, 900).pixelsPerFrame).toBe(zoomed.pixelsPerFrame);
    expect(isWhole(fittedScale(zoomed, 500, 300))).toBe(true);
  });

  it('scrolls only when the frame would be out of sight', () => {
    const scale = scrolledTo(zoomScale(wholeScale(1000, 1016), 10, 8), 100);
    expect(framesShown(scale)).toBeCloseTo(100);
    expect(revealed(scale, 150)).toBe(scale);
    expect(revealed(scale, 90).first).toBeCloseTo(80);
    expect(revealed(scale, 205).first).toBeCloseTo(116);
    expect(revealed(scale, 0).first).toBe(0);
  });

  it('does not break before it has a width', () => {
    expect(framesShown(wholeScale(100, 0))).toBe(100);
    expect(isWhole(wholeScale(100, 0))).toBe(true);
    expect(rulerTicks(wholeScale(0, 0))).toEqual([]);
  });
});

describe('the ruler', () => {
  it('has labels at round numbers, far enough apart', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        const labelled = rulerTicks(scale).filter((tick) => tick.labelled);
        for (const [index, tick] of labelled.entries()) {
          expect(String(tick.frame)).toMatch(/^(0|[1-9]\d*)$/);
          if (index > 0) expect(tick.x - labelled[index - 1]!.x).toBeGreaterThanOrEqual(31);
        }
        expect(labelled.length).toBeLessThanOrEqual(scale.width / 31 + 1);
      }),
    );
  });

  it('has few ticks for a long video', () => {
    const ticks = rulerTicks(wholeScale(10_000, 1016));
    expect(ticks.filter((tick) => tick.labelled).map((tick) => tick.frame)).toEqual([
      0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000,
    ]);
    expect(ticks.length).toBeLessThan(80);
  });
});
