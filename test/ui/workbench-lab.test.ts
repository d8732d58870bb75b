import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { LabNotebook } from '../support/lab-notebook';
import type { NotebookPage } from '../support/notebook-page';

// Objects, classes, features, locks and absences in the real JupyterLab, with the real kernel and model, as one user
// works. The tests build on each other.

let opened: LabNotebook;
let notebook: NotebookPage;
const onBunny = { x: 430, y: 400 };

beforeAll(async () => {
  opened = await LabNotebook.ofQuickstart();
  notebook = opened.page;
}, 120_000);

afterAll(() => opened?.close());

const widget = (): Locator => notebook.page.locator('masklet-workbench').first();
const button = (name: string | RegExp): Locator => widget().getByRole('button', { name });
const press = (key: string): Promise<void> => notebook.page.keyboard.press(key);
const goTo = async (frame: number): Promise<void> => {
  await widget().locator('masklet-stage canvas').focus();
  await press('KeyG');
  await notebook.page.keyboard.type(String(frame));
  await press('Enter');
  await notebook.waitForState(`frame ${frame}`, ({ place }) => place.frame === frame);
  await widget().locator('masklet-stage canvas').focus();
};

describe('working with objects in JupyterLab', () => {
  it('names them, gives them a class, and puts them in order (D1)', async () => {
    await goTo(40);
    await notebook.clickPixel(onBunny.x, onBunny.y);
    await notebook.waitForState(
      'a mask',
      ({ coverage, engine }) => coverage[0]?.runs[0]?.kind === 'prompted' && engine.state === 'ready',
    );
    await press('KeyN');
    await notebook.waitForState('a second object', ({ document }) => document.objects.length === 2);
    await press('KeyW');
    await button('More for object 1').click();
    await widget().locator('masklet-object-menu').getByLabel('Class').fill('animal');
    await press('Enter');
    await notebook.waitForState('the class', ({ document }) => document.objects[0]!.classId !== null);
    await widget().locator('masklet-objects-panel .choose').first().dblclick();
    await notebook.page.keyboard.type('bunny');
    await press('Enter');
    await notebook.waitForState('the name', ({ document }) => document.objects[0]!.name === 'bunny');
    await press('Shift+KeyS');
    const { document } = await notebook.waitForState(
      'the order',
      (state) => state.document.objects[1]!.name === 'bunny',
    );
    expect(document.classes.map((one) => one.name)).toEqual(['animal']);
  });

  it('locks an object in the range, and says why a click there does nothing (F5)', async () => {
    await goTo(30);
    await press('KeyI');
    await goTo(50);
    await press('KeyO');
    await press('Shift+KeyK');
    const { document } = await notebook.waitForState(
      'the lock',
      (state) => state.document.locks.length === 1,
    );
    expect(document.locks[0]).toMatchObject({ objectId: document.objects[1]!.id, first: 30, last: 50 });
    await notebook.clickPixel(onBunny.x, onBunny.y + 40);
    await widget().getByText('“bunny” is locked on frames 30 to 50').first().waitFor();
    await widget().locator('masklet-stage canvas').focus();
    await press('Shift+KeyK');
    await notebook.waitForState('no lock', (state) => state.document.locks.length === 0);
  });

  it('marks an object absent, which takes its prompts and the masks they made, and undo brings back (D2)', async () => {
    await press('KeyU');
    const after = await notebook.waitForState(
      'the absence',
      ({ document }) => document.absences.length === 1,
    );
    expect(after.document.absences[0]).toMatchObject({ first: 30, last: 50 });
    expect(after.document.prompts).toEqual([]);
    const [shown] = after.coverage.filter((one) => one.runs.length > 0);
    expect(shown!.runs).toEqual([{ first: 30, last: 50, kind: 'absent' }]);
    await press('Control+KeyZ');
    const back = await notebook.waitForState('it back', ({ document }) => document.absences.length === 0);
    expect(back.document.prompts).toHaveLength(1);
    await press('Control+KeyY');
    await notebook.waitForState('it gone again', ({ document }) => document.absences.length === 1);
    await press('Control+KeyZ');
    await notebook.waitForState('it back', ({ document }) => document.prompts.length === 1);
  });

  it('swaps two objects from a frame on, by the menu of the timeline (D2)', async () => {
    await goTo(35);
    const { coverage } = await notebook.state();
    await widget().locator('.ruler').focus();
    await press('Shift+F10');
    await button('Swap with object 2').click();
    const after = await notebook.waitForState(
      'the swap',
      (state) =>
        state.coverage[0]!.runs.length === coverage[1]!.runs.length && state.history.undo === 'Swap objects',
    );
    expect(after.coverage[0]!.runs).toEqual(coverage[1]!.runs);
    await press('Control+KeyZ');
    await notebook.waitForState('it back', (state) => state.coverage[1]!.runs.length === 1);
  });

  it('defines a feature and sets its values, which a cell reads (E1, H2)', async () => {
    await goTo(10);
    await widget().getByRole('tab', { name: 'Features' }).click();
    await button('New feature').focus();
    await press('Enter');
    await widget().getByLabel('Name', { exact: true }).fill('behaviour');
    await widget().getByLabel('Values').fill('rest, walk');
    await press('Enter');
    await notebook.waitForState('the feature', ({ document }) => document.features.length === 1);
    await button('Change of behaviour on this frame').click();
    await notebook.waitForState('its value', ({ document }) => document.featureChanges.length === 1);
    await goTo(60);
    await widget().getByLabel('behaviour from frame 60 on').selectOption('walk');
    await notebook.waitForState('its change', ({ document }) => document.featureChanges.length === 2);
    const said = await notebook.runCode(
      'console.log(JSON.stringify([session.objects.get("bunny").featureEvents("behaviour"), session.objects.get("bunny").class]));',
    );
    expect(JSON.parse(said)).toEqual([
      [
        { first: 10, last: 59, value: 'rest' },
        { first: 60, last: 131, value: 'walk' },
      ],
      'animal',
    ]);
  });

  it('keeps all of it when the page is loaded anew (H5)', async () => {
    const before = await notebook.state();
    await notebook.reload();
    await notebook.waitForCanvas();
    const after = await notebook.state();
    expect(after.document).toEqual(before.document);
    expect(after.coverage).toEqual(before.coverage);
    expect(after.history).toEqual(before.history);
    expect(await widget().locator('masklet-timeline .head.feature').innerText()).toBe('behaviour');
  });
});
