import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { JupyterLab } from '../support/jupyter-lab';
import { NetworkWire } from '../support/network-wire';
import { NotebookPage, startChromium } from '../support/notebook-page';

// Living in JupyterLab (H5, H6, H7): saved notebooks, two views, a kernel that goes. The tests build on each other.

let lab: JupyterLab;
let wire: NetworkWire;
let browser: Browser;
let notebook: NotebookPage;

const code = [
  `import { annotate, openVideo } from "masklet";
const video = await openVideo("sample:bikes", { model: "synthetic", range: [0, 30] });
const session = await annotate(video, { at: "bikes.masklet" });
session`,
  `const one = session.objects.add({ name: "one" });
await one.drawMask(0, { data: new Uint8Array(video.width * video.height).fill(1, 0, 9000), shape: [video.height, video.width] });
await session.propagate({ range: [0, 5] });`,
];

beforeAll(async () => {
  lab = await JupyterLab.start('01-quickstart.ipynb');
  lab.write('living.ipynb', '01-quickstart.ipynb', code);
  wire = await NetworkWire.to(lab.url);
  browser = await startChromium();
  notebook = await NotebookPage.open(browser, wire.url, 'living.ipynb');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await wire?.close();
  await lab?.stop();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 100) throw new Error('it never came to that');
    await notebook.page.waitForTimeout(100);
  }
}

function savedOutput(): Record<string, unknown> {
  const saved = JSON.parse(readFileSync(join(lab.folder, 'living.ipynb'), 'utf8')) as {
    cells: { outputs: { data?: Record<string, unknown> }[] }[];
  };
  return saved.cells[0]!.outputs[0]!.data!;
}

