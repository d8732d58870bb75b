import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { CanvasBundle } from '../support/canvas-page';
import type { CanvasPage, PageOptions } from '../support/canvas-page';
import { startChromium } from '../support/notebook-page';

// Timeline, objects and features on the canvas's page: a made-up kernel with a real document behind it.

let browser: Browser;
let bundle: CanvasBundle;
let canvas: CanvasPage;
beforeAll(async () => {
  bundle = new CanvasBundle();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  bundle?.dispose();
});
afterEach(async () => {
  expect(canvas.errors).toEqual([]);
  await canvas.page.close();
});

async function open(options: PageOptions = {}): Promise<CanvasPage> {
  canvas = await bundle.open(browser, { w: 1180, ...options });
  return canvas;
}

const documentOf = () => canvas.page.evaluate(() => window.masklet.kernel.document.records());
const frameOf = () => canvas.page.evaluate(() => window.masklet.workbench.desk!.frame);
const rangeOf = () => canvas.page.evaluate(() => window.masklet.workbench.desk!.range);
const button = (name: string | RegExp): Locator =>
  canvas.page.getByRole('button', { name, exact: typeof name === 'string' });

/** Where a frame is on the timeline, some pixels below the top of the ruler, or of the lanes. */
async function placeOf(frame: number, part: 'ruler' | 'lanes', down: number) {
  const box = (await canvas.page.locator(part === 'ruler' ? '.ruler' : '.lanes .body').boundingBox())!;
  const x = await canvas.page.evaluate((at) => {
    const timeline = window.masklet.workbench.shadowRoot!.querySelector('masklet-timeline')!;
    const { first, pixelsPerFrame } = (timeline as unknown as { scale: Record<string, number> }).scale;
    return 8 + (at + 0.5 - first!) * pixelsPerFrame!;
  }, frame);
  return { x: box.x + x, y: box.y + down };
}

async function askMenu(frame: number, lane: number): Promise<void> {
  const { x, y } = await placeOf(frame, 'lanes', lane * 22 + 11);
  await canvas.page.mouse.click(x, y, { button: 'right' });
}

async function drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await canvas.page.mouse.move(from.x, from.y);
  await canvas.page.mouse.down();
  await canvas.page.mouse.move(to.x, to.y, { steps: 6 });
  await canvas.page.mouse.up();
}

