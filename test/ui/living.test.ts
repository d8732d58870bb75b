import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { JupyterLab } from '../support/jupyter-lab';
import { NotebookPage, startChromium } from '../support/notebook-page';

// Living in JupyterLab (H5, H6, H7): saved notebooks, two views, a kernel that goes. The tests build on each other.

let lab: JupyterLab;
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
  const template = JSON.parse(readFileSync(join(lab.folder, '01-quickstart.ipynb'), 'utf8')) as object;
  const cells = code.map((source, i) => ({
    ...{ cell_type: 'code', id: `c${i}`, metadata: {}, execution_count: null, outputs: [], source },
  }));
  writeFileSync(join(lab.folder, 'living.ipynb'), JSON.stringify({ ...template, cells }));
  browser = await startChromium();
  notebook = await NotebookPage.open(browser, lab.url, 'living.ipynb');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

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

describe('keys', () => {
  it('stay the notebook’s while the focus is elsewhere', async () => {
    const { place } = await notebook.state();
    await notebook.page.locator('.jp-Notebook').first().focus();
    await notebook.page.keyboard.press('d');
    await notebook.page.waitForTimeout(200);
    expect((await notebook.state()).place.frame).toBe(place.frame);
  });
});

describe('a kernel that goes', () => {
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
