import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { CanvasBundle } from '../support/canvas-page';
import type { CanvasPage, PageOptions } from '../support/canvas-page';
import { startChromium } from '../support/notebook-page';
import { contrastFaults } from '../support/text-contrast';

/** Where the balloons of the page are on frame 0, inside and outside. */
const inRed = { x: 300, y: 250 };
const inSky = { x: 60, y: 60 };
const colorOfRed = [0x73, 0xc4, 0xe2];

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

async function open(options: PageOptions = {}, deviceScaleFactor = 1): Promise<CanvasPage> {
  canvas = await bundle.open(browser, options, deviceScaleFactor);
  return canvas;
}

const focusCanvas = (page: CanvasPage) => page.page.locator('masklet-stage canvas').focus();
const documentOf = (page: CanvasPage) => page.page.evaluate(() => window.masklet.kernel.document.records());
const placeOf = (page: CanvasPage) => page.page.evaluate(() => window.masklet.kernel.state().place);

describe('what the canvas paints', () => {
  it('shows in the view of masks exactly the pixels that are set', async () => {
    const page = await open({ view: 'masks', w: 1180 });
    // Pixels on a grid around the balloon, none within a pixel of an outline, where colours mix.
    const faults = await page.page.evaluate(async () => {
      const { kernel, workbench } = window.masklet;
      const { value, buffers } = await kernel.request({ kind: 'masks', frame: 0 });
      const counts = new Uint32Array(buffers[0]!.buffer);
      const isSet = (x: number, y: number): boolean => {
        let end = 0;
        return counts.some(
          (count, i) =>
            (end += count) > x * value.height + y && (i & 1) === 1 && end - count <= x * value.height + y,
        );
      };
      const stage = workbench.shadowRoot!.querySelector('masklet-stage')!;
      const painted = stage.shadowRoot!.querySelector('canvas')!;
      const box = painted.getBoundingClientRect();
      const pixels = painted.getContext('2d')!.getImageData(0, 0, painted.width, painted.height);
      const wrong: string[] = [];
      let seen = 0;
      for (let y = 180; y < 540; y += 7)
        for (let x = 150; x < 460; x += 7) {
          const around = [isSet(x, y), isSet(x - 2, y), isSet(x + 2, y), isSet(x, y - 2), isSet(x, y + 2)];
          if (around.some((one) => one !== around[0])) continue;
          const at = workbench.clientPlace({ x, y });
          const i = (Math.floor(at.y - box.top) * painted.width + Math.floor(at.x - box.left)) * 4;
          const color = [...pixels.data.slice(i, i + 3)].join();
          seen++;
          if (color !== (around[0] ? '115,196,226' : '0,0,0')) wrong.push(`${x},${y}: ${color}`);
        }
      return { wrong, seen };
    });
    expect(faults.wrong).toEqual([]);
    expect(faults.seen).toBeGreaterThan(1500);
  });

  it('mixes the fill with the picture by the opacity', async () => {
    const page = await open();
    const [before] = await page.colors([inRed]);
    await page.page.evaluate(() => {
      const { kernel } = window.masklet;
      kernel.setPlace({ ...kernel.state().place, opacity: 1 });
    });
    await page.waitForPicture();
    expect(await page.colors([inRed])).toEqual([colorOfRed]);
    expect(before).not.toEqual(colorOfRed);
  });

  it('gives the chosen outline a white core between two black lines', async () => {
    const page = await open();
    // The top of the balloon is at y = 170.
    const column = await page.colors(Array.from({ length: 25 }, (_, n) => ({ x: 300, y: 160 + n })));
    const bright = column.filter((color) => color.every((one) => one > 235));
    const dark = column.filter((color) => color.every((one) => one < 110));
    expect(bright.length).toBeGreaterThan(0);
    expect(dark.length).toBeGreaterThan(0);
  });

  it('leaves the original view as it is', async () => {
    const page = await open({ view: 'original' });
    const [original] = await page.colors([inRed]);
    await page.page.keyboard.press('Tab');
    expect(await page.colors([inRed])).toEqual([original]);
  });

  it('draws pixels as squares at high zoom', async () => {
    const page = await open({ view: 'original' });
    const at = await page.pointer({ x: 420, y: 300 });
    await page.page.mouse.move(at.x, at.y);
    await page.page.mouse.click(at.x, at.y, { button: 'middle' });
    for (let n = 0; n < 30; n++) await page.page.mouse.wheel(0, -120);
    await page.waitForPicture();
    const scale = await page.page.evaluate(() => window.masklet.workbench.desk!.stage.transform.scaleY);
    expect(scale).toBeGreaterThan(16);
    for (const pixel of [
      { x: 420, y: 300 },
      { x: 421, y: 301 },
    ]) {
      const [middle] = await page.colors([pixel]);
      for (const by of [-0.4, 0.4])
        expect(await page.colors([pixel], { x: by * scale, y: by * scale })).toEqual([middle]);
    }
  });

  it('is as sharp as the screen', async () => {
    const page = await open({ w: 760 }, 2);
    const sizes = await page.page.evaluate(() => {
      const stage = window.masklet.workbench.shadowRoot!.querySelector('masklet-stage')!;
      const painted = stage.shadowRoot!.querySelector('canvas')!;
      const asked = window.masklet.kernel.requests.flatMap((one) =>
        one.kind === 'picture' ? [one.maxWidth] : [],
      );
      return { ratio: painted.width / painted.clientWidth, asked: Math.max(...asked) };
    });
    expect(sizes.ratio).toBe(2);
    expect(sizes.asked).toBe(1280);
  });

  it('shows pixels that are not square in their true shape', async () => {
    const page = await open({ aspect: 1.5 });
    const a = await page.pointer({ x: 0, y: 0 });
    const b = await page.pointer({ x: 100, y: 100 });
    expect((b.x - a.x) / (b.y - a.y)).toBeCloseTo(1.5, 3);
  });
});

