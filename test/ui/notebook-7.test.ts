import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { JupyterLab } from '../support/jupyter-lab';
import { NotebookPage, startChromium } from '../support/notebook-page';

// The same prebuilt extension in Notebook 7 (H6): shown, clicked, keyed, saved, reloaded. The tests build on each other.

let server: JupyterLab;
let browser: Browser;
let notebook: NotebookPage;
const onBunny = { x: 430, y: 400 };

beforeAll(async () => {
  server = await JupyterLab.start('01-quickstart.ipynb', 'notebook');
  browser = await startChromium();
  notebook = await NotebookPage.open(browser, server.url, '01-quickstart.ipynb', 'notebook');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const press = (key: string): Promise<void> => notebook.page.keyboard.press(key);

describe('in Notebook 7', () => {
  it('the canvas shows below its cell, with the page’s width', async () => {
    expect(await notebook.page.title()).toContain('01-quickstart');
    await notebook.runCell(1);
    await notebook.waitForCanvas();
    const widths = await notebook.page.evaluate(() => {
      const canvas = document.querySelector('masklet-workbench')!;
      return [canvas.clientWidth, canvas.closest('.jp-OutputArea-output')!.clientWidth];
    });
    expect(widths[0]).toBeGreaterThan(600);
    expect(widths[1]! - widths[0]!).toBeLessThan(24);
  });

  it('a click is answered with a mask', async () => {
    await notebook.runCode('session.goTo({ frame: 40 });');
    await notebook.waitForState('frame 40', ({ place }) => place.frame === 40);
    await notebook.clickPixel(onBunny.x, onBunny.y);
    await notebook.waitForState(
      'its mask',
      ({ coverage, engine }) => coverage[0]?.runs[0]?.kind === 'prompted' && engine.state === 'ready',
    );
    await press('Shift+Digit4');
    await notebook.waitForColor(onBunny, [0x73, 0xc4, 0xe2]);
    await press('Shift+Digit3');
  });

  it('keys are the canvas’s while it has the focus, and the notebook’s otherwise', async () => {
    const before = await notebook.notebook();
    await notebook.focusCanvas();
    for (const key of ['d', 'd', 'a']) await press(key);
    await notebook.waitForState('the next frame', ({ place }) => place.frame === 41);
    expect((await notebook.notebook()).cells).toBe(before.cells);
    await press('Escape');
    await press('b');
    expect((await notebook.notebook()).cells).toBe(before.cells + 1);
    expect((await notebook.state()).place.frame).toBe(41);
    await notebook.focusCanvas();
    await press('Control+KeyS');
    await expect(waitUntilSaved()).resolves.toBe(true);
    expect((await notebook.state()).place.frame).toBe(41);
  });

  it('the saved notebook has a picture of the canvas', () => {
    const saved = JSON.parse(readFileSync(join(server.folder, '01-quickstart.ipynb'), 'utf8')) as {
      cells: { outputs?: { data?: Record<string, unknown> }[] }[];
    };
    expect(saved.cells[1]!.outputs![0]!.data!['image/jpeg']).toMatch(/^\/9j\//);
  });

  it('a reload keeps everything', async () => {
    const before = await notebook.state();
    await notebook.reload();
    await notebook.waitForCanvas();
    const after = await notebook.state();
    expect(after.document).toEqual(before.document);
    expect(after.place).toEqual(before.place);
    const { document } = after;
    await notebook.clickPixel(onBunny.x, onBunny.y + 30);
    await notebook.waitForState('another prompt', (state) => state.document.version > document.version);
  });
});

async function waitUntilSaved(): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    if ((await notebook.notebook()).saved) return true;
    await notebook.page.waitForTimeout(200);
  }
  return false;
}
