import { beforeEach, describe, expect, it } from '@jest/globals';
import { toPicture } from '../../../src/widget/drawing';
import { StageView } from '../../../src/widget/controllers/stage-view';

describe("the stage's view", () => {
  let view: StageView;
  beforeEach(() => {
    view = new StageView();
    view.setPicture({ width: 200, height: 100, pixelAspect: 1 });
    view.resize({ width: 400, height: 300 });
  });

  it('goes on fitting while the stage changes its size', () => {
    expect(view.transform.scaleX).toBe(2);
    view.resize({ width: 200, height: 300 });
    expect(view.transform.scaleX).toBe(1);
    expect(view.fits).toBe(true);
  });

  it('keeps the zoom and the middle of the picture when the stage changes after zooming', () => {
    view.zoomBy(4);
    const middle = toPicture(view.transform, { x: 200, y: 150 });
    view.resize({ width: 500, height: 200 });
    expect(view.fits).toBe(false);
    expect(view.transform.scaleX).toBe(8);
    expect(toPicture(view.transform, { x: 250, y: 100 }).x).toBeCloseTo(middle.x);
    expect(toPicture(view.transform, { x: 250, y: 100 }).y).toBeCloseTo(middle.y);
  });

  it('says whether the size has changed', () => {
    expect(view.resize({ width: 400, height: 300 })).toBe(false);
    expect(view.resize({ width: 401, height: 300 })).toBe(true);
  });

  it('shows another picture whole, and the same picture as it was', () => {
    view.oneToOne();
    view.setPicture({ width: 200, height: 100, pixelAspect: 1 });
    expect(view.transform.scaleX).toBe(1);
    view.setPicture({ width: 200, height: 100, pixelAspect: 2 });
    expect(view.fits).toBe(true);
    expect(view.transform).toMatchObject({ scaleX: 2, scaleY: 1 });
  });

  it('pans only as far as the picture stays in sight', () => {
    view.panBy({ x: 9999, y: 0 });
    expect(view.transform.left).toBe(0);
    view.zoomBy(10);
    view.panBy({ x: -99999, y: 0 });
    expect(view.transform.left + 200 * view.transform.scaleX).toBe(200);
  });
});