describe('working on the canvas', () => {
  it('makes an object of the first click, and takes away with the right button', async () => {
    const page = await open({ state: 'empty' });
    await page.click({ x: 300, y: 300 });
    await page.click({ x: 298, y: 509 }, 'right');
    const { objects, prompts } = await documentOf(page);
    expect(objects).toMatchObject([{ name: 'object 1' }]);
    expect(prompts).toMatchObject([
      { kind: 'point', x: 300, y: 300, positive: true },
      { kind: 'point', x: 298, y: 509, positive: false },
    ]);
    expect(await page.colors([{ x: 300, y: 330 }])).not.toEqual(await page.colors([inSky]));
  });

  it('draws a box with a drag, and moves a prompt that is dragged', async () => {
    const page = await open({ state: 'empty' });
    await page.drag({ x: 540, y: 110 }, { x: 740, y: 380 });
    expect((await documentOf(page)).prompts).toMatchObject([{ x0: 540, y0: 110, x1: 740, y1: 380 }]);
    await page.drag({ x: 740, y: 380 }, { x: 760, y: 400 });
    expect((await documentOf(page)).prompts).toMatchObject([{ x0: 540, y0: 110, x1: 760, y1: 400 }]);
    await page.page.keyboard.press('Delete');
    await page.page.waitForFunction(() => window.masklet.kernel.document.prompts.length === 0);
  });

  it('gives a click to the pixel under the pointer when zoomed in', async () => {
    const page = await open({ state: 'empty' });
    const at = await page.pointer({ x: 300, y: 300 });
    await page.page.mouse.move(at.x, at.y);
    await page.page.keyboard.down('Control');
    for (let n = 0; n < 12; n++) await page.page.mouse.wheel(0, -120);
    await page.page.keyboard.up('Control');
    await page.click({ x: 305, y: 297 });
    expect((await documentOf(page)).prompts).toMatchObject([{ x: 305, y: 297 }]);
  });

  it('lets the page scroll past while the keys are elsewhere', async () => {
    const page = await open();
    const at = await page.pointer(inSky);
    await page.page.mouse.move(at.x, at.y);
    await page.page.mouse.wheel(0, -120);
    await page.page.waitForTimeout(100);
    expect(await page.page.evaluate(() => window.masklet.workbench.desk!.stage.fits)).toBe(true);
  });

  it('goes through frames, objects and views by keys', async () => {
    const page = await open();
    await page.click({ x: 60, y: 640 }, 'right');
    for (const key of ['d', 'd', 'Shift+D', 'a', '3', 'Shift+2']) await page.page.keyboard.press(key);
    const place = await placeOf(page);
    expect(place.frame).toBe(11);
    expect(place.mode).toBe('prompts');
    expect((await documentOf(page)).objects.find((one) => one.id === place.objectId)?.number).toBe(3);
  });

  it('plays, with the masks of each frame', async () => {
    const page = await open({ w: 480 });
    await page.page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.page.waitForFunction(() => window.masklet.kernel.state().place.frame >= 6);
    await page.page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForPicture();
    const masks = await page.page.evaluate(() => window.masklet.workbench.desk!.masks.size);
    expect(masks).toBe(4);
  });

  it('scrubs on the timeline, and asks for few pictures while it does', async () => {
    const page = await open();
    const ruler = (await page.page.locator('.ruler').boundingBox())!;
    await page.page.mouse.move(ruler.x + 100, ruler.y + 30);
    await page.page.mouse.down();
    for (let x = 100; x < 900; x += 4) await page.page.mouse.move(ruler.x + x, ruler.y + 30);
    await page.page.mouse.up();
    await page.waitForPicture();
    const { frame, waiting } = await page.page.evaluate(() => {
      const { desk } = window.masklet.workbench;
      return { frame: desk!.frame, waiting: desk!.picture!.frame };
    });
    expect(frame).toBeGreaterThan(700);
    expect(waiting).toBe(frame);
  });

  it('sets a range in the upper half of the ruler and runs in it', async () => {
    const page = await open();
    const ruler = (await page.page.locator('.ruler').boundingBox())!;
    await page.page.mouse.move(ruler.x + 200, ruler.y + 5);
    await page.page.mouse.down();
    await page.page.mouse.move(ruler.x + 400, ruler.y + 5, { steps: 4 });
    await page.page.mouse.up();
    await page.page.getByRole('button', { name: 'Propagate' }).click();
    const range = await page.page.evaluate(() =>
      window.masklet.kernel.requests.flatMap((one) =>
        one.kind === 'propagate' ? (one.options.range ?? []) : [],
      ),
    );
    const [first, last] = range as [number, number];
    expect(last - first).toBeGreaterThan(150);
    expect(last - first).toBeLessThan(200);
  });

  it('renames, recolours and deletes an object from its menu', async () => {
    const page = await open();
    const row = (name: string) => page.page.locator('masklet-objects-panel .row').filter({ hasText: name });
    await row('violet').click({ button: 'right' });
    await page.page.getByRole('button', { name: 'Colour 9' }).click();
    await page.page.waitForFunction(() => window.masklet.kernel.document.objects[2]?.color === '#f4ae95');
    await row('violet').locator('.choose').dblclick();
    await page.page.keyboard.type('plum');
    await page.page.keyboard.press('Enter');
    await page.page.waitForFunction(() => window.masklet.kernel.document.objects[2]?.name === 'plum');
    await page.page.getByRole('button', { name: 'More for plum' }).click();
    await page.page.getByRole('button', { name: /^Delete/ }).click();
    await page.page.waitForFunction(() => window.masklet.kernel.document.objects.length === 3);
  });
});

