import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { CanvasBundle } from '../support/canvas-page';
import type { CanvasPage } from '../support/canvas-page';
import { startChromium } from '../support/notebook-page';
import { RealPointers } from '../support/real-pointers';

// Fingers, pen and mouse as the browser's own input on the canvas's page: nothing here dispatches an event of its own.

let browser: Browser;
let bundle: CanvasBundle;
let canvas: CanvasPage;
let pointers: RealPointers;

beforeAll(async () => {
  bundle = new CanvasBundle();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  bundle?.dispose();
});
beforeEach(async () => {
  canvas = await bundle.open(browser, { w: 1180 });
  pointers = await RealPointers.of(canvas.page);
});
afterEach(async () => {
  expect(canvas.errors).toEqual([]);
  await canvas.page.close();
});

const focusCanvas = (): Promise<void> => canvas.page.locator('masklet-stage canvas').focus();
const prompts = () => canvas.page.evaluate(() => window.masklet.kernel.document.records().prompts);
const view = () => canvas.page.evaluate(() => window.masklet.workbench.desk!.stage.transform);
const asked = (kind: string) =>
  canvas.page.evaluate(
    (wanted) => window.masklet.kernel.requests.filter((one) => one.kind === wanted).length,
    kind,
  );

describe('a finger', () => {
  it('that taps gives a positive point where it was', async () => {
    const before = await prompts();
    const at = await canvas.pointer({ x: 640, y: 210 });
    await pointers.fingers('touchStart', [at]);
    await pointers.fingers('touchEnd', []);
    await canvas.waitForPicture();
    const [given] = (await prompts()).slice(before.length);
    expect(given).toMatchObject({ kind: 'point', positive: true });
    expect(given).toMatchObject({ x: expect.closeTo(640, -0.4), y: expect.closeTo(210, -0.4) });
  });

  it('that is dragged draws a box', async () => {
    const [from, to] = [await canvas.pointer({ x: 580, y: 120 }), await canvas.pointer({ x: 700, y: 330 })];
    await pointers.fingers('touchStart', [from]);
    for (let k = 1; k <= 5; k++)
      await pointers.fingers('touchMove', [
        { x: from.x + ((to.x - from.x) * k) / 5, y: from.y + ((to.y - from.y) * k) / 5 },
      ]);
    await pointers.fingers('touchEnd', []);
    await canvas.waitForPicture();
    expect((await prompts()).at(-1)).toMatchObject({ kind: 'box' });
  });
});

describe('two fingers', () => {
  it('that spread zoom in where they are, and give no prompt', async () => {
    const [before, edits] = [await view(), await asked('edit')];
    const middle = await canvas.pointer({ x: 640, y: 360 });
    const apart = (by: number) => [
      { x: middle.x - by, y: middle.y },
      { x: middle.x + by, y: middle.y },
    ];
    await pointers.fingers('touchStart', apart(50).slice(0, 1));
    await pointers.fingers('touchStart', apart(50));
    for (const by of [60, 70, 80, 90, 100]) await pointers.fingers('touchMove', apart(by));
    await pointers.fingers('touchEnd', []);
    await canvas.waitForPicture();
    expect((await view()).scaleY / before.scaleY).toBeCloseTo(2, 1);
    const after = await canvas.pointer({ x: 640, y: 360 });
    expect(Math.hypot(after.x - middle.x, after.y - middle.y)).toBeLessThan(2);
    expect(await asked('edit')).toBe(edits);
  });

  it('that move together move the picture', async () => {
    await canvas.page.evaluate(() => {
      const { desk } = window.masklet.workbench;
      desk!.stage.zoomBy(3);
      desk!.changed();
    });
    const before = await view();
    const at = await canvas.pointer({ x: 640, y: 360 });
    const both = (by: number) => [-40, 40].map((aside) => ({ x: at.x + aside + by, y: at.y + by / 2 }));
    await pointers.fingers('touchStart', both(0));
    for (const by of [10, 20, 30, 40]) await pointers.fingers('touchMove', both(by));
    await pointers.fingers('touchEnd', []);
    const after = await view();
    expect(after.scaleY).toBeCloseTo(before.scaleY, 5);
    expect(after.left - before.left).toBeCloseTo(40, 0);
    expect(after.top - before.top).toBeCloseTo(20, 0);
    expect(await asked('edit')).toBe(0);
  });
});