/** The colours along the top of a JPEG, as the browser reads it. */
function colorsOf(jpeg: string): Promise<number[]> {
  return notebook.page.evaluate(async (data) => {
    const picture = new Image();
    picture.src = `data:image/jpeg;base64,${data}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(picture, 0, 0);
    return [picture.width, ...context.getImageData(picture.width >> 1, 4, 1, 1).data.slice(0, 3)];
  }, jpeg);
}

describe('a saved notebook', () => {
  it('has a picture of the canvas as it is, though the live view was not built anew', async () => {
    await notebook.runCell(0);
    await notebook.waitForCanvas();
    await notebook.page.evaluate(() =>
      document.querySelector('masklet-workbench')!.setAttribute('data-mine', 'yes'),
    );
    await notebook.save();
    const before = savedOutput();
    expect(before['text/plain']).toEqual(['Masklet: bikes, 31 frames of 640 × 272, 0 objects']);
    const bare = await colorsOf(before['image/jpeg'] as string);
    expect(bare[0]).toBe(800);
    await notebook.runCell(1);
    await notebook.waitForState('its masks', ({ coverage }) => coverage.length === 1);
    await notebook.page.waitForTimeout(1500);
    await notebook.save();
    const masked = await colorsOf(savedOutput()['image/jpeg'] as string);
    expect(masked).not.toEqual(bare);
    expect(await notebook.page.locator('masklet-workbench[data-mine=yes]').count()).toBe(1);
    expect(await notebook.page.locator('masklet-workbench').count()).toBe(1);
  });
});

describe('two views', () => {
  it('beside the notebook are the same canvas: frame and edits are in both', async () => {
    await notebook.runCell(0);
    await notebook.waitForCanvas();
    await notebook.showInNewView(0);
    await notebook.page.waitForFunction(() => document.querySelectorAll('masklet-workbench').length === 2);
    await notebook.runCode('session.goTo({ frame: 4 }); session.objects.add({ name: "two" });');
    await notebook.page.waitForFunction(() =>
      [
        ...document.querySelectorAll<
          HTMLElement & { desk: { frame: number; document: { objects: unknown[] } } }
        >('masklet-workbench'),
      ].every(({ desk }) => desk.frame === 4 && desk.document.objects.length === 2),
    );
  });
});

describe('two views and two pages', () => {
  it('an edit in the view beside is in the first, and each view has its own zoom', async () => {
    const second = notebook.page.locator('.jp-LinkedOutputView masklet-workbench');
    await second.getByRole('button', { name: 'New object' }).first().click();
    await notebook.waitForState('the object', ({ document }) => document.objects.length === 3);
    await second.getByRole('button', { name: 'Zoom in' }).click();
    const fits = await notebook.page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement & { desk: { stage: { fits: boolean } } }>(
          'masklet-workbench',
        ),
      ].map(({ desk }) => desk.stage.fits),
    );
    expect(fits.sort()).toEqual([false, true]);
    await notebook.runCode('await session.undo();');
    await notebook.waitForState('it gone', ({ document }) => document.objects.length === 2);
  });

  it('the view beside the notebook goes full screen and back', async () => {
    const second = notebook.page.locator('.jp-LinkedOutputView masklet-workbench');
    const isFull = () =>
      second.evaluate(
        (one) => document.fullscreenElement === one && (one as HTMLElement).offsetWidth === innerWidth,
      );
    await second.locator('masklet-stage canvas').focus();
    await notebook.page.keyboard.press('Shift+KeyF');
    await until(isFull);
    await notebook.page.keyboard.press('Shift+KeyF');
    await until(async () => !(await isFull()));
  });

  it('two pages on one notebook stay in step, both ways', async () => {
    await notebook.save();
    const other = await NotebookPage.open(browser, lab.url, 'living.ipynb', 'lab', 'other');
    await other.waitForCanvas();
    const { place } = await notebook.state();
    await other.focusCanvas();
    await other.page.keyboard.press('KeyN');
    await notebook.waitForState('the object', ({ document }) => document.objects.length === 3);
    await other.page.keyboard.press('KeyD');
    await notebook.waitForState('the frame', (state) => state.place.frame === place.frame + 1);
    await notebook.focusCanvas();
    await notebook.page.keyboard.press('Control+KeyZ');
    await other.waitForState('it gone', ({ document }) => document.objects.length === 2);
    await other.page.close();
  });
});

describe('keys', () => {
  it('of command mode change neither frame nor object; those of the canvas change no cell', async () => {
    const before = { ...(await notebook.notebook()), ...(await notebook.state()) };
    await notebook.focusCell(1);
    for (const key of ['j', 'k', 'a', 'x', 'z', 'b', 'd', 'd']) await notebook.page.keyboard.press(key);
    const after = await notebook.state();
    expect(after.place).toEqual(before.place);
    expect(after.document).toEqual(before.document);
    await notebook.focusCanvas();
    const { cells } = await notebook.notebook();
    for (const key of ['d', 'd', 'a', 'a', 'x', 'x']) await notebook.page.keyboard.press(key);
    expect((await notebook.notebook()).cells).toBe(cells);
  });

  it('for saving and running are JupyterLab’s while the canvas has the focus', async () => {
    await notebook.focusCanvas();
    await notebook.page.keyboard.press('Control+KeyS');
    await until(async () => (await notebook.notebook()).saved);
    const count = () => notebook.executionCount(0);
    const before = await count();
    await notebook.page.keyboard.press('Control+Enter');
    await until(async () => (await count()) > before);
    await notebook.waitForCanvas();
  });

  it('stay the notebook’s while the focus is elsewhere', async () => {
    const { place } = await notebook.state();
    await notebook.focusCell(1);
    await notebook.page.keyboard.press('d');
    await notebook.page.waitForTimeout(200);
    expect((await notebook.state()).place.frame).toBe(place.frame);
  });
});

describe('a kernel that goes', () => {
  it('or is out of reach for a while is said; what is done meanwhile is done when it is back', async () => {
    const { document } = await notebook.state();
    wire.cut();
    await notebook.page.getByText('The connection to the kernel is lost.').first().waitFor();
    await notebook.focusCanvas();
    await notebook.page.keyboard.press('KeyN');
    wire.mend();
    const done = (): Promise<unknown> =>
      notebook.waitForState('the object', (now) => now.document.version > document.version, 60_000);
    // Where the server has not yet seen that the old connection is gone, JupyterLab's own tries may come to nothing: then once more.
    await notebook.reconnectKernel();
    await done().catch(async () => {
      await notebook.reconnectKernel();
      await done();
    });
    await notebook.page
      .getByText('The connection to the kernel is lost.')
      .first()
      .waitFor({ state: 'detached', timeout: 90_000 });
    await notebook.page.keyboard.press('Control+KeyZ');
    await notebook.waitForState(
      'it gone',
      (state) => state.document.objects.length === document.objects.length,
    );
  }, 300_000);

  it('is said plainly, with where the work is and what to do; its cell run again goes on', async () => {
    await notebook.restartKernel();
    const strip = notebook.page.getByText('The kernel is gone.').first();
    await strip.waitFor();
    await notebook.page
      .getByText('Saved in bikes.masklet. Start the kernel and run the cell to go on.')
      .first()
      .waitFor();
    await notebook.waitForKernel();
    await notebook.runCell(0);
    await notebook.page.waitForFunction(() => {
      const all = [
        ...document.querySelectorAll<
          HTMLElement & { desk?: { editable: boolean; document: { objects: unknown[] } } }
        >('masklet-workbench'),
      ];
      return all.some((one) => one.desk?.editable && one.desk.document.objects.length === 2);
    });
  });
});
