import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { LabNotebook } from '../support/lab-notebook';
import type { CanvasState, NotebookPage } from '../support/notebook-page';

// Review in the real JupyterLab with the real kernel (F9): what a person does about alarms. The model without weights
// follows colours, so it is known where it goes wrong: “lamp” turns from red to green at frame 12, “guest” is gone from
// frame 20 on. The tests build on each other.

let opened: LabNotebook;
let notebook: NotebookPage;

const code = [
  `import { annotate, openVideo } from "masklet";
const [width, height] = [160, 96];
const frames = Array.from({ length: 30 }, (_, n) => {
  const data = new Uint8Array(width * height * 3).fill(40);
  const square = (x: number, y: number, color: number[]): void => {
    for (let row = y; row < y + 20; row++) for (let at = x; at < x + 20; at++) data.set(color, (row * width + at) * 3);
  };
  square(20 + n, 14, n < 12 ? [220, 30, 30] : [30, 200, 60]);
  if (n < 20) square(120 - n, 60, [40, 90, 230]);
  return { data, shape: [height, width, 3] as const };
});
const video = await openVideo({ frames, name: "lamp" }, { model: "synthetic" });
const session = await annotate(video, { at: "lamp.masklet" });
session`,
  `const lamp = session.objects.add({ name: "lamp" });
const guest = session.objects.add({ name: "guest" });
await lamp.point(0, [30, 24]);
await guest.point(0, [130, 70]);
await session.propagate();`,
];

beforeAll(async () => {
  opened = await LabNotebook.of('review.ipynb', code);
  notebook = opened.page;
}, 120_000);

afterAll(() => opened?.close());

const widget = (): Locator => notebook.page.locator('masklet-workbench').first();
const panel = (): Locator => widget().locator('masklet-review-panel');
const press = (key: string): Promise<void> => notebook.page.keyboard.press(key);
const marks = (name: string): Locator => widget().locator(`masklet-timeline .lane-mark[title*="${name}"]`);

/** The alarms as kind, object and frame, once every mask was looked at. */
async function alarms(what: string, fits: (found: readonly string[]) => boolean): Promise<readonly string[]> {
  const words = ({ review, document }: CanvasState): readonly string[] =>
    review.alarms.map(({ kind, objectId, frame }) => {
      const { name } = document.objects.find((one) => one.id === objectId)!;
      return `${kind} ${name} ${frame}`;
    });
  const state = await notebook.waitForState(
    what,
    (one) => one.review.pending === 0 && one.run === null && fits(words(one)),
  );
  return words(state);
}

describe('reviewing in JupyterLab', () => {
  it('an alarm is on the timeline and in the panel as soon as a run has gone wrong', async () => {
    await notebook.runCell(1);
    expect(await alarms('its alarms', (found) => found.length === 2)).toEqual([
      'absence lamp 12',
      'absence guest 20',
    ]);
    await marks('Absence').first().waitFor();
    expect(await marks('Absence').count()).toBe(2);
    await widget().getByRole('tab', { name: 'Review' }).click();
    expect(await panel().locator('.line').allInnerTexts()).toEqual([
      expect.stringContaining('lamp'),
      expect.stringContaining('guest'),
    ]);
  });

  it('a key goes to the next; a click mends it, and the next run carries that on', async () => {
    await widget().locator('masklet-stage canvas').focus();
    await press('Period');
    await notebook.waitForState('the frame', ({ place }) => place.frame === 12);
    await panel().getByText('Whole on frame 11').waitFor();
    await notebook.clickPixel(42, 24);
    await notebook.waitForState('the mask', ({ document }) => document.prompts.length === 3);
    await widget()
      .locator('masklet-run-deck')
      .getByRole('button', { name: 'Propagate', exact: true })
      .click();
    expect(await alarms('it gone', (found) => found.length === 1)).toEqual(['absence guest 20']);
    expect(await marks('Absence').count()).toBe(1);
    const carried = await notebook.runCode('console.log(String((await lamp.maskInfo(29))?.area));');
    expect(carried.trim()).toBe('400');
  });

  it('one that is as it should be is accepted by a key, which undo takes back', async () => {
    await widget().locator('masklet-stage canvas').focus();
    await press('Period');
    await notebook.waitForState('the frame', ({ place }) => place.frame === 20);
    await press('Enter');
    await alarms('no alarm', (found) => found.length === 0);
    await panel().getByText('No alarms').waitFor();
    expect(await marks('Absence').count()).toBe(0);
    await press('Control+KeyZ');
    expect(await alarms('it back', (found) => found.length === 1)).toEqual(['absence guest 20']);
    await press('Control+KeyY');
    await alarms('it accepted', (found) => found.length === 0);
  });

  it('a check from its button finds what the other side disagrees with', async () => {
    await panel().getByRole('button', { name: 'Check all' }).click();
    await notebook.waitForState('the check', ({ history }) => history.undo === 'Check');
    // Followed back from the green lamp on frame 12, there is none on the frames before.
    const [found, ...others] = await alarms('its alarm', (all) => all.length > 0);
    expect(found).toMatch(/^disagreement lamp \d+$/);
    expect(others).toEqual([]);
    await panel()
      .getByRole('button', { name: /^Disagreement 1$/ })
      .waitFor();
    expect(await marks('Disagreement').count()).toBe(1);
    const { review } = await notebook.state();
    expect(review.checked).toBe(11 + 16 + 18);
    await widget().locator('masklet-stage canvas').focus();
    await press('Control+KeyZ');
    await alarms('none', (all) => all.length === 0);
    expect((await notebook.state()).review.checked).toBe(0);
  });
});