describe('a pen', () => {
  it('draws along all its places, also those between two pictures', async () => {
    await focusCanvas();
    await canvas.page.keyboard.press('b');
    const circle = await Promise.all(
      Array.from({ length: 61 }, (_, k) =>
        canvas.pointer({ x: 640 + 200 * Math.cos(k / 10), y: 400 + 200 * Math.sin(k / 10) }),
      ),
    );
    const events = canvas.page.evaluate(() => {
      const seen = { moves: 0, places: 0 };
      const stage = window.masklet.workbench.shadowRoot!.querySelector('masklet-stage')!;
      const target = stage.shadowRoot!.querySelector('canvas')!;
      target.addEventListener('pointermove', (event) => {
        seen.moves++;
        seen.places += event.getCoalescedEvents().length;
      });
      return new Promise<typeof seen>((done) =>
        target.addEventListener('pointerup', () => done(seen), { once: true }),
      );
    });
    await pointers.stroke(circle);
    const { moves, places } = await events;
    // The browser held places back: without them the circle would be a polygon of `moves` corners.
    expect(moves).toBeLessThan(places / 3);
    const [path] = await canvas.page.evaluate(() =>
      window.masklet.kernel.requests.flatMap((one) => (one.kind === 'draw' ? [one.stroke.path] : [])),
    );
    const radii = Array.from({ length: path!.length / 2 }, (_, k) =>
      Math.hypot(path![2 * k]! - 640, path![2 * k + 1]! - 400),
    );
    expect(radii.length).toBeGreaterThan(40);
    for (const radius of radii) expect(Math.abs(radius - 200)).toBeLessThan(3);
  });

  it('keeps the hand that holds it from giving prompts', async () => {
    await pointers.hover(await canvas.pointer({ x: 640, y: 210 }));
    const palm = await canvas.pointer({ x: 900, y: 500 });
    await pointers.fingers('touchStart', [palm]);
    await pointers.fingers('touchEnd', []);
    expect(await asked('edit')).toBe(0);
  });

  it('that hovers with Shift shows what a click would do', async () => {
    await focusCanvas();
    await canvas.page.keyboard.press('n');
    const edits = await asked('edit');
    await canvas.page.keyboard.down('Shift');
    await pointers.hover(await canvas.pointer({ x: 640, y: 210 }), true);
    await canvas.page.getByText(/\+ adds/).waitFor();
    expect(await asked('edit')).toBe(edits);
  });
});

describe('the picture is moved', () => {
  beforeEach(async () => {
    await canvas.page.evaluate(() => {
      const { desk } = window.masklet.workbench;
      desk!.stage.zoomBy(3);
      desk!.changed();
    });
    await canvas.waitForPicture();
  });

  async function drag(button: 'left' | 'middle'): Promise<{ x: number; y: number }> {
    const [before, at] = [await view(), await canvas.pointer({ x: 640, y: 360 })];
    await canvas.page.mouse.move(at.x, at.y);
    await canvas.page.mouse.down({ button });
    await canvas.page.mouse.move(at.x + 60, at.y - 30, { steps: 4 });
    await canvas.page.mouse.up({ button });
    const after = await view();
    return { x: Math.round(after.left - before.left), y: Math.round(after.top - before.top) };
  }

  it('by dragging with Space held, and Space then does not play', async () => {
    await focusCanvas();
    await canvas.page.keyboard.down('Space');
    expect(await drag('left')).toEqual({ x: 60, y: -30 });
    await canvas.page.keyboard.up('Space');
    expect(await asked('edit')).toBe(0);
    expect(await canvas.page.evaluate(() => window.masklet.workbench.desk!.playback.playing)).toBeFalsy();
    // Afterwards the same drag is a box again.
    expect(await drag('left')).toEqual({ x: 0, y: 0 });
    await canvas.waitForPicture();
    expect((await prompts()).at(-1)).toMatchObject({ kind: 'box' });
  });

  it('by the middle button, whatever the tool', async () => {
    for (const key of ['p', 'r', 'b', 'l', 'v']) {
      await focusCanvas();
      await canvas.page.keyboard.press(key);
      expect(await drag('middle')).toEqual({ x: 60, y: -30 });
    }
    expect(await asked('edit')).toBe(0);
    expect(await asked('draw')).toBe(0);
  });

  it('by nothing where Space is only pressed: that plays, and stops', async () => {
    await focusCanvas();
    await canvas.page.keyboard.press('Space');
    await canvas.page.waitForFunction(() => window.masklet.workbench.desk!.frame > 0);
    await canvas.page.keyboard.press('Space');
    expect(await canvas.page.evaluate(() => window.masklet.workbench.desk!.playback.playing)).toBeFalsy();
  });
});
