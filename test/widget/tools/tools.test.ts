import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PointRecord } from '../../../src/annotation';
import { PointerDriver } from '../../support/widget-pointer-driver';

const prompt: PointRecord = {
  id: 'p1',
  objectId: 'o',
  frame: 0,
  kind: 'point',
  x: 50,
  y: 40,
  positive: true,
};

describe('the point tool', () => {
  let driver: PointerDriver;
  beforeEach(() => {
    driver = new PointerDriver('point');
  });

  it('adds where the left button clicks', () => {
    driver.click(100, 60);
    expect(driver.did).toEqual(['+ 50 30']);
  });

  it('takes away where the right button clicks', () => {
    driver.click(100, 60, 2);
    expect(driver.did).toEqual(['- 50 30']);
  });

  it('turns both around while the sign is flipped', () => {
    driver.flipped = true;
    driver.click(100, 60).click(100, 60, 2);
    expect(driver.did).toEqual(['- 50 30', '+ 50 30']);
  });

  it('takes away with the eraser of a pen', () => {
    driver.click(100, 60, 5);
    expect(driver.did).toEqual(['- 50 30']);
  });

  it('stays a click while the hand trembles, at the place it was pressed', () => {
    driver.pointerDown(100, 60).pointerMove(102, 62).expectToBeIn('point.pressing').pointerUp(103, 61);
    expect(driver.did).toEqual(['+ 50 30']);
  });

  it('draws a box when it is dragged', () => {
    driver.pointerDown(21, 21).pointerMove(61, 41).expectToBeIn('point.drawing');
    expect(driver.draft).toEqual({ kind: 'box', from: { x: 10, y: 10 }, to: { x: 30, y: 20 } });
    driver.pointerUp(81, 61).expectToBeIn('point.idle');
    expect(driver.did).toEqual(['box 10 10 40 30']);
    expect(driver.draft).toBeNull();
  });

  it('draws no box with the right button', () => {
    driver.pointerDown(20, 20, 2).pointerMove(90, 90).pointerUp(90, 90);
    expect(driver.did).toEqual(['- 10 10']);
  });

  it('gives a box up on Escape', () => {
    driver
      .pointerDown(20, 20)
      .pointerMove(90, 90)
      .pressKey('Escape')
      .expectToBeIn('point.idle')
      .pointerUp(90, 90);
    expect(driver.did).toEqual([]);
    expect(driver.draft).toBeNull();
  });

  it('does nothing outside the picture', () => {
    driver.click(-20, 20).expectToBeIn('point.idle');
    expect(driver.did).toEqual([]);
  });

  it('chooses a prompt that is pressed, and adds none', () => {
    driver.prompts = [prompt];
    driver.click(101, 81);
    expect(driver.did).toEqual(['chose p1']);
  });

  it('moves a prompt that is dragged', () => {
    driver.prompts = [prompt];
    driver.pointerDown(101, 81).expectToBeIn('point.moving').pointerMove(141, 81);
    expect(driver.draft).toMatchObject({ kind: 'moved', prompt: { x: 70, y: 40 } });
    driver.pointerUp(121, 81);
    expect(driver.did).toEqual(['chose p1', 'moved p1 60']);
  });

  it('lets a dragged prompt go back on Escape', () => {
    driver.prompts = [prompt];
    driver.pointerDown(101, 81).pointerMove(141, 81).pressKey('Escape').pointerUp(141, 81);
    expect(driver.did).toEqual(['chose p1']);
    expect(driver.draft).toBeNull();
  });

  it('takes away beside a prompt with the right button, though the prompt is near', () => {
    driver.prompts = [prompt];
    driver.click(105, 81, 2);
    expect(driver.did).toEqual(['- 52 40']);
  });

  it('knows one button at a time', () => {
    driver.pointerDown(20, 20).pointerDown(40, 40, 2).pointerUp(20, 20);
    expect(driver.did).toEqual(['+ 10 10']);
  });
});

describe('panning', () => {
  it.each(['select', 'point', 'box', 'brush', 'lasso'] as const)(
    'works with the middle button and the %s tool',
    (tool) => {
      const driver = new PointerDriver(tool);
      driver.pointerDown(10, 10, 1).expectToBeIn(`${tool}.panning`).pointerMove(15, 12).pointerMove(16, 12);
      driver.pointerUp(16, 12).expectToBeIn(`${tool}.idle`);
      expect(driver.did).toEqual(['pan 5 2', 'pan 1 0']);
    },
  );

  it('works with any button while Space is held, and says whether it did', () => {
    const driver = new PointerDriver('point');
    driver.pressKey('Space').pointerDown(10, 10).pointerMove(30, 10).pointerUp(30, 10);
    expect(driver.tools.releasePan()).toBe(true);
    expect(driver.did).toEqual(['pan 20 0']);
    driver.pressKey('Space');
    expect(driver.tools.releasePan()).toBe(false);
    driver.click(20, 20);
    expect(driver.did).toEqual(['pan 20 0', '+ 10 10']);
  });
});

