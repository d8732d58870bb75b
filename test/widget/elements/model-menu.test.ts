import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Command } from '../../../src/widget/commands';
import { CommandEvent } from '../../../src/widget/commands';
import type { ModelMenu } from '../../../src/widget/elements/model-menu';
import { engineView } from '../../support/widget-fake-kernel';
import { modelsView } from '../../support/widget-models';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';
import { textOf } from '../../support/widget-text';

// Rows I3, I4: choose model and provider, see size, licence, memory and speed.

describe('the model menu', () => {
  let menu: Mounted<ModelMenu>;
  let commands: Command[];
  beforeEach(async () => {
    menu = await mount<ModelMenu>('masklet-model-menu', { engine: engineView('ready'), models: modelsView });
    commands = [];
    menu.element.addEventListener(CommandEvent.type, (event) =>
      commands.push((event as CommandEvent).command),
    );
    // jsdom has no popovers.
    menu.find<HTMLElement>('.menu').hidePopover = () => undefined;
  });
  const row = (title: string): HTMLElement =>
    [...menu.element.shadowRoot!.querySelectorAll('li')].find(
      (one) => one.querySelector('b')!.textContent === title,
    )!;
  const press = (title: string): void => row(title).querySelector('button')!.click();

  it('shows the model in use, what computes it, and how far a fetch is', () => {
    expect(textOf(menu.find('.engine'))).toContain('MobileSAM · CPU');
    expect(textOf(menu.find('.engine'))).toContain('43 %');
    expect(textOf(row('MobileSAM'))).toContain('in use');
  });

  it('tells size, licence, memory and speed of each', () => {
    expect(textOf(row('EdgeTAM'))).toContain('1.0 s a frame · 0.6 GiB · Apache-2.0');
    expect(textOf(row('SAM 2.1 large'))).toContain('Fetch 898 MB');
    expect(textOf(row('EdgeTAM, 512 pixels'))).toContain('quality has not been measured');
  });

  it('uses a model that is here, with the provider that was chosen', () => {
    press('EdgeTAM');
    expect(commands).toEqual([{ do: 'use-model', model: 'edgetam', provider: 'auto' }]);
  });

  it('fetches one that is not, one at a time, and can stop', async () => {
    expect(row('SAM 2.1 large').querySelector('button')!.disabled).toBe(true);
    press('SAM 2.1 tiny');
    menu.element.models = { ...modelsView, adding: null };
    await menu.element.updateComplete;
    press('SAM 2.1 large');
    expect(commands).toEqual([{ do: 'stop-adding' }, { do: 'add-model', model: 'sam2.1_hiera_large' }]);
  });

  it('offers the providers that this machine could have', () => {
    const select = menu.find<HTMLSelectElement>('select');
    expect([...select.options].map((one) => one.value)).toEqual(['auto', 'webgpu', 'cpu']);
    select.value = 'webgpu';
    select.dispatchEvent(new Event('change'));
    expect(commands).toEqual([{ do: 'use-model', model: 'mobilesam', provider: 'webgpu' }]);
  });

  it('offers the fast setting of the model in use, where it has one', async () => {
    const box = (): HTMLInputElement | null => menu.element.shadowRoot!.querySelector('li input');
    expect(textOf(row('MobileSAM'))).toContain('Fast: a tenth less time, masks hardly worse');
    box()!.click();
    menu.element.engine = { ...engineView('ready'), fast: true };
    await menu.element.updateComplete;
    expect(box()!.checked).toBe(true);
    box()!.click();
    expect(commands).toEqual([
      { do: 'use-model', model: 'mobilesam', provider: 'auto', fast: true },
      { do: 'use-model', model: 'mobilesam', provider: 'auto', fast: false },
    ]);
    menu.element.engine = { ...engineView('ready'), name: 'edgetam' };
    await menu.element.updateComplete;
    expect(box()).toBeNull();
  });

  it('keeps the model during a run, and says why', async () => {
    menu.element.changeable = false;
    await menu.element.updateComplete;
    expect(row('EdgeTAM').querySelector('button')!.disabled).toBe(true);
    expect(row('MobileSAM').querySelector('input')!.disabled).toBe(true);
    expect(textOf(menu.find('.menu'))).toContain('the model stays until it ends');
  });

  it('tells what was tried and refused', async () => {
    const notes = ['CUDA was not used: its files are not installed'];
    menu.element.engine = { ...engineView('ready'), notes };
    await menu.element.updateComplete;
    expect(textOf(menu.find('details'))).toContain(notes[0]!);
  });

  it('cannot be opened without a kernel', async () => {
    menu.element.connection = 'gone';
    await menu.element.updateComplete;
    expect(menu.find<HTMLButtonElement>('.engine').disabled).toBe(true);
    expect(textOf(menu.find('.engine'))).toContain('No kernel');
  });
});
