/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { ClipFolder } from '../support/clips';
import { JupyterLab } from '../support/jupyter-lab';
import { NotebookPage, startChromium } from '../support/notebook-page';

// A canvas without a video in the real JupyterLab: chosen in its own dialog, annotated, closed, opened again. The notebook
// lies in a folder of its own, and the video in another. The tests build on each other.

let clips: ClipFolder;
let drafts: string;
let lab: JupyterLab;
let browser: Browser;
let notebook: NotebookPage;

const inSquare = { x: 100, y: 100 };

beforeAll(async () => {
  clips = await ClipFolder.open();
  drafts = mkdtempSync(join(tmpdir(), 'masklet-drafts-'));
  process.env['MASKLET_DRAFTS'] = drafts;
  lab = await JupyterLab.start('01-quickstart.ipynb');
  process.env['MASKLET_DRAFTS'] = 'off';
  const ground = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=10:d=1'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=90x90:r=10:d=1'];
  clips.make('zwei vögel.mp4', ...ground, ...square, '-filter_complex', '[0][1]overlay=x=60:y=60');
  clips.make('minute.mp4', '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=60', '-preset', 'ultrafast');
  writeFileSync(join(clips.folder, 'list.txt'), "file 'minute.mp4'\n".repeat(60));
  mkdirSync(join(lab.folder, 'data'));
  mkdirSync(join(lab.folder, 'field work'));
  const list = ['-f', 'concat', '-i', join(clips.folder, 'list.txt'), '-c', 'copy'];
  clips.make('hour.mp4', ...list);
  for (const name of ['zwei vögel.mp4', 'hour.mp4'])
    renameSync(join(clips.folder, name), join(lab.folder, 'data', name));
  const template = JSON.parse(readFileSync(join(lab.folder, '01-quickstart.ipynb'), 'utf8')) as object;
  const code = 'import { annotate } from "masklet";\nconst canvas = await annotate();\ncanvas';
  const cell = {
    cell_type: 'code',
    id: 'c0',
    metadata: {},
    execution_count: null,
    outputs: [],
    source: code,
  };
  writeFileSync(
    join(lab.folder, 'field work', 'opening.ipynb'),
    JSON.stringify({ ...template, cells: [cell] }),
  );
  browser = await startChromium();
  notebook = await NotebookPage.open(browser, lab.url, 'field work/opening.ipynb');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
  clips?.remove();
  rmSync(drafts, { recursive: true, force: true });
});

const opening = (): Locator => notebook.page.locator('masklet-opening-page');

describe('a canvas without a video in JupyterLab', () => {
  it('offers what there is to open, with JupyterLab’s dialogs', async () => {
    await notebook.runCell(0);
    await opening().getByRole('button', { name: 'Video …' }).waitFor();
    expect(await opening().getByText('field work, or a whole path').count()).toBe(1);
  });

  it('opens the video that is chosen in JupyterLab’s own dialog, from another folder than the notebook’s', async () => {
    const { page } = notebook;
    await opening().getByRole('button', { name: 'Video …' }).click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.locator('.jp-BreadCrumbs-home').click();
    await dialog.locator('.jp-DirListing-item', { hasText: 'data' }).dblclick();
    await dialog.locator('.jp-DirListing-item', { hasText: 'zwei vögel.mp4' }).click();
    expect(await dialog.locator('.jp-DirListing-item').count()).toBe(2);
    await dialog.getByRole('button', { name: 'Select' }).click();
    await notebook.waitForCanvas();
    expect(await notebook.runCode('console.log(canvas.current?.video.name);')).toBe('zwei vögel\n');
  });

  it('takes a click, closes, and opens again from the list with the mask there', async () => {
    await notebook.waitForState('the model', ({ engine }) => engine.state === 'ready');
    await notebook.clickPixel(inSquare.x, inSquare.y);
    await notebook.waitForState('a mask', ({ coverage }) => coverage[0]?.runs.length === 1);
    const before = await notebook.runCode('console.log(canvas.current!.objects.get("object 1").areas()[0]);');
    const menu = notebook.page.locator('masklet-session-menu');
    await menu.getByRole('button').first().click();
    await menu.getByRole('menuitem', { name: 'Close …' }).click();
    await notebook.page
      .locator('masklet-keeping-page')
      .getByRole('button', { name: 'Close the session' })
      .click();
    await opening().getByText('is closed. Everything in it is kept.').waitFor();
    await opening()
      .getByRole('button', { name: /zwei vögel.*draft · 1 object, 1 of 10 frames/ })
      .click();
    await notebook.waitForCanvas();
    await notebook.waitForState('the mask again', ({ coverage }) => coverage[0]?.runs.length === 1);
    expect(Number(before)).toBeGreaterThan(1000);
    expect(await notebook.runCode('console.log(canvas.current!.objects.get("object 1").areas()[0]);')).toBe(
      before,
    );
  });

  it('shows the first frame of an hour at once, and opens it in the place of the other (C4)', async () => {
    const menu = notebook.page.locator('masklet-session-menu');
    await menu.getByRole('button').first().click();
    await menu.getByRole('menuitem', { name: 'Open another …' }).click();
    await opening().getByLabel('Path').fill('../data/hour.mp4');
    const began = Date.now();
    await opening().getByRole('button', { name: 'Open', exact: true }).click();
    await opening().getByRole('img').waitFor();
    const seen = Date.now() - began;
    await notebook.page.waitForFunction(
      () =>
        document.querySelector('masklet-workbench')?.shadowRoot?.querySelector('masklet-timeline') !== null,
    );
    await notebook.waitForState(
      'the hour',
      ({ place, coverage }) => place.frame === 0 && coverage.length === 0,
    );
    const open = Date.now() - began;
    console.info(`an hour (90,000 frames): first frame after ${seen} ms, open after ${open} ms`);
    expect(await notebook.runCode('console.log(canvas.current?.video.frameCount);')).toBe('90000\n');
  });

  it('opens what is dragged onto the page out of JupyterLab’s file browser', async () => {
    const { page } = notebook;
    const files = page.locator('#filebrowser');
    if (!(await files.isVisible())) await page.getByRole('tab', { name: /File Browser/ }).click();
    await files.locator('.jp-BreadCrumbs-home').click();
    await files.locator('.jp-DirListing-item', { hasText: 'data' }).dblclick();
    const file = files.locator('.jp-DirListing-item', { hasText: 'zwei vögel.mp4' });
    await file.waitFor();
    await page.locator('masklet-session-menu').getByRole('button').first().click();
    await page.getByRole('menuitem', { name: 'Open another …' }).click();
    const ways = opening().getByRole('heading', { name: 'Open a video, a folder of images or a session' });
    const [from, to] = [(await file.boundingBox())!, (await ways.boundingBox())!];
    await page.mouse.move(from.x + 40, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
    await opening().locator('.ways.over').waitFor();
    await page.mouse.up();
    await notebook.waitForState('the dropped video', ({ coverage }) => coverage.length === 0);
    await page.waitForFunction(
      () => document.querySelector('masklet-workbench')?.shadowRoot?.querySelector('[data-page]') === null,
    );
    expect(await notebook.runCode('console.log(canvas.current?.video.name);')).toBe('zwei vögel\n');
  });
});
