import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FeatureForm } from '../../../src/widget/elements/feature-form';
import type { FeatureValueField } from '../../../src/widget/elements/feature-value';
import type { FeaturesPanel } from '../../../src/widget/elements/features-panel';
import { featureLane } from '../../support/widget-lanes';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

const behaviour = featureLane({}, { 100: 'rest', 1200: 'walk' });
const speed = featureLane({ id: 'f2', name: 'speed', type: 'number', options: [] });

describe('the features panel', () => {
  let panel: Mounted<FeaturesPanel>;
  beforeEach(async () => {
    panel = await mount<FeaturesPanel>('masklet-features-panel', {
      features: [behaviour.feature, speed.feature],
      lanes: [behaviour, speed],
      frame: 1200,
      objectName: 'heron',
    });
  });

  /** What is written in the form, and its button pressed. */
  const submit = async (values: Readonly<Record<string, string>>): Promise<string> => {
    const form = panel.find<FeatureForm>('masklet-feature-form');
    await form.updateComplete;
    const root = form.shadowRoot!;
    for (const [name, value] of Object.entries(values))
      root.querySelector<HTMLInputElement>(`[name="${name}"]`)!.value = value;
    root.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await form.updateComplete;
    return root.querySelector('.wrong')?.textContent ?? '';
  };
  const diamond = (name: string): HTMLElement => panel.find(`[aria-label="Change of ${name} on this frame"]`);

  it('shows the values of the frame, and whether they change here', () => {
    const [first] = panel.all<FeatureValueField>('masklet-feature-value');
    expect(first!.value).toBe('walk');
    expect(diamond('behaviour').getAttribute('aria-pressed')).toBe('true');
    expect(diamond('speed').getAttribute('aria-pressed')).toBe('false');
  });

  it('takes a change away, or sets one with the value that holds', async () => {
    const place = { do: 'set-feature', featureId: 'f1', objectId: 'o1' };
    diamond('behaviour').click();
    panel.element.frame = 1300;
    await panel.element.updateComplete;
    diamond('behaviour').click();
    panel.element.frame = 50;
    await panel.element.updateComplete;
    diamond('behaviour').click();
    expect(panel.commands).toEqual([
      { ...place, frame: 1200, change: null },
      { ...place, frame: 1300, change: { value: 'walk' } },
      { ...place, frame: 50, change: { value: 'rest' } },
    ]);
  });

  it('asks for a value where none can be guessed', () => {
    diamond('speed').click();
    expect(panel.commands).toEqual([]);
    const field = panel.all<FeatureValueField>('masklet-feature-value')[1]!;
    expect(field.shadowRoot!.activeElement?.tagName).toBe('INPUT');
  });

  it('goes to the change before and after', () => {
    panel.find('[aria-label="Previous change of behaviour"]').click();
    expect(panel.commands).toEqual([{ do: 'go-to-change', featureId: 'f1', way: -1 }]);
    expect(panel.find<HTMLButtonElement>('[aria-label="Next change of behaviour"]').disabled).toBe(true);
  });

  it('defines a feature, and says in a sentence what is missing', async () => {
    panel.find('[aria-label="New feature"]').click();
    expect(await submit({ name: ' ', options: 'a' })).toContain('needs a name');
    expect(await submit({ name: 'speed', options: 'a' })).toContain('already');
    expect(await submit({ name: 'gait', options: ' , ' })).toContain('one value or more');
    expect(await submit({ name: 'gait', options: 'walk, run, walk' })).toContain('“walk” is there twice');
    expect(panel.commands).toEqual([]);
    expect(await submit({ name: ' gait ', options: 'walk, run' })).toBe('');
    expect(panel.commands).toEqual([
      { do: 'add-feature', name: 'gait', type: 'choice', options: ['walk', 'run'] },
    ]);
  });

  it('changes and deletes one', async () => {
    panel.find('[aria-label="Edit the feature behaviour"]').click();
    await submit({ name: 'gait', options: 'rest, walk, fly' });
    panel.find('[aria-label="Edit the feature speed"]').click();
    const form = panel.find<FeatureForm>('masklet-feature-form');
    await form.updateComplete;
    form.shadowRoot!.querySelector<HTMLElement>('.danger')!.click();
    const patch = { name: 'gait', options: ['rest', 'walk', 'fly'] };
    expect(panel.commands).toEqual([
      { do: 'change-feature', featureId: 'f1', patch },
      { do: 'remove-feature', featureId: 'f2' },
    ]);
  });

  it('says what a feature is while there is none', async () => {
    panel.element.features = [];
    panel.element.lanes = [];
    await panel.element.updateComplete;
    expect(panel.text()).toContain('No feature yet');
  });
});

describe('a field for a value', () => {
  const value = async (more: Partial<FeatureValueField>): Promise<Mounted<FeatureValueField>> =>
    mount<FeatureValueField>('masklet-feature-value', { objectId: 'o1', frame: 7, ...more });
  const write = async (field: Mounted<FeatureValueField>, words: string): Promise<void> => {
    const input = field.find<HTMLInputElement>('input');
    input.value = words;
    input.dispatchEvent(new Event('change'));
    await field.element.updateComplete;
  };
  const sent = (value: unknown, featureId = 'f1') => ({
    ...{ do: 'set-feature', featureId, objectId: 'o1', frame: 7 },
    change: { value },
  });

  it('offers what one of a list may be', async () => {
    const field = await value({ feature: behaviour.feature, value: 'rest' });
    const select = field.find<HTMLSelectElement>('select');
    expect([...select.options].map((one) => one.text)).toEqual(['none', 'rest', 'walk']);
    for (const index of [2, 0]) {
      select.selectedIndex = index;
      select.dispatchEvent(new Event('change'));
    }
    expect(field.commands).toEqual([sent('walk'), sent(null)]);
  });

  it('reads a number as people write it, and refuses what is none with a sentence', async () => {
    const field = await value({ feature: speed.feature, value: 4.2 });
    await write(field, 'fast');
    expect(field.text()).toContain('“fast” is not a number. The value stays as it was.');
    expect(field.commands).toEqual([]);
    await write(field, '1 204,5');
    await write(field, '');
    expect(field.commands).toEqual([sent(1204.5, 'f2'), sent(null, 'f2')]);
  });

  it('asks yes or no', async () => {
    const field = await value({ feature: { ...speed.feature, type: 'boolean' } });
    const select = field.find<HTMLSelectElement>('select');
    select.selectedIndex = 2;
    select.dispatchEvent(new Event('change'));
    expect(field.commands).toEqual([sent(false, 'f2')]);
  });
});
