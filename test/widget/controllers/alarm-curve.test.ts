import { describe, expect, it } from '@jest/globals';
import { AlarmCurve } from '../../../src/widget/controllers/alarm-curve';
import { alarm } from '../../support/widget-alarms';
import { FakeKernel } from '../../support/widget-fake-kernel';
import { plainScene } from '../../support/widget-plain-scene';
import { settle } from '../../support/widget-settle';

describe('the curve of an alarm', () => {
  const scene = plainScene();
  const end = scene.video.frameCount - 1;

  function withObject(): { kernel: FakeKernel; curve: AlarmCurve; changes: () => number } {
    const kernel = new FakeKernel(scene);
    kernel.edit({
      kind: 'add-object',
      object: { id: 'o', number: 1, name: 'o', classId: null, color: '#ff0000', hidden: false },
    });
    let changes = 0;
    return {
      kernel,
      curve: new AlarmCurve({ link: kernel, changed: () => changes++ }),
      changes: () => changes,
    };
  }
  const asked = (kernel: FakeKernel): unknown[] => kernel.requests.filter((one) => one.kind === 'areas');

  it('is asked for once, around the alarm and inside the video', async () => {
    const { kernel, curve, changes } = withObject();
    const open = alarm('o', 4);
    expect(curve.around(open)).toBeNull();
    expect(curve.around(open)).toBeNull();
    await settle();
    const areas = Array.from({ length: Math.min(end, 37) + 1 }, () => 0);
    expect(curve.around(open)).toEqual({ first: 0, areas });
    expect(asked(kernel)).toEqual([{ kind: 'areas', objectId: 'o', range: [0, Math.min(end, 37)] }]);
    expect(changes()).toBe(1);
  });

  it('is asked for again when the masks of the alarm are others, and goes with it', async () => {
    const { kernel, curve } = withObject();
    curve.around(alarm('o', 4));
    await settle();
    expect(curve.around(alarm('o', 4, { of: 'other masks' }))).toBeNull();
    await settle();
    expect(asked(kernel)).toHaveLength(2);
    expect(curve.around(null)).toBeNull();
    expect(asked(kernel)).toHaveLength(2);
  });

  it('of an alarm that is left before its answer is not shown at the next', async () => {
    const { kernel, curve } = withObject();
    kernel.hold();
    curve.around(alarm('o', 4));
    curve.around(null);
    kernel.release();
    await settle();
    expect(curve.around(null)).toBeNull();
  });

  it('is left out where the kernel cannot tell it', async () => {
    const { curve, changes } = withObject();
    const gone = alarm('nobody', 4);
    curve.around(gone);
    await settle();
    expect(curve.around(gone)).toBeNull();
    expect(changes()).toBe(0);
  });
});
