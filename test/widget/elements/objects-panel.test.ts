import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectRecord } from '../../../src/annotation';
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

  const openMenu = async (at: number): Promise<void> => {
    panel.all('[aria-haspopup]')[at]!.click();
    await panel.element.updateComplete;
    await panel.element.updateComplete;
  };

  it('says how many objects there are, in how many classes', () => {
    expect(panel.find('.count').textContent).toBe('3 in 1 class');
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
    await openMenu(0);
    expect(panel.all('button.color')).toHaveLength(12);
    expect(panel.all('button.color[aria-pressed="true"]')).toHaveLength(1);
    panel.all('button.color')[2]!.click();
    expect(panel.commands).toEqual([{ do: 'recolor-object', objectId: 'o1', color: '#ed4428' }]);
  });

  it('asks before it deletes, and says what goes', async () => {
    await openMenu(0);
    panel.all('.item').at(-1)!.click();
    await panel.element.updateComplete;
    expect(panel.find('.menu p').textContent).toContain('bird 1, its prompts and its 120 masks');
    panel.all('.answers button')[0]!.click();
    expect(panel.commands).toEqual([]);
    panel.all('.answers button')[1]!.click();
    expect(panel.commands).toEqual([{ do: 'remove-object', objectId: 'o1' }]);
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