describe('the timeline', () => {
  it('goes to the frame that is pressed, in the ruler and on a lane', async () => {
    await open();
    for (const [part, down] of [
      ['ruler', 30],
      ['ruler', 5],
      ['lanes', 40],
    ] as const) {
      const { x, y } = await placeOf(100 + down, part, down);
      await canvas.page.mouse.click(x, y);
      expect(await frameOf()).toBe(100 + down);
    }
    expect(await rangeOf()).toBeNull();
  });

  it('moves the ends of the range by their handles', async () => {
    await open();
    await drag(await placeOf(200, 'ruler', 5), await placeOf(400, 'ruler', 5));
    expect(await rangeOf()).toEqual([200, 400]);
    await drag(await placeOf(400, 'ruler', 5), await placeOf(350, 'ruler', 5));
    await drag(await placeOf(200, 'ruler', 5), await placeOf(250, 'ruler', 5));
    expect(await rangeOf()).toEqual([250, 350]);
  });

  it('locks, marks absent and deletes in the range from its menu, and takes it back', async () => {
    await open();
    await drag(await placeOf(200, 'ruler', 5), await placeOf(260, 'ruler', 5));
    await askMenu(220, 1);
    await button('Lock').click();
    const { objects } = await documentOf();
    const blue = objects[1]!.id;
    expect((await documentOf()).locks).toMatchObject([{ objectId: blue, first: 200, last: 260 }]);
    await askMenu(220, 1);
    await button('Unlock').click();
    expect((await documentOf()).locks).toEqual([]);
    await askMenu(220, 1);
    await button('Mark absent').click();
    expect((await documentOf()).absences).toMatchObject([{ objectId: blue, first: 200, last: 260 }]);
    await askMenu(220, 1);
    await button('Present again').click();
    expect((await documentOf()).absences).toEqual([]);
    await askMenu(220, 1);
    await button('Delete prompts and masks').click();
    const left = await canvas.page.evaluate(
      (id) => window.masklet.kernel.document.track(id).entryAt(230) ?? null,
      blue,
    );
    expect(left).toBeNull();
  });

  it('swaps and splits from the frame that was asked for', async () => {
    await open();
    await askMenu(100, 0);
    await button('Swap with blue balloon').click();
    const ends = () =>
      canvas.page.evaluate(() =>
        window.masklet.kernel.document.objects.map(({ id }) =>
          window.masklet.kernel.document.track(id).frames().at(-1)!,
        ),
      );
    expect((await ends()).slice(0, 2)).toEqual([300, 420]);
    await askMenu(100, 1);
    await button('Split off as an object').click();
    await canvas.page.waitForFunction(() => window.masklet.kernel.document.objects.length === 5);
    const [red, blue, made] = await ends();
    expect([red, made]).toEqual([300, 420]);
    // A frame is a pixel wide here.
    expect(Math.abs(blue! - 99)).toBeLessThan(2);
  });

  it('runs in the range for one object alone', async () => {
    await open();
    await drag(await placeOf(200, 'ruler', 5), await placeOf(260, 'ruler', 5));
    await askMenu(220, 2);
    await button('Propagate only violet').click();
    const asked = await canvas.page.evaluate(() =>
      window.masklet.kernel.requests.filter((one) => one.kind === 'propagate'),
    );
    const { objects } = await documentOf();
    expect(asked).toMatchObject([{ options: { range: [200, 260], objectIds: [objects[2]!.id] } }]);
  });

  it('gives its menu to the keyboard, and the focus back', async () => {
    await open({ frame: 100 });
    await canvas.page.locator('.ruler').focus();
    await canvas.page.keyboard.press('Shift+F10');
    await canvas.page.keyboard.press('Enter');
    expect((await documentOf()).locks).toMatchObject([{ first: 100, last: 100 }]);
    await canvas.page.keyboard.press('PageUp');
    expect(await frameOf()).toBe(110);
  });

  it('drags a change of a feature to another frame, and opens its value', async () => {
    await open({ state: 'worked', frame: 20 });
    const heights = async () =>
      (await documentOf()).featureChanges.filter((one) => one.featureId === 'f-height');
    await drag(await placeOf(190, 'lanes', 32), await placeOf(300, 'lanes', 32));
    expect((await heights()).map((one) => [one.frame, one.value])).toEqual([
      [0, 'low'],
      [300, 'high'],
      [560, null],
    ]);
    const { x, y } = await placeOf(400, 'lanes', 32);
    await canvas.page.mouse.click(x, y, { button: 'right' });
    await canvas.page.getByLabel('height from frame 400 on').selectOption('out of sight');
    expect((await heights()).map((one) => one.frame)).toEqual([0, 300, 400, 560]);
  });

  it('zooms at the pointer, and scrolls by its map', async () => {
    await open({ state: 'many' });
    const { x, y } = await placeOf(5000, 'lanes', 30);
    await canvas.page.mouse.move(x, y);
    await canvas.page.keyboard.down('Control');
    for (let n = 0; n < 8; n++) await canvas.page.mouse.wheel(0, -120);
    await canvas.page.keyboard.up('Control');
    await canvas.page.waitForTimeout(50);
    const after = await placeOf(5000, 'lanes', 30);
    expect(Math.abs(after.x - x)).toBeLessThan(20);
    const map = (await canvas.page.locator('.map .body').boundingBox())!;
    await canvas.page.mouse.click(map.x + map.width * 0.9, map.y + 12);
    await canvas.page.waitForTimeout(50);
    const first = await canvas.page.evaluate(() => {
      const timeline = window.masklet.workbench.shadowRoot!.querySelector('masklet-timeline')!;
      return (timeline as unknown as { framesInSight: number[] }).framesInSight[0];
    });
    expect(first).toBeGreaterThan(8500);
    expect(await frameOf()).toBe(0);
  });

  it('plays both ways, each frame in its turn', async () => {
    await open({ frame: 5 });
    await canvas.page.getByLabel('Speed').selectOption('Infinity');
    await button('Play backward').click();
    await canvas.page.waitForFunction(() => window.masklet.workbench.desk!.frame === 0);
    await button('Play').click();
    await canvas.page.waitForFunction(() => window.masklet.workbench.desk!.frame > 8);
    await button('Pause').click();
    const asked = await canvas.page.evaluate(() =>
      window.masklet.kernel.requests.flatMap((one) => (one.kind === 'picture' ? [one.frame] : [])),
    );
    expect(asked).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5, 6, 7, 8]));
  });
});