it('on a narrow page the panel opens below the timeline, and closes again', async () => {
  const page = await open({ w: 480 });
  const panel = page.page.locator('masklet-objects-panel');
  const tab = page.page.getByRole('tab', { name: 'Objects' });
  expect(await panel.isVisible()).toBe(false);
  await tab.click();
  expect(await panel.isVisible()).toBe(true);
  expect(await tab.getAttribute('aria-expanded')).toBe('true');
  await tab.click();
  expect(await panel.isVisible()).toBe(false);
  await page.page.evaluate(() => (window.masklet.workbench.parentElement!.style.width = '900px'));
  expect(await panel.isVisible()).toBe(true);
});

it('a wide page has objects, features and review side by side, a narrower one a tab for each', async () => {
  const page = await open({ w: 1440 });
  const parts = ['objects', 'features', 'review'].map((one) => page.page.locator(`masklet-${one}-panel`));
  const visible = () => Promise.all(parts.map((one) => one.isVisible()));
  expect(await visible()).toEqual([true, true, true]);
  expect(await page.page.getByRole('tab').count()).toBe(0);
  await page.page.evaluate(() => (window.masklet.workbench.parentElement!.style.width = '1180px'));
  expect(await visible()).toEqual([true, false, false]);
  await page.page.getByRole('tab', { name: 'Objects' }).press('ArrowRight');
  await page.page.keyboard.press('ArrowRight');
  expect(await visible()).toEqual([false, false, true]);
});

