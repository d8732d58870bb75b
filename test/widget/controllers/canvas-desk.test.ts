import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EngineError } from '../../../src/errors';
import type { Command } from '../../../src/widget/commands';
import { CanvasDesk, performCommand } from '../../../src/widget/controllers';
import type { Point } from '../../../src/widget/drawing';
import { engineView, FakeKernel } from '../../support/widget-fake-kernel';
import { plainScene } from '../../support/widget-plain-scene';
import { settle } from '../../support/widget-settle';

describe('the canvas desk', () => {
  let kernel: FakeKernel;
  let desk: CanvasDesk;
  beforeEach(() => {
    kernel = new FakeKernel(plainScene());
    desk = new CanvasDesk(kernel, async () => ({
      image: {} as CanvasImageSource,
      width: 64,
      height: 48,
      close: () => undefined,
    }));
    desk.stage.resize({ width: 640, height: 480 });
    desk.changed();
  });
  afterEach(() => desk.dispose());

  const perform = (command: Command): void => performCommand(desk, command);
  const click = (x: number, y: number, button = 0): void => {
    const pointer = { screen: { x: (x + 0.5) * 10, y: (y + 0.5) * 10 }, picture: { x, y }, button };
    desk.tools.pointerDown(pointer);
    desk.tools.pointerUp(pointer);
  };
  const drag = (from: Point, to: Point): void => {
    const at = ({ x, y }: Point): { screen: Point; picture: Point; button: number } => ({
      screen: { x: (x + 0.5) * 10, y: (y + 0.5) * 10 },
      picture: { x, y },
      button: 0,
    });
    desk.tools.pointerDown(at(from));
    desk.tools.pointerMove(at(to));
    desk.tools.pointerUp(at(to));
  };

  it('makes an object of the first click, as one edit, and chooses it', async () => {
    click(20, 10);
    expect(desk.document.objects).toHaveLength(1);
    expect(desk.document.prompts).toMatchObject([{ kind: 'point', x: 20, y: 10, positive: true, frame: 0 }]);
    await settle();
    expect(kernel.requests.filter((one) => one.kind === 'edit')).toMatchObject([
      { edit: { kind: 'together' } },
    ]);
    expect(kernel.document.objects).toMatchObject([{ name: 'object 1', number: 1 }]);
    expect(desk.chosenObject?.name).toBe('object 1');
  });

  it('shows the mask of a click as soon as the kernel has it', async () => {
    click(20, 10);
    await settle();
    const mask = desk.masks.get(desk.chosenObject!.id);
    expect(mask?.counts.length).toBeGreaterThan(1);
  });

  it('puts a second quick click to the same object, though the first is not answered yet', async () => {
    kernel.hold();
    click(20, 10);
    click(24, 12, 2);
    expect(desk.document.prompts.map((one) => one.objectId)).toEqual([
      desk.chosenObject!.id,
      desk.chosenObject!.id,
    ]);
    expect(desk.edits.isPending(desk.document.prompts[1]!.id)).toBe(true);
    kernel.release();
    await settle();
    expect(kernel.document.prompts).toMatchObject([{ positive: true }, { positive: false }]);
    expect(desk.edits.isPending(desk.document.prompts[1]!.id)).toBe(false);
  });

  it('keeps one box an object and frame: a second drag replaces the first', async () => {
    drag({ x: 10, y: 10 }, { x: 30, y: 30 });
    await settle();
    drag({ x: 40, y: 5 }, { x: 20, y: 20 });
    await settle();
    expect(kernel.document.prompts).toMatchObject([{ kind: 'box', x0: 20, y0: 5, x1: 40, y1: 20 }]);
    desk.goTo(3);
    drag({ x: 10, y: 10 }, { x: 30, y: 30 });
    await settle();
    expect(kernel.document.prompts).toHaveLength(2);
  });

  it('moves a prompt that is dragged and removes the chosen one', async () => {
    click(20, 10);
    await settle();
    drag({ x: 20, y: 10 }, { x: 30, y: 15 });
    await settle();
    expect(kernel.document.prompts).toMatchObject([{ x: 30, y: 15 }]);
    perform({ do: 'remove-prompt', promptId: null });
    await settle();
    expect(kernel.document.prompts).toEqual([]);
  });

  it('takes a refused edit back and says why', async () => {
    click(20, 10);
    await settle();
    const { id } = desk.chosenObject!;
    kernel.hold();
    perform({ do: 'rename-object', objectId: id, name: 'heron' });
    expect(desk.document.objects[0]!.name).toBe('heron');
    kernel.document.apply({ kind: 'remove-object', objectId: id });
    kernel.release();
    await settle();
    expect(desk.notices[0]).toMatchObject({
      level: 'error',
      title: expect.stringContaining('There is no object'),
    });
    perform({ do: 'dismiss-notice', key: desk.notices[0]!.key });
    expect(desk.notices).toEqual([]);
  });

  it('changes from the original view to the overlay when a prompt is given, so that it can be seen', () => {
    perform({ do: 'set-mode', mode: 'original' });
    click(20, 10);
    expect(kernel.state().place.mode).toBe('overlay');
    perform({ do: 'set-mode', mode: 'masks' });
    click(30, 10);
    expect(kernel.state().place.mode).toBe('masks');
  });

  it('edits nothing while the kernel is gone, but goes on showing', async () => {
    click(20, 10);
    await settle();
    kernel.connect('gone');
    click(30, 20);
    perform({ do: 'new-object' });
    perform({ do: 'remove-object', objectId: desk.chosenObject!.id });
    perform({ do: 'propagate' });
    expect(kernel.document.prompts).toHaveLength(1);
    expect(desk.document.objects).toHaveLength(1);
    expect(desk.notices.map((one) => one.key)).toEqual(['gone']);
    perform({ do: 'step', by: 1 });
    expect(desk.frame).toBe(1);
  });

  it('asks again for the picture that it could not have, once the kernel is back', async () => {
    kernel.connect('gone');
    desk.goTo(7);
    await settle();
    expect(desk.picture?.frame).not.toBe(7);
    kernel.connect('live');
    await settle();
    expect(desk.picture?.frame).toBe(7);
  });

  it('asks again for what failed while the engine was away, once it is ready', async () => {
    const asked = (): number =>
      kernel.requests.filter((one) => one.kind === 'picture' && one.frame === 9).length;
    kernel.set({ engine: engineView('failed') });
    kernel.refuse(new EngineError('The engine stopped. Nothing was lost.'));
    desk.goTo(9);
    await settle();
    expect(desk.notices.map((one) => one.title)).toContain('The engine stopped.');
    const before = asked();
    kernel.refuse(null);
    kernel.set({ engine: engineView('ready') });
    await settle();
    expect(asked()).toBe(before + 1);
    expect(desk.picture?.frame).toBe(9);
  });

  it('goes through frames and stays inside the video', () => {
    perform({ do: 'go-to-frame', frame: 500 });
    expect(desk.frame).toBe(99);
    perform({ do: 'step', by: -10 });
    expect(desk.frame).toBe(89);
    perform({ do: 'go-to-end', end: 'first' });
    perform({ do: 'step', by: -1 });
    expect(desk.frame).toBe(0);
  });

  it("jumps between the chosen object's prompted frames", async () => {
    click(20, 10);
    desk.goTo(30);
    click(22, 10);
    desk.goTo(60);
    perform({ do: 'new-object' });
    click(40, 10);
    await settle();
    perform({ do: 'choose-number', number: 1 });
    perform({ do: 'go-to-prompted', way: -1 });
    expect(desk.frame).toBe(30);
    perform({ do: 'go-to-prompted', way: -1 });
    expect(desk.frame).toBe(0);
    perform({ do: 'go-to-prompted', way: -1 });
    expect(desk.frame).toBe(0);
    perform({ do: 'go-to-prompted', way: 1 });
    expect(desk.frame).toBe(30);
  });

  it('chooses objects by digit and by stepping', async () => {
    for (let n = 0; n < 3; n++) perform({ do: 'new-object' });
    await settle();
    expect(desk.chosenObject?.number).toBe(3);
    perform({ do: 'choose-number', number: 1 });
    expect(desk.chosenObject?.number).toBe(1);
    perform({ do: 'choose-number', number: 8 });
    expect(desk.chosenObject?.number).toBe(1);
    perform({ do: 'step-object', by: 1 });
    perform({ do: 'step-object', by: 1 });
    perform({ do: 'step-object', by: 1 });
    expect(desk.chosenObject?.number).toBe(3);
  });

  it('chooses a neighbour when the chosen object is deleted', async () => {
    for (let n = 0; n < 3; n++) perform({ do: 'new-object' });
    await settle();
    perform({ do: 'choose-number', number: 2 });
    perform({ do: 'remove-object', objectId: desk.chosenObject!.id });
    expect(desk.chosenObject?.number).toBe(3);
    await settle();
    perform({ do: 'remove-object', objectId: desk.chosenObject!.id });
    await settle();
    expect(desk.chosenObject?.number).toBe(1);
    expect(kernel.document.objects).toHaveLength(1);
  });

  it('hides all but the chosen object as one edit, and shows them again', async () => {
    for (let n = 0; n < 3; n++) perform({ do: 'new-object' });
    await settle();
    const edits = (): number => kernel.requests.filter((one) => one.kind === 'edit').length;
    const before = edits();
    perform({ do: 'show-only-chosen', only: true });
    await settle();
    expect(kernel.document.objects.map((one) => one.hidden)).toEqual([true, true, false]);
    expect(edits()).toBe(before + 1);
    perform({ do: 'show-only-chosen', only: false });
    await settle();
    expect(kernel.document.objects.every((one) => !one.hidden)).toBe(true);
  });

  it('sets a range from both ends, in whatever order they are given', () => {
    desk.goTo(40);
    perform({ do: 'set-range-end', end: 'first' });
    expect(desk.range).toEqual([40, 99]);
    desk.goTo(20);
    perform({ do: 'set-range-end', end: 'last' });
    expect(desk.range).toEqual([20, 20]);
    perform({ do: 'set-range', range: [70, 30] });
    expect(desk.range).toEqual([30, 70]);
    perform({ do: 'set-range', range: null });
    expect(desk.range).toBeNull();
  });

  it('draws only the prompts of the chosen object over masks, and all in the view of prompts', async () => {
    click(20, 10);
    perform({ do: 'new-object' });
    click(40, 30);
    await settle();
    expect(desk.promptsInSight).toHaveLength(1);
    perform({ do: 'set-mode', mode: 'prompts' });
    expect(desk.promptsInSight).toHaveLength(2);
    perform({ do: 'hide-object', objectId: null, hidden: null });
    await settle();
    expect(desk.promptsInSight).toHaveLength(1);
    perform({ do: 'set-mode', mode: 'masks' });
    expect(desk.promptsInSight).toHaveLength(0);
  });

  it('chooses the object whose mask is under the select tool', async () => {
    click(20, 10);
    perform({ do: 'new-object' });
    click(40, 30);
    await settle();
    perform({ do: 'choose-tool', tool: 'select' });
    click(21, 11);
    expect(desk.chosenObject?.number).toBe(1);
    click(60, 2);
    expect(desk.chosenObject?.number).toBe(1);
  });

  it('follows a run it has started, until the user goes elsewhere', async () => {
    click(20, 10);
    await settle();
    perform({ do: 'propagate' });
    await settle();
    const run = {
      id: 'r',
      direction: 'forward' as const,
      objectIds: ['a'],
      range: null,
      from: null,
      total: 99,
      done: 5,
      frame: 5,
      framesPerSecond: 2,
      secondsLeft: 9,
    };
    kernel.set({ run });
    expect(desk.frame).toBe(5);
    desk.goTo(2);
    kernel.set({ run: { ...run, frame: 6, done: 6 } });
    expect(desk.frame).toBe(2);
    perform({ do: 'follow-run', follow: true });
    expect(desk.frame).toBe(6);
  });

  it('says at the prompt that its mask is being computed, while the engine is busy', async () => {
    click(20, 10);
    await settle();
    expect(desk.computing).toBeNull();
    kernel.set({ engine: engineView('busy') });
    expect(desk.computing).toMatchObject({ frame: 0, at: { x: 20, y: 10 } });
    desk.goTo(1);
    expect(desk.computing).toBeNull();
  });

  it('uses the cross-hair: the keyboard can give prompts too', async () => {
    perform({ do: 'prompt-at-cross', positive: true });
    expect(desk.cross).toEqual({ x: 32, y: 24 });
    perform({ do: 'move-cross', dx: -10, dy: 3 });
    perform({ do: 'prompt-at-cross', positive: false });
    await settle();
    expect(kernel.document.prompts).toMatchObject([{ x: 22, y: 27, positive: false }]);
  });

  it('steps out one thing at a time: the drag, then playing, then the chosen prompt, then nothing', async () => {
    click(20, 10);
    await settle();
    click(20, 10);
    expect(desk.chosenPrompt).not.toBeNull();
    perform({ do: 'play', way: 1 });
    desk.tools.pointerDown({ screen: { x: 1, y: 1 }, picture: { x: 1, y: 1 }, button: 0 });
    expect([desk.stepOut(), desk.tools.busy]).toEqual([true, false]);
    expect([desk.stepOut(), desk.playback.playing]).toEqual([true, false]);
    expect([desk.stepOut(), desk.chosenPrompt]).toEqual([true, null]);
    expect(desk.stepOut()).toBe(false);
  });

  it('asks for masks only where there are any', async () => {
    click(20, 10);
    await settle();
    desk.goTo(50);
    await settle();
    const asked = kernel.requests.flatMap((one) => (one.kind === 'masks' ? [one.frame] : []));
    expect(new Set(asked)).toEqual(new Set([0]));
    kernel.propagate(desk.chosenObject!.id, 50, 52);
    await settle();
    expect(desk.masks.size).toBe(1);
  });
});
