import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFaults } from '../support/axe-faults';
import { CanvasBundle } from '../support/canvas-page';
import { startChromium } from '../support/notebook-page';
import { openScene, scenes } from '../widget-page/scenes.mjs';

// Every state of the canvas's page: axe-core in both themes at three widths, forced colours, reduced motion.
// The real JupyterLab: keyboard.test.ts.

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
  it.each(Object.keys(scenes))('%s', async (name) => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1200 } });
    await openScene(page, bundle.address, name, { theme: 'light', w: String(widths[0]) });
    const faults: Record<string, string[]> = {};
    for (const theme of ['light', 'dark'])
      for (const width of widths) {
        await page.evaluate(
          ([to, look]) => {
            document.body.className = look;
            window.masklet.workbench.parentElement!.style.width = `${to}px`;
          },
          [width, theme] as const,
        );
        await page.waitForTimeout(100);
        // What is not about colours is the same in both themes.
        const rules = theme === 'light' ? 'all' : 'colors';
        faults[`${theme} ${width}`] = await axeFaults(page, 'masklet-workbench', rules);
      }
    await page.close();
    expect(Object.values(faults)).toHaveLength(6);
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
  });
});

describe('with forced colours', () => {
  it.each(['running', 'monitor'] as const)(
    'what is done is told from what is not in each bar: %s',
    async (name) => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
      await page.emulateMedia({ forcedColors: 'active' });
      await openScene(page, bundle.address, name, { theme: 'light', w: '1180' });
      const bars = await page.locator('.bar').evaluateAll((all) =>
        all.map((bar) => {
          const [whole, done] = [bar, bar.firstElementChild!].map(
            (one) => getComputedStyle(one).backgroundColor,
          );
          return whole !== done && whole !== getComputedStyle(document.body).backgroundColor;
        }),
      );
      await page.close();
      expect(bars.length).toBeGreaterThan(0);
      expect(bars).toEqual(bars.map(() => true));
    },
  );
});

describe('with reduced motion', () => {
  it.each(['running', 'loading', 'opening-long', 'fetching', 'models'] as const)(
    'nothing moves: %s',
    async (name) => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await openScene(page, bundle.address, name, { theme: 'light', w: '1180' });
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      await page.close();
    },
  );
});