describe('every width and theme', () => {
  const states = ['main', 'running', 'error', 'gone', 'starting', 'empty', 'many'] as const;
  it.each(states)('nothing is cut off or runs out of the widget: %s', async (state) => {
    const page = await open({ state });
    if (state === 'gone') await page.page.waitForTimeout(500);
    for (const width of [480, 560, 640, 760, 1000, 1180, 1440, 1600]) {
      await page.page.evaluate((to) => {
        window.masklet.workbench.parentElement!.style.width = `${to}px`;
      }, width);
      await page.page.waitForTimeout(60);
      expect({ width, out: await outside(page) }).toEqual({ width, out: [] });
    }
  });

  it.each([
    ['main', 'light'],
    ['main', 'dark'],
    ['running', 'dark'],
    ['error', 'light'],
    ['error', 'dark'],
    ['gone', 'light'],
    ['gone', 'dark'],
    ['empty', 'light'],
    ['empty', 'dark'],
  ])('all text can be read: %s, %s', async (state, theme) => {
    const page = await open({ state, theme });
    if (state === 'gone') await page.page.waitForTimeout(500);
    expect(await page.page.evaluate(contrastFaults)).toEqual([]);
  });
});

/** Buttons and fields that reach out of the widget, or lie on each other. */
function outside(page: CanvasPage): Promise<string[]> {
  return page.page.evaluate(() => {
    const faults: string[] = [];
    const { workbench } = window.masklet;
    const frame = workbench.getBoundingClientRect();
    const parts: { name: string; box: DOMRect }[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!['BUTTON', 'INPUT', 'SELECT', 'OUTPUT'].includes(element.tagName)) continue;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        if (element.closest('.list, .lanes, .hud, .chip, [popover]')) continue;
        parts.push({
          name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.tagName,
          box: element.getBoundingClientRect(),
        });
      }
    };
    visit(workbench.shadowRoot!);
    for (const { name, box } of parts)
      if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5) faults.push(`${name} is out`);
    for (const [i, a] of parts.entries())
      for (const b of parts.slice(i + 1))
        if (
          a.box.left < b.box.right - 1 &&
          b.box.left < a.box.right - 1 &&
          a.box.top < b.box.bottom - 1 &&
          b.box.top < a.box.bottom - 1
        )
          faults.push(`${a.name} lies on ${b.name}`);
    return faults;
  });
}

