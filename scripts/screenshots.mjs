// Pictures of every state of the canvas: npm run screenshots [OUT] [NAME …]
// Widths 480, 760 and 1180, light and dark, into OUT (screenshots/); NAMEs choose states. To be looked at.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { bundlePage } from '../test/widget-page/bundle-page.mjs';
import { openScene, scenes } from '../test/widget-page/scenes.mjs';
import { stop } from './project.mjs';

const widths = [480, 760, 1180];
const themes = ['light', 'dark'];

async function shoot(browser, page, out, name) {
  for (const theme of themes)
    for (const w of widths) {
      const tab = await browser.newPage({ viewport: { width: w + 20, height: 1200 } });
      tab.on('pageerror', (error) => console.error(`${name} ${theme} ${w}: ${error.message}`));
      try {
        await openScene(tab, `file://${page}`, name, { theme, w: String(w) });
      } catch (error) {
        console.error(`${name} ${theme} ${w}: ${String(error).split('\n')[0]}`);
      }
      const box = await tab.evaluate(() => document.body.scrollHeight);
      await tab.screenshot({
        path: join(out, `${name}-${theme}-${w}.png`),
        clip: { x: 0, y: 0, width: w, height: Math.min(Math.max(box, 760), 1200) },
      });
      await tab.close();
    }
}

const [out = 'screenshots', ...names] = process.argv.slice(2);
if (out.startsWith('-')) stop('npm run screenshots [OUT] [NAME …]: OUT is the folder of the pictures.');
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
