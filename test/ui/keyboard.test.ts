import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { axeFaults } from '../support/axe-faults';
import { LabNotebook } from '../support/lab-notebook';
import type { NotebookPage } from '../support/notebook-page';

// A whole piece of work without a mouse, in the real JupyterLab with the real kernel. The tests build on each other.

let opened: LabNotebook;
let notebook: NotebookPage;

const code = [
  `import { annotate, openVideo } from "masklet";
const session = await annotate(await openVideo("sample:bikes", { model: "synthetic", range: [0, 8] }), { at: "keys.masklet" });
session`,
];

beforeAll(async () => {
  opened = await LabNotebook.of('keys.ipynb', code);
  notebook = opened.page;
}, 120_000);

afterAll(() => opened?.close());

const widget = (): Locator => notebook.page.locator('masklet-workbench').first();
const press = (key: string): Promise<void> => notebook.page.keyboard.press(key);

/** What has the focus, through shadow roots: its name, whether it is in the canvas, and whether that shows. */
function focused(): Promise<{ inside: boolean; name: string; shown: boolean }> {
  return notebook.page.evaluate(() => {
    let element = document.activeElement!;
    const inside = element.tagName === 'MASKLET-WORKBENCH';
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const ringed = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    return { inside, name: `${element.tagName} ${name}`, shown: ringed || element.tagName === 'CANVAS' };
  });
}

/** Presses Tab (or Shift+Tab) until something of that name has the focus. */
async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let tries = 0; tries < 60; tries++) {
    const here = await focused();
    if (here.inside && name.test(here.name)) return;
    if (here.inside && passed.length > 0 && !here.shown)
      throw new Error(`the focus does not show at ${here.name}`);
    passed.push(here.name.slice(0, 40));
    await press(key);
  }
  throw new Error(`Tab never came to ${name}: ${passed.join(' | ')}`);
}

describe('without a mouse', () => {
  it('Tab goes from the cell into the canvas, and everywhere the focus shows', async () => {
    await notebook.focusCell(0);
    await tabTo(/^CANVAS Frame 0 of 9/);
  });

  it('a point is set with the cross-hair and answered with a mask', async () => {
    for (const key of ['KeyP', 'Insert', 'Alt+Shift+ArrowRight', 'Alt+ArrowUp', 'Insert']) await press(key);
    const { document } = await notebook.waitForState(
      'a prompt and its mask',
      ({ coverage, engine }) => coverage[0]?.runs[0]?.kind === 'prompted' && engine.state === 'ready',
    );
    expect(document.prompts).toMatchObject([{ kind: 'point', frame: 0, positive: true, x: 330, y: 135 }]);
  });

  it('it is propagated, and that is undone and redone', async () => {
    await press('KeyT');
    const whole = ({ coverage }: { coverage: readonly { runs: readonly { last: number }[] }[] }): boolean =>
      coverage[0]?.runs.at(-1)?.last === 8;
    await notebook.waitForState('all frames', (state) => state.run === null && whole(state));
    await press('Control+KeyZ');
    await notebook.waitForState('none', (state) => !whole(state));
    await press('Control+KeyY');
    await notebook.waitForState('all again', whole);
  });

  it('a menu opens, is left, and gives the focus back; its export page writes files', async () => {
    await tabTo(/^BUTTON bikes/, 'Shift+Tab');
    await press('Enter');
    await widget().getByRole('menuitem', { name: 'Settings' }).waitFor();
    await press('Escape');
    expect((await focused()).name).toMatch(/^BUTTON bikes/);
    await press('Enter');
    await tabTo(/^BUTTON Export/);
    await press('Enter');
    await widget().getByLabel('Folder').waitFor();
    expect((await focused()).name).toMatch(/^SELECT/);
    await tabTo(/^BUTTON Export/);
    await press('Enter');
    await widget().locator('masklet-export-page .outcome').waitFor();
    expect(existsSync(join(opened.lab.folder, 'bikes davis'))).toBe(true);
    expect(await axeFaults(notebook.page)).toEqual([]);
    await press('Escape');
    expect((await focused()).name).toMatch(/^CANVAS/);
  });

  it('axe finds nothing wrong with it in JupyterLab', async () => {
    expect(await axeFaults(notebook.page)).toEqual([]);
  });

  it('Escape puts the cross-hair away, then gives the keys back to the notebook', async () => {
    await press('Escape');
    expect((await focused()).inside).toBe(true);
    await press('Escape');
    expect((await focused()).inside).toBe(false);
    const { cells } = await notebook.notebook();
    await press('KeyB');
    expect((await notebook.notebook()).cells).toBe(cells + 1);
  });
});
