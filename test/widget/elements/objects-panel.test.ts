import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectRecord } from '../../../src/annotation';
import type { ObjectMenu } from '../../../src/widget/elements/object-menu';
import type { ObjectRow, ObjectsPanel } from '../../../src/widget/elements/objects-panel';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

function row(number: number, more: Partial<ObjectRecord> = {}, maskCount = 0): ObjectRow {
  const object = {
    id: `o${number}`,
    number,
    name: `bird ${number}`,
    classId: null,
    color: '#73c4e2',
    hidden: false,
    ...more,
  };
  return {
    object,
    locked: 'none',
    maskCount,
    status: { icon: 'promptAway', text: '22', title: '22 frames from the nearest prompt' },
  };
}

describe('the objects panel', () => {
  let panel: Mounted<ObjectsPanel>;
  beforeEach(async () => {
    panel = await mount<ObjectsPanel>('masklet-objects-panel', {
      rows: [row(1, { classId: 'c1' }, 120), row(2, { hidden: true }), row(13)],
      classes: [{ id: 'c1', name: 'heron' }],
      chosenId: 'o1',
    });
  });

  /** What the menu of the chosen object shows. */
  const openMenu = async (): Promise<ShadowRoot> => {
    panel.find('[aria-label="More for bird 1"]').click();
    const menu = panel.find<ObjectMenu>('masklet-object-menu');
    await menu.updateComplete;
    return menu.shadowRoot!;
  };
  const item = (menu: ShadowRoot, name: string): HTMLButtonElement =>
    [...menu.querySelectorAll<HTMLButtonElement>('.item')].find((one) => one.textContent.includes(name))!;

  it('says how many objects there are, in how many classes', () => {
    const count = panel.find('masklet-class-menu').shadowRoot!.querySelector('.count')!;
    expect(count.textContent).toBe('3 in 1 class');
    expect(panel.text()).toContain('heron');
  });

  it('chooses the object that is pressed, and marks the chosen one', () => {
    expect(panel.all('[aria-current="true"]')).toHaveLength(1);
    panel.all('.choose')[1]!.click();
    expect(panel.commands).toEqual([{ do: 'choose-object', objectId: 'o2' }]);
  });

  it('tells the thirteenth object from the first, which has the same colour', () => {
    expect(panel.all('.swatch.again')).toHaveLength(1);
  });

  it('renames by a double press, Enter takes the name', async () => {
    panel.all('.choose')[0]!.dispatchEvent(new MouseEvent('dblclick'));
    await panel.element.updateComplete;
    const field = panel.find<HTMLInputElement>('.rename');
    field.value = ' grey heron ';
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    field.dispatchEvent(new Event('blur'));
    expect(panel.commands).toEqual([{ do: 'rename-object', objectId: 'o1', name: ' grey heron ' }]);
  });

  it('keeps the name on Escape, and when nothing was written', async () => {
    for (const value of ['other', '  ', 'bird 1']) {
      panel.all('.choose')[0]!.dispatchEvent(new MouseEvent('dblclick'));
      await panel.element.updateComplete;
      const field = panel.find<HTMLInputElement>('.rename');
      field.value = value;
      if (value === 'other') field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      field.dispatchEvent(new Event('blur'));
      await panel.element.updateComplete;
    }
    expect(panel.commands).toEqual([]);
  });

  it('recolours from twelve colours or any other', async () => {
    const menu = await openMenu();
    const colors = [...menu.querySelectorAll<HTMLElement>('button.color')];
    expect(colors).toHaveLength(12);
    expect(menu.querySelectorAll('button.color[aria-pressed="true"]')).toHaveLength(1);
    colors[2]!.click();
    expect(panel.commands).toEqual([{ do: 'recolor-object', objectId: 'o1', color: '#ed4428' }]);
  });

  it('deletes at once, since undo brings it back, and says what goes', async () => {
    const button = item(await openMenu(), 'Delete');
    expect(button.title).toContain('its prompts and 120 masks; undo brings it back');
    button.click();
    expect(panel.commands).toEqual([{ do: 'remove-object', objectId: 'o1' }]);
  });

  it('merges another object into the chosen one', async () => {
    const menu = await openMenu();
    item(menu, 'Merge another').click();
    await panel.find<ObjectMenu>('masklet-object-menu').updateComplete;
    item(menu, 'bird 13').click();
    expect(panel.commands).toEqual([{ do: 'merge-objects', objectId: 'o1', otherId: 'o13' }]);
  });

  it('moves within the list from its menu, as far as the list goes', async () => {
    const menu = await openMenu();
    expect(item(menu, 'Move up').disabled).toBe(true);
    item(menu, 'Move down').click();
    expect(panel.commands).toEqual([{ do: 'move-object', objectId: 'o1', by: 1 }]);
  });

  it('takes a class in place: one that is there, or a new one; an empty field takes it off', async () => {
    for (const written of ['heron', 'crane', '']) {
      panel.all('.class')[0]!.click();
      await panel.element.updateComplete;
      const field = panel.find<HTMLInputElement>('.class-field');
      expect(field.value).toBe('heron');
      field.value = written;
      field.dispatchEvent(new FocusEvent('blur'));
      await panel.element.updateComplete;
    }
    expect(panel.commands).toEqual([
      { do: 'name-class', objectId: 'o1', name: 'crane' },
      { do: 'name-class', objectId: 'o1', name: '' },
    ]);
  });

  it('locks an object in the range, or over the whole video, and unlocks it', async () => {
    panel.find('[aria-label="Lock bird 1"]').click();
    panel.element.range = [10, 20];
    panel.element.rows = [{ ...row(1), locked: 'part' }, row(2)];
    await panel.element.updateComplete;
    panel.find('[aria-label="Unlock bird 1"]').click();
    panel.find('[aria-label="Lock all other objects"]').click();
    expect(panel.commands).toEqual([
      { do: 'lock-object', objectId: 'o1', span: null, on: true },
      { do: 'lock-object', objectId: 'o1', span: [10, 20], on: false },
      { do: 'lock-others', on: true },
    ]);
  });

  it('is one stop of the Tab key: the chosen row’s', () => {
    const stops = panel.all('.row [tabindex="0"]').map((one) => one.closest('.row')!);
    expect(new Set(stops).size).toBe(1);
    expect(stops[0]!.classList.contains('chosen')).toBe(true);
  });

  it('gives the focus to the row that is chosen by a key', async () => {
    panel.find('[aria-label="Hide bird 1"]').focus();
    panel.element.chosenId = 'o2';
    await panel.element.updateComplete;
    expect(panel.element.shadowRoot!.activeElement!.getAttribute('aria-label')).toBe('Show bird 2');
  });

  it('hides and shows one object, or all but the chosen one', () => {
    panel.find('[aria-label="Show bird 2"]').click();
    panel.find('[aria-label="Hide bird 1"]').click();
    panel.find('[aria-label="Show only the chosen object"]').click();
    expect(panel.commands).toEqual([
      { do: 'hide-object', objectId: 'o2', hidden: false },
      { do: 'hide-object', objectId: 'o1', hidden: true },
      { do: 'show-only-chosen', only: true },
    ]);
  });

  it('offers nothing that would edit while the kernel is gone', async () => {
    panel.element.editable = false;
    await panel.element.updateComplete;
    const enabled = panel.all<HTMLButtonElement>('button').filter((one) => !one.disabled);
    expect(enabled.map((one) => one.className)).toEqual(['choose', 'choose', 'choose']);
  });

  it('says what to do while there is no object', async () => {
    panel.element.rows = [];
    await panel.element.updateComplete;
    expect(panel.text()).toContain('Click on one in the picture');
    panel.find('.add').click();
    expect(panel.commands).toEqual([{ do: 'new-object' }]);
  });
});