describe('brush and lasso', () => {
  const masksOf = (page: CanvasPage, frame: number) =>
    page.page.evaluate(async (at) => {
      const { value, buffers } = await window.masklet.kernel.request({ kind: 'masks', frame: at });
      return value.objectIds.map((id, i) => {
        const counts = new Uint32Array(buffers[i]!.buffer);
        return [id, counts.reduce((sum, one, k) => sum + (k & 1 ? one : 0), 0)] as const;
      });
    }, frame);

  it('paint on the chosen object’s mask; what is painted is there at once, before the kernel has answered', async () => {
    const page = await open({ w: 1180 });
    const before = new Map(await masksOf(page, 0));
    await focusCanvas(page);
    await page.page.keyboard.press('b');
    await page.page.evaluate(() => window.masklet.kernel.hold());
    await page.drag({ x: 450, y: 200 }, { x: 520, y: 200 });
    const shown = await page.page.evaluate(() => {
      const { desk } = window.masklet.workbench;
      const counts = desk!.masks.get(desk!.chosenObject!.id)!.counts;
      return counts.reduce((sum, one, k) => sum + (k & 1 ? one : 0), 0);
    });
    await page.page.evaluate(() => window.masklet.kernel.release());
    await page.page.waitForTimeout(100);
    const [[id, area]] = (await masksOf(page, 0)) as [readonly [string, number]];
    expect(area).toBeGreaterThan(before.get(id)! + 2000);
    expect(shown).toBe(area);
    const { prompts } = await documentOf(page);
    expect(prompts.filter((one) => one.objectId === id).map((one) => one.kind)).toEqual(['mask']);
  });

  it('take away with the right button, and with the sign flipped', async () => {
    const page = await open({ w: 1180 });
    const [[id, before]] = (await masksOf(page, 0)) as [readonly [string, number]];
    await focusCanvas(page);
    await page.page.keyboard.press('b');
    await page.click(inRed, 'right');
    const [[, once]] = (await masksOf(page, 0)) as [readonly [string, number]];
    await page.page.keyboard.press('x');
    await page.drag({ x: 300, y: 330 }, { x: 340, y: 330 });
    const [[, twice]] = (await masksOf(page, 0)) as [readonly [string, number]];
    expect(id).toBeTruthy();
    expect(once).toBeLessThan(before);
    expect(twice).toBeLessThan(once);
  });

  it('have their size from [ and ], the slider, and say it', async () => {
    const page = await open({ w: 1180 });
    await focusCanvas(page);
    await page.page.keyboard.press('b');
    const size = page.page.getByRole('slider', { name: 'Width of the brush in pixels' });
    await expect(size.inputValue()).resolves.toBe('36');
    await page.page.mouse.move(0, 0);
    await page.page.keyboard.press(']');
    await page.page.keyboard.press(']');
    await expect(size.inputValue()).resolves.toBe('59');
    await page.page.keyboard.press('Escape');
    await expect(size.count()).resolves.toBe(0);
  });

  it('are made for a pen, whose places between two pictures are all drawn', async () => {
    const page = await open({ w: 1180 });
    await focusCanvas(page);
    await page.page.keyboard.press('b');
    await page.page.evaluate(() => {
      const { workbench } = window.masklet;
      const stage = workbench.shadowRoot!.querySelector('masklet-stage')!;
      const canvas = stage.shadowRoot!.querySelector('canvas')!;
      canvas.setPointerCapture = () => undefined;
      const at = (x: number, y: number) => {
        const place = workbench.clientPlace({ x, y });
        const how = { pointerId: 7, pointerType: 'pen', button: 0, bubbles: true, cancelable: true };
        return { ...how, clientX: place.x, clientY: place.y };
      };
      canvas.dispatchEvent(new PointerEvent('pointerdown', at(700, 500)));
      const move = new PointerEvent('pointermove', {
        ...at(900, 500),
        coalescedEvents: [new PointerEvent('pointermove', at(800, 600))],
      });
      canvas.dispatchEvent(move);
      canvas.dispatchEvent(new PointerEvent('pointerup', at(900, 500)));
    });
    const drawn = await page.page.evaluate(() =>
      window.masklet.kernel.requests.flatMap((one) => (one.kind === 'draw' ? [one.stroke.path] : [])),
    );
    expect(drawn.map((path) => path.map(Math.round))).toEqual([[700, 500, 800, 600, 900, 500]]);
  });
});

describe('fingers', () => {
  it('zoom and pan when there are two, and take the first one’s stroke back', async () => {
    const page = await open({ w: 1180 });
    const result = await page.page.evaluate(() => {
      const { workbench, kernel } = window.masklet;
      const stage = workbench.shadowRoot!.querySelector('masklet-stage')!;
      const canvas = stage.shadowRoot!.querySelector('canvas')!;
      canvas.setPointerCapture = () => undefined;
      const box = canvas.getBoundingClientRect();
      const send = (type: string, pointerId: number, x: number, y: number): void => {
        const how = { pointerId, pointerType: 'touch', button: 0, bubbles: true, cancelable: true };
        canvas.dispatchEvent(new PointerEvent(type, { ...how, clientX: box.left + x, clientY: box.top + y }));
      };
      const before = workbench.desk!.stage.transform.scaleY;
      const asked = kernel.requests.length;
      send('pointerdown', 1, 300, 200);
      send('pointerdown', 2, 400, 200);
      send('pointermove', 2, 500, 200);
      send('pointerup', 2, 500, 200);
      send('pointerup', 1, 300, 200);
      const kinds = kernel.requests.slice(asked).map((one) => one.kind);
      return { ratio: workbench.desk!.stage.transform.scaleY / before, kinds };
    });
    expect(result.ratio).toBeCloseTo(2, 5);
    expect(result.kinds).not.toContain('edit');
  });
});

