// Pictures of every state of the canvas: npm run screenshots [OUT] [NAME …]
// Widths 480, 760 and 1180, light and dark, into OUT (screenshots/); NAMEs choose states. To be looked at.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { bundlePage } from '../test/widget-page/bundle-page.mjs';
import { stop } from './project.mjs';

const widths = [480, 760, 1180];
const themes = ['light', 'dark'];

/** Where a pixel of the video is in the window. */
const place = (page, pixel) => page.evaluate((at) => window.masklet.workbench.clientPlace(at), pixel);

async function openPage(page, name) {
  await page.evaluate((one) => {
    const { desk } = window.masklet.workbench;
    desk.pages.open(one);
  }, name);
  await page.waitForTimeout(200);
}

async function drag(page, pixels, button = 'left') {
  for (const [i, pixel] of pixels.entries()) {
    const { x, y } = await place(page, pixel);
    await page.mouse.move(x, y, { steps: 6 });
    if (i === 0) await page.mouse.down({ button });
  }
}

/** Each state of the page, with what a user does in it before the picture is taken. */
const scenes = {
  main: {},
  empty: { state: 'empty' },
  loading: { state: 'loading' },
  starting: { state: 'starting' },
  running: { state: 'running' },
  error: { state: 'error' },
  gone: { state: 'gone', act: (page) => page.waitForTimeout(600) },
  many: { state: 'many' },
  original: { view: 'original' },
  prompts: { view: 'prompts' },
  masks: { view: 'masks' },
  models: {
    state: 'models',
    act: (page) => page.locator('masklet-model-menu').getByRole('button').first().click(),
  },
  guide: { act: (page) => openPage(page, 'guide') },
  settings: { act: (page) => openPage(page, 'settings') },
  export: { act: (page) => openPage(page, 'export') },
  'save-as': { act: (page) => openPage(page, 'save-as') },
  'start-over': { act: (page) => openPage(page, 'start-over') },
  menu: { act: (page) => page.locator('masklet-session-menu').getByRole('button').first().click() },
  brush: {
    act: async (page) => {
      await page.getByRole('radio', { name: /^Brush/ }).click();
      await drag(page, [
        { x: 380, y: 360 },
        { x: 440, y: 380 },
        { x: 470, y: 330 },
      ]);
    },
  },
  lasso: {
    act: async (page) => {
      await page.getByRole('radio', { name: /^Lasso/ }).click();
      await drag(
        page,
        [
          { x: 220, y: 200 },
          { x: 330, y: 190 },
          { x: 370, y: 300 },
          { x: 260, y: 330 },
        ],
        'right',
      );
    },
  },
  preview: {
    act: async (page) => {
      const { x, y } = await place(page, { x: 660, y: 220 });
      await page.getByRole('button', { name: 'New object' }).first().click();
      await page.keyboard.down('Shift');
      await page.mouse.move(x, y);
      await page.waitForTimeout(300);
    },
  },
  zoomed: {
    act: async (page) => {
      await page.evaluate(() => {
        const { desk } = window.masklet.workbench;
        desk.stage.zoomBy(14, { x: 300, y: 180 });
        desk.changed();
      });
      await page.waitForTimeout(300);
    },
  },
};

async function shoot(browser, page, out, name) {
  const { act, ...options } = scenes[name];
  for (const theme of themes)
    for (const w of widths) {
      const tab = await browser.newPage({ viewport: { width: w + 20, height: 1200 } });
      tab.on('pageerror', (error) => console.error(`${name} ${theme} ${w}: ${error.message}`));
      const hash = new URLSearchParams({ ...options, theme, w: String(w) });
      await tab.goto(`file://${page}#${hash}`);
      await tab.waitForTimeout(options.state === 'loading' ? 700 : 450);
      try {
        await act?.(tab);
      } catch (error) {
        console.error(`${name} ${theme} ${w}: ${String(error).split('\n')[0]}`);
      }
      await tab.waitForTimeout(80);
      const box = await tab.evaluate(() => document.body.scrollHeight);
      await tab.screenshot({
        path: join(out, `${name}-${theme}-${w}.png`),
        clip: { x: 0, y: 0, width: w, height: Math.min(box, 1200) },
      });
      await tab.close();
    }
}

const [out = 'screenshots', ...names] = process.argv.slice(2);
const unknown = names.find((name) => !(name in scenes));
if (unknown) stop(`There is no state “${unknown}”. There are: ${Object.keys(scenes).join(', ')}.`);
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) stop('There is no Chromium: install it or set CHROMIUM_PATH.');
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'masklet-page-'));
const page = await bundlePage(folder);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const name of names.length > 0 ? names : Object.keys(scenes)) await shoot(browser, page, out, name);
await browser.close();
rmSync(folder, { recursive: true });
console.log(`The pictures are in ${out}.`);
