import { beforeEach, describe, expect, it } from '@jest/globals';
import { defaultSettings } from '../../../src/annotation';
import { startPlace } from '../../../src/protocol';
import type { SettingsPage } from '../../../src/widget/elements/settings-page';
import { engineView } from '../../support/widget-fake-kernel';
import { modelsView } from '../../support/widget-models';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

describe('the settings', () => {
  let page: Mounted<SettingsPage>;
  beforeEach(async () => {
    page = await mount<SettingsPage>('masklet-settings-page', {
      settings: defaultSettings,
      place: startPlace,
      engine: engineView('ready'),
      models: modelsView.entries,
    });
  });

  function change(id: string, value: string): void {
    const field = page.find<HTMLInputElement | HTMLSelectElement>(`#${id}`);
    field.value = value;
    field.dispatchEvent(new Event('change'));
  }

  const fast = (): HTMLInputElement | undefined =>
    [...page.element.shadowRoot!.querySelectorAll('label')]
      .find((one) => one.textContent.includes('Fast:'))
      ?.querySelector('input') ?? undefined;

  it('have a field for everything of the engine, and go on with the rest as it is', () => {
    const models = [...page.find<HTMLSelectElement>('#model').options].map((one) => one.value);
    expect(models).toEqual(modelsView.entries.filter((one) => one.ready).map((one) => one.name));
    change('model', models[1]!);
    change('provider', 'cpu');
    fast()!.click();
    change('threads', '4');
    change('cacheMiB', '1024');
    expect(page.commands).toEqual([
      { do: 'use-model', model: models[1], provider: 'auto' },
      { do: 'use-model', model: 'mobilesam', provider: 'cpu' },
      { do: 'use-model', model: 'mobilesam', provider: 'auto', fast: true },
      { do: 'use-model', model: 'mobilesam', provider: 'auto', threads: 4 },
      { do: 'use-model', model: 'mobilesam', provider: 'auto', cacheMiB: 1024 },
    ]);
  });

  it('do not ask for what cannot be', () => {
    change('threads', '0');
    change('cacheMiB', '');
    expect(page.commands).toEqual([]);
    expect(page.find<HTMLInputElement>('#threads').value).toBe('8');
  });

  it('offer no fast setting of a model that has none', async () => {
    page.element.engine = { ...engineView('ready'), name: 'edgetam' };
    await page.element.updateComplete;
    expect(fast()).toBeUndefined();
  });

  it('leave the engine alone during a run, and say why; what is an edit can be changed', async () => {
    page.element.running = true;
    await page.element.updateComplete;
    for (const id of ['model', 'provider', 'threads', 'cacheMiB'])
      expect(page.find<HTMLInputElement>(`#${id}`).disabled).toBe(true);
    expect(fast()!.disabled).toBe(true);
    expect(page.text()).toContain('the engine stays as it is until the end');
    change('overlap', 'order');
    expect(page.commands).toEqual([{ do: 'change-settings', patch: { overlap: 'order' } }]);
  });
});
