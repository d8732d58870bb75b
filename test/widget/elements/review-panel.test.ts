import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectRecord } from '../../../src/annotation';
import { alarmKey, alarmWorth, checkWorth } from '../../../src/review';
import type { ReviewPanel } from '../../../src/widget/elements/review-panel';
import { alarm, reviewOf } from '../../support/widget-alarms';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

const object = (id: string, number: number, name: string): ObjectRecord => ({
  ...{ id, number, name, classId: null, color: '#73c4e2', hidden: false },
});
const objects = [object('a', 1, 'heron'), object('b', 2, 'swan')];
const swap = alarm('a', 30, {
  ...{ kind: 'swap', sign: 'taken', otherId: 'b', before: 0.03, after: 0.92, last: 30 },
});
const alarms = [alarm('a', 17, { last: 20 }), swap];

describe('the review panel', () => {
  let panel: Mounted<ReviewPanel>;
  beforeEach(async () => {
    panel = await mount<ReviewPanel>('masklet-review-panel', {
      ...{ review: reviewOf(alarms), alarms, objects, hasMasks: true },
    });
  });
  const show = async (more: Partial<ReviewPanel>): Promise<void> => {
    Object.assign(panel.element, more);
    await panel.element.updateComplete;
  };
  /** As a screen reader has it: nothing that is hidden from one. */
  const nameOf = (one: HTMLElement): string => {
    const copy = one.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('[aria-hidden="true"]').forEach((hidden) => hidden.remove());
    return copy.textContent.replace(/\s+/g, ' ').replace(/ ,/g, ',').trim();
  };
  const button = (words: string): HTMLButtonElement =>
    panel.all<HTMLButtonElement>('button').find((one) => one.textContent.includes(words))!;

  it('has a switch for each kind, with its count and what it was measured to be worth', () => {
    const [absence] = panel.all('.kind');
    expect(nameOf(absence!)).toBe('Absence 1');
    expect(absence!.title).toContain(`precision ${alarmWorth.absence.precision.toFixed(2)}`);
    absence!.click();
    expect(panel.commands).toEqual([{ do: 'show-alarms', kind: 'absence', on: false }]);
  });

  it('lists alarms with kind, object and frame in words, and opens the one that is pressed', () => {
    const lines = panel.all('.line');
    expect(lines.map(nameOf)).toEqual([
      'Absence, 1 heron, frames 17 to 20',
      'Swap, 1 heron ⇄ swan, frame 30',
    ]);
    lines[1]!.click();
    expect(panel.commands).toEqual([{ do: 'open-alarm', key: alarmKey(swap) }]);
  });

  it('draws the size of the object around the open one, and says it to those who do not see it', async () => {
    await show({
      open: alarms[0]!,
      curve: { first: 10, areas: [40, 40, 40, 40, 40, 40, 80, 0, 0, 0, 0, 40] },
    });
    const drawn = panel.find('svg.curve');
    expect(drawn.getAttribute('aria-label')).toBe('Size of heron on frames 10 to 21: 0 to 80 pixels');
    const heights = drawn
      .querySelector('path')!
      .getAttribute('d')!
      .slice(1)
      .split('L')
      .map((one) => one.split(' ')[1]);
    expect(heights.slice(5, 8)).toEqual(['18.0', '2.0', '34.0']);
    const shaded = drawn.querySelector('.extent')!;
    const [from, wide] = ['x', 'width'].map((name) => Number(shaded.getAttribute(name)) / (240 / 11));
    expect(from).toBeCloseTo(6.5);
    expect(wide).toBeCloseTo(4);
    await show({ curve: null });
    expect(panel.all('svg.curve')).toHaveLength(0);
  });

  it('shows the open one with its evidence and what can be done', async () => {
    await show({ open: alarms[0]! });
    expect(panel.text()).toContain('1 of 2');
    expect(panel.text()).toContain('Whole on frame 16');
    expect(panel.text()).toMatch(/Measured: precision \d\.\d\d, recall \d\.\d\d on \d+ planted faults/);
    button('Mark absent').click();
    await show({ open: swap });
    expect(panel.text()).toContain(
      'More like “swan” on the frame before (IoU 0.92) than like itself (0.03).',
    );
    button('Swap from here on').click();
    button('Fix here').click();
    button('Accept').click();
    expect(panel.commands).toEqual([
      { do: 'mark-absent', objectId: 'a', span: [17, 20], on: true },
      { do: 'swap-objects', objectId: 'a', otherId: 'b', from: 30 },
      { do: 'fix-alarm' },
      { do: 'accept-alarm' },
    ]);
  });

  it('changes nothing where nothing can be changed', async () => {
    await show({ open: swap, editable: false });
    expect(['Fix here', 'Swap from here on', 'Accept'].map((one) => button(one).disabled)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('checks the chosen object or all from the other side, and says so while it does', async () => {
    const checks = (): string[] => panel.all('.check .button').map((one) => one.textContent.trim());
    expect(checks()).toEqual(['Check all']);
    await show({ chosenId: 'b', range: [10, 20] });
    expect(checks()).toEqual(['Check swan', 'Check all']);
    expect(panel.text()).toContain('frames 10–20');
    panel.all('.check .button').forEach((one) => one.click());
    expect(panel.commands).toEqual([
      { do: 'check-masks', objectId: 'b' },
      { do: 'check-masks', objectId: null },
    ]);
    await show({ checking: true });
    expect(button('Check swan')).toMatchObject({
      disabled: true,
      title: expect.stringContaining('under way'),
    });
    await show({ hasMasks: false });
    expect(checks()).toEqual([]);
  });

  it('has a switch for disagreements once masks were checked', async () => {
    const kinds = (): number => panel.all('.kind').length;
    expect(kinds()).toBe(4);
    await show({ review: { ...reviewOf(alarms), checked: 40 } });
    expect(kinds()).toBe(5);
  });

  it('says of a disagreement what a check was measured to be worth, beside the model’s own confidence', async () => {
    const found = alarm('a', 8, { kind: 'disagreement', sign: 'disagreement', before: 1, after: 0.31 });
    await show({ review: reviewOf([found]), alarms: [found], open: found });
    expect(panel.text()).toContain('A check from the other side agrees by IoU 0.31.');
    expect(panel.text()).toContain(
      `precision ${checkWorth.precision.toFixed(2)}, recall ${checkWorth.recall.toFixed(2)} on ${checkWorth.bad} bad masks`,
    );
    expect(panel.text()).toContain(
      `ROC-AUC ${checkWorth.agreementAuc.toFixed(2)}, of the model’s confidence ${checkWorth.confidenceAuc.toFixed(2)}`,
    );
    expect(panel.find('.worth').title).toContain('schoolgirls');
  });

  it('draws few lines of thousands of alarms, and says how many there are', async () => {
    const many = Array.from({ length: 1000 }, (_, n) => alarm('a', n * 9));
    const review = { ...reviewOf(many), counts: { ...reviewOf(many).counts, absence: 4321 } };
    await show({ review, alarms: many });
    expect(panel.all('.line').length).toBeLessThan(40);
    expect(panel.text()).toContain('The first 1\u202f000 of 4\u202f321 alarms');
    expect(panel.find('li').getAttribute('aria-setsize')).toBe('1000');
  });

  it('says what is the case where there is nothing to list', async () => {
    await show({ review: reviewOf([]), alarms: [], hasMasks: false });
    expect(panel.text()).toContain('Nothing to review yet');
    await show({ hasMasks: true });
    expect(panel.text()).toContain('No alarms');
    await show({ review: { ...reviewOf([]), pending: 1200 } });
    expect(panel.text()).toContain('1\u202f200 frames to go');
  });
});
