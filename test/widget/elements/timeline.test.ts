import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Timeline } from '../../../src/widget/elements/timeline';
import { featureLane, lane } from '../../support/widget-lanes';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

describe('the timeline', () => {
  let timeline: Mounted<Timeline>;
  beforeEach(async () => {
    timeline = await mount<Timeline>('masklet-timeline', {
      frameCount: 10_000,
      frame: 1284,
      chosenId: 'o1',
      lanes: Array.from({ length: 30 }, (_, n) =>
        lane(n + 1, { runs: [{ first: 1200, last: 2000, kind: 'propagated' }], prompted: [1200] }),
      ),
    });
  });

  it('is a slider that says its frame and what is there', () => {
    const slider = timeline.find('[role="slider"]');
    expect(slider.getAttribute('aria-valuenow')).toBe('1284');
    expect(slider.getAttribute('aria-valuemax')).toBe('9999');
    expect(slider.getAttribute('aria-valuetext')).toBe(
      'Frame 1\u202f284 of 10\u202f000, bird 1 propagated, 84 frames from its nearest prompt',
    );
  });

  it('draws only the lanes in sight, and their heads', () => {
    expect(timeline.all('.head').length).toBeLessThan(12);
    expect(timeline.all('.bars').length).toBeLessThan(12);
  });

  it('chooses an object by the head of its lane', () => {
    timeline.all('.head')[4]!.click();
    expect(timeline.commands).toEqual([{ do: 'choose-object', objectId: 'o5' }]);
  });

  it('shows no lanes while there is no object', async () => {
    timeline.element.lanes = [];
    await timeline.element.updateComplete;
    expect(timeline.find('.lanes').hidden).toBe(true);
  });

  it('draws a band for the range, with handles', async () => {
    expect(timeline.all('.range-band')).toHaveLength(0);
    timeline.element.range = [100, 200];
    await timeline.element.updateComplete;
    expect(timeline.all('.range-band')).toHaveLength(1);
    expect(timeline.all('.range-edge')).toHaveLength(1);
  });

  it('has a row for each feature of the chosen object, and says their values', async () => {
    timeline.element.features = [featureLane({}, { 100: 'rest', 1200: 'walk' })];
    await timeline.element.updateComplete;
    const heads = timeline.all('.head').map((one) => one.textContent.trim().replace(/\s+/g, ' '));
    expect(heads.slice(0, 3)).toEqual(['1bird 1', 'behaviour', '2bird 2']);
    expect(timeline.find('[role="slider"]').getAttribute('aria-valuetext')).toMatch(/behaviour walk$/);
  });

  it('opens what can be done at the frame in sight by the menu key, and does it', async () => {
    timeline.element.facts = {
      objects: [lane(1).object, lane(2).object],
      locks: [],
      absences: [],
      barriers: [],
      range: [1200, 1300],
      frameCount: 10_000,
      obstacle: null,
    };
    await timeline.element.updateComplete;
    const key = new KeyboardEvent('keydown', { key: 'ContextMenu', bubbles: true, cancelable: true });
    timeline.find('[role="slider"]').dispatchEvent(key);
    expect(key.defaultPrevented).toBe(true);
    await timeline.element.updateComplete;
    const menu = timeline.find('masklet-timeline-menu').shadowRoot!;
    await new Promise((done) => setTimeout(done));
    const items = [...menu.querySelectorAll<HTMLElement>('.item')];
    expect(items.map((one) => one.textContent.trim())).toContain('Swap with bird 2');
    items.find((one) => one.textContent.trim() === 'Lock')!.click();
    expect(timeline.commands).toEqual([{ do: 'lock-object', objectId: 'o1', span: [1200, 1300], on: true }]);
  });
});
