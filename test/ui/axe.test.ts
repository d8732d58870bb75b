import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFaults } from '../support/axe-faults';
import { CanvasBundle } from '../support/canvas-page';
import { startChromium } from '../support/notebook-page';
import { openScene, scenes } from '../widget-page/scenes.mjs';

// axe-core over every state of the canvas's page, in both themes at three widths. The real JupyterLab: keyboard.test.ts.

let browser: Browser;
let bundle: CanvasBundle;
beforeAll(async () => {
  bundle = new CanvasBundle();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  bundle?.dispose();
});

const widths = [1180, 760, 480];

describe('axe finds nothing wrong with', () => {
  it.each(Object.keys(scenes).flatMap((name) => [[name, 'light'] as const, [name, 'dark'] as const]))(
    '%s, %s',
    async (name, theme) => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 1200 } });
      await openScene(page, bundle.address, name, { theme, w: String(widths[0]) });
      const faults: Record<number, string[]> = {};
      for (const width of widths) {
        await page.evaluate((to) => {
          window.masklet.workbench.parentElement!.style.width = `${to}px`;
        }, width);
        await page.waitForTimeout(100);
        faults[width] = await axeFaults(page);
      }
      await page.close();
      expect(faults).toEqual(Object.fromEntries(widths.map((width) => [width, []])));
    },
  );
});