describe('Shift held over the picture', () => {
  it('shows what a click would do, and records nothing', async () => {
    const page = await open({ w: 1180 });
    const before = await documentOf(page);
    await focusCanvas(page);
    await page.page.keyboard.press('n');
    const { x, y } = await page.pointer({ x: 640, y: 210 });
    await page.page.keyboard.down('Shift');
    await page.page.mouse.move(x, y);
    await page.page.getByText(/\+ adds 2\d.\d\d\d px/).waitFor();
    await page.page.keyboard.up('Shift');
    await page.page.getByText(/adds 2/).waitFor({ state: 'detached' });
    expect((await documentOf(page)).prompts).toEqual(before.prompts);
  });
});

describe('pages over the canvas', () => {
  it('the guide opens with ?, has the keys to itself, and gives them back with Escape', async () => {
    const page = await open({ w: 1180 });
    await focusCanvas(page);
    await page.page.keyboard.press('?');
    await page.page.getByRole('dialog', { name: 'Guide' }).waitFor();
    const { frame } = await placeOf(page);
    await page.page.keyboard.press('d');
    expect((await placeOf(page)).frame).toBe(frame);
    await page.page.keyboard.press('Escape');
    await expect(page.page.getByRole('dialog', { name: 'Guide' }).count()).resolves.toBe(0);
    await page.page.keyboard.press('d');
    expect((await placeOf(page)).frame).toBe(frame + 1);
  });

  it('export asks for what is chosen: format, folder, objects, range', async () => {
    const page = await open({ w: 1180 });
    await page.page.evaluate(() => window.masklet.workbench.desk!.setRange([10, 20]));
    await page.page.locator('masklet-session-menu').getByRole('button').first().click();
    await page.page.getByRole('menuitem', { name: 'Export …' }).click();
    await page.page.getByLabel('Format').selectOption('coco');
    await page.page.locator('masklet-export-page').getByLabel('violet').uncheck();
    await page.page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.page.getByText('3 files are in /work/balloons coco.').waitFor();
    const asked = await page.page.evaluate(() =>
      window.masklet.kernel.requests.find((one) => one.kind === 'export'),
    );
    const { objects } = await documentOf(page);
    expect(asked).toEqual({
      kind: 'export',
      format: 'coco',
      folder: 'balloons coco',
      objectIds: objects.filter((one) => one.name !== 'violet').map((one) => one.id),
      range: [10, 20],
    });
  });

  it('an export says what the format keeps, how far it is, and can be cancelled', async () => {
    const page = await open({ w: 1180 });
    await page.page.evaluate(() => window.masklet.workbench.desk!.pages.open('export'));
    await page.page.getByLabel('Format').selectOption('csv');
    await page.page.getByText('The masks themselves are not in it.').waitFor();
    const cancelled = 'The export was cancelled. 812 files are whole in /work/out, and none is half written.';
    await page.page.evaluate((words) => {
      const { kernel } = window.masklet;
      kernel.hold();
      kernel.refuse(new Error(words));
    }, cancelled);
    await page.page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.page.evaluate(() =>
      window.masklet.kernel.set({ exporting: { title: 'Tables (CSV)', share: 0.419, files: 812 } }),
    );
    await page.page.getByText('Tables (CSV): 41 %, 812 files written').waitFor();
    await page.page.keyboard.press('Escape');
    await page.page.getByText('Exporting Tables (CSV): 41 %.').waitFor();
    await page.page.getByRole('button', { name: 'Cancel' }).click();
    const asked = await page.page.evaluate(() => window.masklet.kernel.requests.at(-1));
    expect(asked).toEqual({ kind: 'cancel-export' });
    await page.page.evaluate(() => {
      window.masklet.kernel.set({ exporting: null });
      window.masklet.kernel.release();
    });
    await page.page.getByText('The export was cancelled.').waitFor();
    await page.page.getByText('812 files are whole in /work/out, and none is half written.').waitFor();
  });

  it('settings are edits, and the look is every view’s', async () => {
    const page = await open({ w: 1180 });
    await page.page.getByRole('button', { name: 'Settings' }).click();
    await page.page.getByLabel('A pixel that two claim').selectOption('score');
    await page.page.getByLabel('Frames in a block').fill('200');
    await page.page.getByLabel('Names at the objects').uncheck();
    expect((await documentOf(page)).settings).toMatchObject({ overlap: 'score', blockSize: 200 });
    expect((await placeOf(page)).names).toBe(false);
  });
});
