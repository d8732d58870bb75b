import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  fitView,
  isInPicture,
  nearestPixel,
  oneToOneView,
  panView,
  toPicture,
  toScreen,
  zoomView,
} from '../../../src/widget/drawing';

const picture = { width: 1280, height: 720, pixelAspect: 1 };
const stage = { width: 640, height: 480 };
const shapes = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
  pixelAspect: fc.double({ min: 0.5, max: 2, noNaN: true }),
});
const stages = fc.record({
  width: fc.integer({ min: 50, max: 3000 }),
  height: fc.integer({ min: 50, max: 2000 }),
});
const places = fc.record({
  x: fc.double({ min: -100, max: 8000, noNaN: true }),
  y: fc.double({ min: -100, max: 8000, noNaN: true }),
});

describe('the view of a picture', () => {
  it('fits the whole picture, centred', () => {
    expect(fitView(picture, stage)).toEqual({ scaleX: 0.5, scaleY: 0.5, left: 0, top: 60 });
  });

  it('stretches pixels that are not square across, and fits what comes of it', () => {
    const view = fitView({ width: 352, height: 288, pixelAspect: 12 / 11 }, { width: 384, height: 288 });
    expect(view.scaleX / view.scaleY).toBeCloseTo(12 / 11);
    expect(view.scaleX * 352).toBeCloseTo(384);
    expect(view.top).toBeCloseTo(0);
  });

  it('puts the centre of the first pixel half a pixel inside the picture', () => {
    const view = oneToOneView(picture, { width: 1280, height: 720 });
    expect(toScreen(view, { x: 0, y: 0 })).toEqual({ x: 0.5, y: 0.5 });
    expect(toScreen(view, { x: 1279, y: 719 })).toEqual({ x: 1279.5, y: 719.5 });
  });

  it('comes back to the same place from the screen, at any zoom and shape', () => {
    fc.assert(
      fc.property(
        shapes,
        stages,
        places,
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        (shape, room, at, by) => {
          const view = zoomView(fitView(shape, room), by, { x: 10, y: 20 }, shape, room);
          const back = toPicture(view, toScreen(view, at));
          expect(back.x).toBeCloseTo(at.x, 5);
          expect(back.y).toBeCloseTo(at.y, 5);
        },
      ),
    );
  });

  it('comes back to the same place on the screen from the picture', () => {
    fc.assert(
      fc.property(shapes, stages, places, (shape, room, at) => {
        const view = fitView(shape, room);
        const back = toScreen(view, toPicture(view, at));
        expect(back.x).toBeCloseTo(at.x, 5);
        expect(back.y).toBeCloseTo(at.y, 5);
      }),
    );
  });

  it('keeps what is under the pointer where it is when it zooms in', () => {
    const view = fitView(picture, stage);
    const at = { x: 300, y: 200 };
    const under = toPicture(view, at);
    const zoomed = zoomView(view, 3, at, picture, stage);
    expect(zoomed.scaleY).toBeCloseTo(1.5);
    expect(toPicture(zoomed, at).x).toBeCloseTo(under.x);
    expect(toPicture(zoomed, at).y).toBeCloseTo(under.y);
  });

  it('zooms no further than 64 pixels a pixel, and no smaller than a tenth of the fit', () => {
    const view = fitView(picture, stage);
    expect(zoomView(view, 1e6, { x: 0, y: 0 }, picture, stage).scaleY).toBe(64);
    expect(zoomView(view, 1e-6, { x: 0, y: 0 }, picture, stage).scaleY).toBeCloseTo(0.05);
  });

  it('never loses the picture, however far it is moved', () => {
    const numbers = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(shapes, stages, numbers, numbers, (shape, room, x, y) => {
        const view = panView(oneToOneView(shape, room), { x, y }, shape, room);
        expect(view.left).toBeLessThanOrEqual(room.width);
        expect(view.left + shape.width * view.scaleX).toBeGreaterThanOrEqual(0);
        expect(view.top).toBeLessThanOrEqual(room.height);
        expect(view.top + shape.height * view.scaleY).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('does not break before the stage has a size', () => {
    const view = fitView(picture, { width: 0, height: 0 });
    expect(view.scaleX).toBe(1);
  });
});

describe('pixels', () => {
  it('are found by the nearest centre, and at the edge outside the picture', () => {
    expect(nearestPixel(picture, { x: 3.4, y: 3.6 })).toEqual({ x: 3, y: 4 });
    expect(nearestPixel(picture, { x: -7, y: 9999 })).toEqual({ x: 0, y: 719 });
  });

  it('reach half a pixel around their centres', () => {
    expect(isInPicture(picture, { x: -0.5, y: -0.5 })).toBe(true);
    expect(isInPicture(picture, { x: -0.51, y: 0 })).toBe(false);
    expect(isInPicture(picture, { x: 1279.49, y: 719.49 })).toBe(true);
    expect(isInPicture(picture, { x: 1279.5, y: 0 })).toBe(false);
  });
});