describe('the box tool', () => {
  it('draws a box, and only lets go of the prompt on a click', () => {
    const driver = new PointerDriver('box');
    driver.click(50, 50);
    driver.pointerDown(21, 21).pointerMove(41, 41).expectToBeIn('box.drawing').pointerUp(61, 61);
    expect(driver.did).toEqual(['chose none', 'box 10 10 30 30']);
  });

  it('leaves the right button alone', () => {
    const driver = new PointerDriver('box');
    driver.click(50, 50, 2);
    expect(driver.did).toEqual([]);
  });
});

describe('the select tool', () => {
  it('chooses the object under a click and never adds a prompt', () => {
    const driver = new PointerDriver('select');
    driver.click(50, 50).click(60, 60, 2);
    expect(driver.did).toEqual(['chose none', 'object']);
  });

  it('moves the picture when it is dragged', () => {
    const driver = new PointerDriver('select');
    driver.pointerDown(10, 10).pointerMove(30, 10).expectToBeIn('select.panning').pointerUp(30, 10);
    expect(driver.did).toEqual(['pan 20 0']);
  });
});

it('choosing another tool ends what is under way', () => {
  const driver = new PointerDriver('point');
  driver.pointerDown(20, 20).pointerMove(80, 80);
  driver.tools.choose('select');
  driver.expectToBeIn('select.idle');
  expect(driver.draft).toBeNull();
});

describe('the brush', () => {
  let driver: PointerDriver;
  beforeEach(() => {
    driver = new PointerDriver('brush');
  });

  it('dabs where it is pressed', () => {
    driver.click(101, 61);
    expect(driver.did).toEqual(['brush + 50 30']);
  });

  it('paints along the hand’s way, with the places that the device tells between two events', () => {
    driver.pointerDown(21, 21).expectToBeIn('brush.drawing').pointerMove(61, 21, [41, 41]).pointerUp(81, 21);
    expect(driver.did).toEqual(['brush + 10 10 20 20 30 10 40 10']);
  });

  it('shows what it paints before it is recorded', () => {
    driver.pointerDown(21, 21).pointerMove(61, 41);
    expect(driver.draft).toEqual({
      kind: 'stroke',
      adds: true,
      stroke: { kind: 'brush', radius: 4, path: [10, 10, 30, 20] },
    });
    driver.pointerUp(61, 41);
    expect(driver.draft).toBeNull();
  });

  it('takes away with the right button, with a pen’s eraser, and while the sign is flipped', () => {
    driver.click(21, 21, 2).click(21, 21, 5);
    driver.flipped = true;
    driver.click(21, 21).click(21, 21, 2);
    expect(driver.did).toEqual(['brush - 10 10', 'brush - 10 10', 'brush - 10 10', 'brush + 10 10']);
  });

  it('begins beside the picture too, since its edge may reach into it', () => {
    driver.pointerDown(-3, 21).pointerUp(21, 21);
    expect(driver.did).toEqual(['brush + -2 10 10 10']);
  });

  it('leaves places out that are closer together than a quarter of its radius', () => {
    driver.pointerDown(21, 21).pointerMove(22, 21).pointerMove(23, 21).pointerMove(25, 21).pointerUp(25, 21);
    expect(driver.did).toEqual(['brush + 10 10 12 10']);
  });

  it('gives a stroke up on Escape', () => {
    driver.pointerDown(21, 21).pointerMove(61, 41).pressKey('Escape').pointerUp(61, 41);
    expect(driver.did).toEqual([]);
    expect(driver.draft).toBeNull();
    driver.expectToBeIn('brush.idle');
  });

  it('paints over prompts instead of holding them', () => {
    driver.prompts = [prompt];
    driver.click(101, 81);
    expect(driver.did).toEqual(['brush + 50 40']);
  });
});

describe('the lasso', () => {
  it('adds what it goes round', () => {
    const driver = new PointerDriver('lasso');
    driver.pointerDown(21, 21).pointerMove(61, 21).pointerMove(61, 61).pointerUp(21, 61);
    expect(driver.did).toEqual(['lasso + 10 10 30 10 30 30 10 30']);
  });

  it('takes away with the right button', () => {
    const driver = new PointerDriver('lasso');
    driver.pointerDown(21, 21, 2).pointerMove(61, 21).pointerUp(61, 61);
    expect(driver.did).toEqual(['lasso - 10 10 30 10 30 30']);
  });

  it('does nothing for a click or a line, which go round nothing', () => {
    const driver = new PointerDriver('lasso');
    driver.click(21, 21).pointerDown(21, 21).pointerUp(61, 61);
    expect(driver.did).toEqual([]);
  });
});
