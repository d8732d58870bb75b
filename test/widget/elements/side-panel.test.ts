import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ReviewPanel } from '../../../src/widget/elements/review-panel';
import type { SidePanel } from '../../../src/widget/elements/side-panel';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

describe('the side panel', () => {
  let panel: Mounted<SidePanel>;
  beforeEach(async () => {
    panel = await mount<SidePanel>('masklet-side-panel', {});
  });

  const press = async (key: string): Promise<void> => {
    const focused = panel.element.shadowRoot!.activeElement!;
    focused.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    await panel.element.updateComplete;
  };
  const chosen = (): string[] =>
    panel.all('[aria-selected="true"]').map((one) => one.textContent.trim().split(/\s/)[0]!);

  it('is a list of tabs with one stop, each naming its panel', () => {
    const tabs = panel.all('[role="tab"]');
    expect(tabs.map((one) => one.tabIndex)).toEqual([0, -1, -1]);
    for (const tab of tabs)
      expect(panel.find(`#${tab.getAttribute('aria-controls')!}`).getAttribute('aria-labelledby')).toBe(
        tab.id,
      );
  });

  it('goes through its tabs by arrow keys, round and round', async () => {
    panel.find('#tab-objects').focus();
    await press('ArrowRight');
    expect(chosen()).toEqual(['Features']);
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(chosen()).toEqual(['Review']);
    expect(panel.all('.panel:not(.closed)').map((one) => one.id)).toEqual(['panel-review']);
  });

  it('closes when the open tab is pressed again, for pages without room', async () => {
    const states: boolean[] = [];
    for (const id of ['objects', 'objects', 'review', 'features', 'features']) {
      panel.find(`#tab-${id}`).click();
      states.push(panel.element.open);
    }
    expect(states).toEqual([true, false, true, true, false]);
  });

  it('says at its tab how much is left to review', async () => {
    expect(panel.all('.badge')).toHaveLength(0);
    panel.element.toReview = 8;
    await panel.element.updateComplete;
    expect(panel.find('#tab-review').textContent).toContain('8');
  });
});

it('the review panel says that there is nothing to review while there are no alarms', async () => {
  const panel = await mount<ReviewPanel>('masklet-review-panel', {});
  expect(panel.text()).toContain('Nothing to review yet');
});