describe('the list of objects', () => {
  const names = async () => (await documentOf()).objects.map((one) => one.name);
  const row = (name: string): Locator =>
    canvas.page.locator('masklet-objects-panel .row').filter({ hasText: name });

  it('is put in another order by dragging and by keys', async () => {
    await open();
    const from = (await row('violet').locator('.name').boundingBox())!;
    const to = (await row('red balloon').locator('.name').boundingBox())!;
    await drag({ x: from.x + 10, y: from.y + 8 }, { x: to.x + 10, y: to.y - 2 });
    expect(await names()).toEqual(['violet', 'red balloon', 'blue balloon', 'the far one']);
    await row('violet').locator('.choose').click();
    await canvas.page.keyboard.press('Shift+S');
    await canvas.page.keyboard.press('Shift+S');
    await canvas.page.keyboard.press('Shift+W');
    expect(await names()).toEqual(['red balloon', 'violet', 'blue balloon', 'the far one']);
  });

  it('goes through by arrow keys, the focus with it', async () => {
    await open();
    await row('red balloon').locator('.choose').click();
    await canvas.page.keyboard.press('ArrowDown');
    await canvas.page.keyboard.press('F2');
    await canvas.page.keyboard.type('sky');
    await canvas.page.keyboard.press('Enter');
    expect((await names())[1]).toBe('sky');
    await canvas.page.keyboard.press('ArrowDown');
    await canvas.page.keyboard.press('h');
    expect((await documentOf()).objects.map((one) => one.hidden)).toEqual([false, false, true, false]);
  });

  it('makes a class in place, and renames and removes it', async () => {
    await open();
    await row('violet').getByRole('button', { name: 'Class of violet: balloon' }).click();
    await canvas.page.keyboard.type('airship');
    await canvas.page.keyboard.press('Enter');
    let { classes, objects } = await documentOf();
    expect(classes.map((one) => one.name)).toEqual(['balloon', 'far', 'airship']);
    expect(objects[2]!.classId).toBe(classes[2]!.id);
    await button('4 in 3 classes').click();
    await canvas.page.getByLabel('Name of the class airship').fill('zeppelin');
    await canvas.page.keyboard.press('Enter');
    await button('Remove the class far').click();
    ({ classes, objects } = await documentOf());
    expect(classes.map((one) => one.name)).toEqual(['balloon', 'zeppelin']);
    expect(objects[3]!.classId).toBeNull();
  });

  it('locks one, all others, and merges', async () => {
    await open();
    await button('Lock violet').click();
    await button('Lock all other objects').click();
    const { locks } = await documentOf();
    expect(locks.map(({ first, last }) => [first, last])).toEqual([
      [0, 899],
      [0, 899],
      [0, 899],
    ]);
    await button('Lock all other objects').click();
    expect((await documentOf()).locks).toEqual([]);
    await row('blue balloon').click({ button: 'right' });
    await button(/Merge another into it/).click();
    await canvas.page.locator('masklet-object-menu').getByRole('button', { name: 'the far one' }).click();
    await canvas.page.waitForFunction(() => window.masklet.kernel.document.objects.length === 3);
  });
});

describe('features', () => {
  it('are defined, set, followed and taken away by keyboard and mouse', async () => {
    await open({ frame: 30 });
    await canvas.page.getByRole('tab', { name: 'Features' }).click();
    await button('New feature').click();
    await canvas.page.getByLabel('Name', { exact: true }).fill('burner');
    await canvas.page.getByLabel('Type').selectOption('Number');
    await canvas.page.keyboard.press('Tab');
    await button('Add').click();
    await canvas.page.getByLabel('burner from frame 30 on').fill('3,5');
    await canvas.page.keyboard.press('Enter');
    const changes = async () =>
      (await documentOf()).featureChanges.map(({ frame, value }) => [frame, value] as const);
    expect(await changes()).toEqual([[30, 3.5]]);
    await canvas.page.evaluate(() => window.masklet.workbench.desk!.goTo(80));
    await button('Change of burner on this frame').click();
    await button('Previous change of burner').click();
    expect(await frameOf()).toBe(30);
    await button('Change of burner on this frame').click();
    expect(await changes()).toEqual([[80, 3.5]]);
    await button('Edit the feature burner').click();
    await button('Delete').click();
    expect((await documentOf()).features).toEqual([]);
  });
});
