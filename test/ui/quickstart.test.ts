/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { join } from 'node:path';
import { JupyterLab } from '../support/jupyter-lab';
import { NotebookPage, startChromium } from '../support/notebook-page';
import { addNanoModel } from '../support/sam2-models';

// The quickstart in the real JupyterLab, with the real kernel, in a real Chromium: one user's way through it.
// The tests build on each other.

let lab: JupyterLab;
let browser: Browser;
let notebook: NotebookPage;

/** A pixel of the bunny on frame 40, and one of the grass far from it. */
const onBunny = { x: 430, y: 400 };
const onGrass = { x: 900, y: 600 };

beforeAll(async () => {
  lab = await JupyterLab.start('01-quickstart.ipynb');
  await addNanoModel('nano', join(lab.folder, 'models'));
  browser = await startChromium();
  notebook = await NotebookPage.open(browser, lab.url, '01-quickstart.ipynb');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

async function expectSound(): Promise<void> {
  const { notice } = await notebook.state();
  expect(notice).toBeNull();
}

describe('the quickstart in JupyterLab', () => {
  it('shows the canvas below its first cell (H1, C4)', async () => {
    await notebook.runCell(1);
    await notebook.waitForCanvas();
    const { document } = await notebook.state();
    expect(document.objects).toEqual([]);
  });

  it('shows on the canvas what a cell does (H2)', async () => {
    expect(await notebook.runCell(3)).toMatch(/The mask on frame 40 has \d{5,6} pixels/);
    const state = await notebook.waitForState('the bunny and its box', ({ place }) => place.frame === 40);
    expect(state.document.objects.map((one) => one.name)).toEqual(['bunny']);
    expect(state.document.prompts).toMatchObject([{ kind: 'box', frame: 40 }]);
  });

  it('propagates from a cell, gives arrays, plots and exports (F2, H3, J1, J5)', async () => {
    expect(await notebook.runCell(5)).toMatch(/30 masks in \d+ seconds/);
    expect(await notebook.runCell(7)).toContain('Area of the bunny');
    expect(await notebook.runCell(9)).toContain('31 pictures and bigbuckbunny.npy');
    const { coverage, run } = await notebook.state();
    expect(run).toBeNull();
    expect(coverage[0]!.runs).toEqual([
      { first: 30, last: 39, kind: 'propagated' },
      { first: 40, last: 40, kind: 'prompted' },
      { first: 41, last: 60, kind: 'propagated' },
    ]);
  }, 240_000);

  it('takes a click and shows its mask (F1, G1)', async () => {
    const before = await notebook.state();
    await notebook.clickPixel(onBunny.x, onBunny.y);
    const after = await notebook.waitForState(
      'the click and its mask',
      ({ document, engine }) =>
        document.prompts.length === 2 &&
        document.version >= before.document.version + 2 &&
        engine.state === 'ready',
    );
    expect(after.document.prompts[1]).toMatchObject({ kind: 'point', frame: 40, positive: true });
    await notebook.page.keyboard.press('Shift+Digit4');
    await notebook.waitForColor(onBunny, [0x73, 0xc4, 0xe2]);
    expect(await notebook.colorAt(onGrass)).not.toEqual([0x73, 0xc4, 0xe2]);
    await expectSound();
  });

  it('takes a right click as negative, and Delete takes a chosen prompt away', async () => {
    await notebook.page.keyboard.press('Shift+Digit3');
    await notebook.clickPixel(onGrass.x, onGrass.y, 'right');
    const state = await notebook.waitForState(
      'a negative click',
      ({ document }) => document.prompts.length === 3,
    );
    expect(state.document.prompts[2]).toMatchObject({ kind: 'point', positive: false });
    await notebook.waitForState('its mask', ({ engine }) => engine.state === 'ready');
    await notebook.page.keyboard.press('KeyV');
    await notebook.clickPixel(onGrass.x, onGrass.y);
    await notebook.page.keyboard.press('Delete');
    await notebook.waitForState(
      'the click gone',
      ({ document, engine }) => document.prompts.length === 2 && engine.state === 'ready',
    );
    await notebook.page.keyboard.press('KeyP');
  });

  it('undoes and redoes by keys and by a button, and locks the frame (A3, F5)', async () => {
    const before = await notebook.state();
    expect(before.history.undo).toBe('Remove prompt');
    await notebook.page.keyboard.press('Control+KeyZ');
    await notebook.waitForState('the click back', ({ document }) => document.prompts.length === 3);
    await notebook.page.keyboard.press('Control+KeyY');
    const again = await notebook.waitForState(
      'the click gone',
      ({ document }) => document.prompts.length === 2,
    );
    expect(again.document.prompts).toEqual(before.document.prompts);
    expect(again.coverage).toEqual(before.coverage);
    await notebook.page.keyboard.press('KeyK');
    await notebook.waitForState('the frame locked', ({ document }) => document.barriers.includes(40));
    if (process.env['MASKLET_SHOT'])
      await notebook.page.screenshot({ path: process.env['MASKLET_SHOT'], fullPage: false });
    await notebook.clickPixel(onGrass.x, onGrass.y);
    const said = await notebook.waitForState('the refusal', ({ document }) => document.prompts.length === 2);
    expect(said.document.barriers).toEqual([40]);
    await notebook.page.getByText('Frame 40 is locked by a barrier').first().waitFor();
    await notebook.page.getByRole('button', { name: 'Undo: Lock frame' }).first().click();
    await notebook.waitForState('the frame unlocked', ({ document }) => document.barriers.length === 0);
    await notebook.page.locator('masklet-stage canvas').first().focus();
  });

  it('propagates from the canvas, and cancel keeps what is done (F2)', async () => {
    await notebook.page.keyboard.press('KeyT');
    const running = await notebook.waitForState('a run', ({ run }) => run !== null && run.done >= 2);
    expect(running.run!.total).toBeGreaterThan(80);
    await notebook.page.keyboard.press('Shift+Escape');
    const ended = await notebook.waitForState('the run cancelled', ({ run }) => run === null);
    expect(ended.coverage[0]!.runs.some((one) => one.kind === 'propagated')).toBe(true);
    await expectSound();
  });

  it('lets a second run wait while one is under way, and refuses it where a cell says so', async () => {
    await notebook.page.keyboard.press('KeyT');
    await notebook.waitForState('a run', ({ run }) => run !== null && run.done >= 1);
    const said = await notebook.runCode(
      'await session.propagate({ when: "refuse" }).then(() => "ran", (error: Error) => console.log(error.message));',
    );
    expect(said).toContain('A run is under way');
    await notebook.runCode('const second = session.propagate({ range: [0, 5] });');
    await notebook.waitForState('one that waits', ({ waitingRuns }) => waitingRuns.length === 1);
    await notebook.page.locator('masklet-stage').first().scrollIntoViewIfNeeded();
    await notebook.page.locator('masklet-stage canvas').first().focus();
    await notebook.page.keyboard.press('KeyT');
    const { run, waitingRuns } = await notebook.waitForState(
      'another that waits',
      (state) => state.waitingRuns.length === 2,
    );
    const deck = notebook.page.locator('masklet-run-deck').first();
    await deck.getByRole('button', { name: '2 waiting' }).click();
    await deck
      .getByRole('button', { name: /^Take out of the queue: Both · all objects · frames 0–5/ })
      .click();
    await notebook.waitForState('one fewer', (state) => state.waitingRuns.length === 1);
    await deck.getByRole('button', { name: /^Begin now: Forward/ }).click();
    const next = await notebook.waitForState(
      'the other',
      (state) => state.run !== null && state.run.id !== run?.id,
    );
    expect([next.run?.id, next.waitingRuns]).toEqual([waitingRuns[1]?.id, []]);
    await notebook.runCode('await session.cancel("all"); console.log((await second).cancelled);');
    await notebook.waitForState('none', (state) => state.run === null && state.waitingRuns.length === 0);
    await notebook.page.locator('masklet-stage').first().scrollIntoViewIfNeeded();
    await notebook.page.locator('masklet-stage canvas').first().focus();
  });

  it('keeps everything when the page is loaded anew (H5)', async () => {
    const before = await notebook.state();
    await notebook.reload();
    await notebook.waitForCanvas();
    const after = await notebook.state();
    expect(after.document).toEqual(before.document);
    expect(after.coverage).toEqual(before.coverage);
    expect(after.place).toEqual(before.place);
  });

  it('shows the same masks that a cell reads as arrays (H3)', async () => {
    const pixels: { x: number; y: number }[] = [];
    for (let y = 60; y < 720; y += 97) for (let x = 60; x < 1280; x += 131) pixels.push({ x, y });
    const said = await notebook.runCode(
      `session.goTo({ frame: 44, mode: "masks" });
const m44 = await session.objects.get("bunny").mask(44);
console.log(JSON.stringify(${JSON.stringify(pixels)}.map(({ x: px, y: py }) => m44.data[py * m44.shape[1] + px])));`,
    );
    const fromCell = JSON.parse(said) as number[];
    await notebook.waitForState('frame 44', ({ place }) => place.frame === 44);
    await notebook.page.waitForTimeout(1500);
    const fromCanvas: number[] = [];
    for (const pixel of pixels)
      fromCanvas.push((await notebook.colorAt(pixel)).join() === '115,196,226' ? 1 : 0);
    expect(fromCell).toContain(1);
    expect(fromCell).toContain(0);
    const differing = fromCell.filter((value, i) => value !== fromCanvas[i]).length;
    // A pixel right at an outline, which the canvas draws in black and white, may differ.
    expect(differing).toBeLessThanOrEqual(3);
  });

  it('says what happened when the engine dies, and the next click works', async () => {
    const said = await notebook.runCode(
      `const dying = session.propagate({ direction: "forward" });
for await (const step of dying) { process.kill(session.video.engines.model.pid, "SIGKILL"); break; }
console.log("killed");`,
    );
    expect(said).toContain('killed');
    await notebook.waitForState(
      'a notice',
      ({ notice }) => notice?.message.includes('engine process ended') === true,
    );
    const before = await notebook.state();
    await notebook.page.locator('masklet-stage canvas').first().focus();
    await notebook.clickPixel(onBunny.x + 20, onBunny.y - 60);
    await notebook.waitForState(
      'a mask from a new engine',
      ({ document, engine }) => document.version >= before.document.version + 2 && engine.state === 'ready',
    );
  });

  it('goes on with another model from the menu: masks stay, the next click is answered (I3, I4)', async () => {
    const before = await notebook.state();
    expect(before.models.entries.map((one) => one.name)).toContain('edgetam');
    const menu = notebook.page.locator('masklet-model-menu').first();
    await menu.locator('button.engine').click();
    expect(await menu.locator('li').first().innerText()).toContain('MobileSAM');
    expect((await menu.locator('li').allInnerTexts()).join(' ')).toContain('Fetch 56 MB');
    await menu.getByRole('button', { name: 'Use Nano' }).click();
    await notebook.waitForState(
      'the other model',
      ({ engine }) => engine.name === 'nano' && engine.model === 'Nano',
    );
    const after = await notebook.state();
    expect(after.document).toEqual(before.document);
    expect(after.coverage).toEqual(before.coverage);
    await notebook.page.locator('masklet-stage canvas').first().focus();
    await notebook.clickPixel(onBunny.x, onBunny.y);
    await notebook.waitForState(
      'a mask from the other model',
      ({ document, engine }) => document.version >= before.document.version + 2 && engine.state === 'ready',
    );
    expect(await notebook.runCode('console.log(session.model)')).toContain('nano');
  });
});
