import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CoverageRun } from '../../../src/annotation';
import type { Timeline } from '../../../src/widget/elements/timeline';
import type { Lane } from '../../../src/widget/elements/timeline-lanes';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

function lane(number: number, runs: readonly CoverageRun[] = [], prompted: readonly number[] = []): Lane {
  return {
    object: {
      id: `o${number}`,
      number,
      name: `bird ${number}`,
      classId: null,
      color: '#73c4e2',
      hidden: false,
    },
    runs,
    prompted,
  };
}

describe('the timeline', () => {
  let timeline: Mounted<Timeline>;
  beforeEach(async () => {
    timeline = await mount<Timeline>('masklet-timeline', {
      frameCount: 10_000,
      frame: 1284,
      chosenId: 'o1',
      lanes: Array.from({ length: 30 }, (_, n) =>
        lane(n + 1, [{ first: 1200, last: 2000, kind: 'propagated' }], [1200]),
      ),
    });
  });

  it('is a slider that says its frame and what is there', () => {
    const slider = timeline.find('[role="slider"]');
    expect(slider.getAttribute('aria-valuenow')).toBe('1284');
    expect(slider.getAttribute('aria-valuemax')).toBe('9999');
    expect(slider.getAttribute('aria-valuetext')).toBe('Frame 1\u202f284 of 10\u202f000, bird 1 propagated');
  });

  it('draws only the lanes in sight, though every object has a head', () => {
    expect(timeline.all('.head')).toHaveLength(30);
    expect(timeline.all('.bars').length).toBeLessThan(10);
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
});
