import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alarmKey } from '../../../src/review';
import type { Command } from '../../../src/widget/commands';
import { CanvasDesk, performCommand } from '../../../src/widget/controllers';
import { alarm, reviewOf } from '../../support/widget-alarms';
import { FakeKernel } from '../../support/widget-fake-kernel';
import { plainScene } from '../../support/widget-plain-scene';
import { settle } from '../../support/widget-settle';

describe('going through the alarms', () => {
  let kernel: FakeKernel;
  let desk: CanvasDesk;
  let ids: string[];
  beforeEach(() => {
    kernel = new FakeKernel(plainScene());
    desk = new CanvasDesk(kernel, async () => ({
      image: {} as CanvasImageSource,
      width: 64,
      height: 48,
      close: () => undefined,
    }));
    ids = [desk.edits.addObject(), desk.edits.addObject()];
    const [a, b] = ids as [string, string];
    kernel.set({
      review: reviewOf([alarm(a, 4), alarm(b, 9, { kind: 'drift', sign: 'area' }), alarm(a, 20)]),
    });
  });
  afterEach(() => desk.dispose());

  const perform = (command: Command): void => performCommand(desk, command);
  const place = (): unknown[] => [desk.frame, ids.indexOf(desk.state.place.objectId!), desk.alarms.index];

  it('steps from one to the next, to its frame and its object, and round the end', () => {
    perform({ do: 'go-to-frame', frame: 5 });
    perform({ do: 'step-alarm', way: 1 });
    expect(place()).toEqual([9, 1, 1]);
    perform({ do: 'step-alarm', way: 1 });
    expect(place()).toEqual([20, 0, 2]);
    perform({ do: 'step-alarm', way: 1 });
    expect(place()).toEqual([4, 0, 0]);
    perform({ do: 'step-alarm', way: -1 });
    expect(place()).toEqual([20, 0, 2]);
  });

  it('accepts the open one at once, sends the edit, and opens the next', async () => {
    perform({ do: 'accept-alarm' });
    expect(kernel.requests.some((one) => JSON.stringify(one).includes('set-accepted'))).toBe(false);
    perform({ do: 'step-alarm', way: 1 });
    perform({ do: 'accept-alarm' });
    expect(desk.alarms.shown.map((one) => one.frame)).toEqual([9, 20]);
    expect(place()).toEqual([9, 1, 0]);
    await settle();
    expect(kernel.document.accepted).toEqual([
      { kind: 'absence', objectId: ids[0], frame: 4, of: `${ids[0]} 4` },
    ]);
    expect(desk.alarms.shown).toHaveLength(2);
  });

  it('shows an accepted alarm again once it is about other masks', async () => {
    perform({ do: 'step-alarm', way: 1 });
    perform({ do: 'accept-alarm' });
    await settle();
    kernel.set({ review: reviewOf([alarm(ids[0]!, 4, { of: 'other masks' })]) });
    expect(desk.alarms.shown).toHaveLength(1);
  });

  it('fixes by going there with the object and the Point tool', () => {
    perform({ do: 'choose-tool', tool: 'lasso' });
    perform({ do: 'open-alarm', key: alarmKey(desk.alarms.shown[1]!) });
    perform({ do: 'go-to-frame', frame: 0 });
    perform({ do: 'fix-alarm' });
    expect(place()).toEqual([9, 1, 1]);
    expect(desk.tools.tool).toBe('point');
  });

  it('leaves kinds out that are switched off, and Escape closes the open one', () => {
    perform({ do: 'show-alarms', kind: 'absence', on: false });
    expect(desk.alarms.shown.map((one) => one.kind)).toEqual(['drift']);
    perform({ do: 'step-alarm', way: 1 });
    expect(desk.stepOut()).toBe(true);
    expect(desk.alarms.open).toBeNull();
  });
});
