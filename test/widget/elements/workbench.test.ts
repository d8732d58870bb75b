import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { registerElements } from '../../../src/widget/elements';
import type { Workbench } from '../../../src/widget/elements';
import { FakeKernel } from '../../support/widget-fake-kernel';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';
import { plainScene } from '../../support/widget-plain-scene';
import { textOf } from '../../support/widget-text';
import { settle } from '../../support/widget-settle';

describe('the workbench', () => {
  let kernel: FakeKernel;
  let workbench: Mounted<Workbench>;
  beforeEach(async () => {
    kernel = new FakeKernel(plainScene());
    workbench = await mount<Workbench>('masklet-workbench', {
      link: kernel,
      decode: async () => ({
        image: {} as CanvasImageSource,
        width: 64,
        height: 48,
        close: () => undefined,
      }),
    });
    await settle();
  });
  afterEach(() => workbench.element.remove());

  /** The text of an element inside, through its own shadow. */
  const inside = (name: string): string => textOf(workbench.find(name).shadowRoot);
  const press = (key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...more,
    });
    workbench.find('masklet-stage').shadowRoot!.querySelector('canvas')!.dispatchEvent(event);
    return event;
  };

  it('names the video, says that it is saved, and on hovering where', () => {
    expect(workbench.find('[role="region"]').getAttribute('aria-label')).toBe('Masklet, plain.mp4');
    const saving = workbench.find('masklet-top-bar').shadowRoot!.querySelector('.saving')!;
    expect([saving.textContent, saving.getAttribute('title')]).toEqual([
      'Saved',
      'Saved in balloons.masklet',
    ]);
  });

  it('does what its elements ask for', async () => {
    (workbench.find('masklet-objects-panel').shadowRoot!.querySelector('.add') as HTMLElement).click();
    await settle();
    expect(kernel.document.objects).toHaveLength(1);
    expect(inside('masklet-objects-panel')).toContain('object 1');
    expect(inside('masklet-timeline')).toContain('object 1');
  });

  it('shows at once what a cell has done', async () => {
    kernel.edit({
      kind: 'add-object',
      object: { id: 'h', number: 1, name: 'heron', classId: null, color: '#fced3f', hidden: false },
    });
    await settle();
    expect(inside('masklet-objects-panel')).toContain('heron');
  });

  it('takes its keys, and leaves the others to the notebook', () => {
    expect(press('d').defaultPrevented).toBe(true);
    expect(kernel.state().place.frame).toBe(1);
    expect(press('s', { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(press('Enter', { shiftKey: true }).defaultPrevented).toBe(false);
    expect(press('m').defaultPrevented).toBe(false);
  });

  it("keeps JupyterLab's shortcuts off, but for the chords that stay the notebook's", () => {
    const { element } = workbench;
    expect(element.getAttribute('data-lm-suppress-shortcuts')).toBe('true');
    press('s', { ctrlKey: true });
    expect(element.hasAttribute('data-lm-suppress-shortcuts')).toBe(false);
    press('m');
    expect(element.getAttribute('data-lm-suppress-shortcuts')).toBe('true');
  });

  it('does not see the keys of another widget or of the page', () => {
    document.body.append(document.createElement('input'));
    document
      .querySelector('input')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'd', bubbles: true, composed: true }));
    expect(kernel.state().place.frame).toBe(0);
  });

  it('repeats a step while its key is held, but no new object', async () => {
    press('d');
    press('d', { repeat: true });
    expect(kernel.state().place.frame).toBe(2);
    press('n');
    press('n', { repeat: true });
    await settle();
    expect(kernel.document.objects).toHaveLength(1);
  });

  it('plays when Space is let go', () => {
    const canvas = workbench.find('masklet-stage').shadowRoot!.querySelector('canvas')!;
    press(' ', { code: 'Space' });
    expect(workbench.element.desk!.playback.playing).toBe(false);
    canvas.dispatchEvent(
      new KeyboardEvent('keyup', { key: ' ', code: 'Space', bubbles: true, composed: true }),
    );
    expect(workbench.element.desk!.playback.playing).toBe(true);
    press('Escape');
    expect(workbench.element.desk!.playback.playing).toBe(false);
  });

  it('undoes and redoes by key and by button, which says what (A3)', async () => {
    const top = workbench.find('masklet-top-bar');
    kernel.set({ history: { undo: 'Add point', redo: null } });
    await settle();
    const button = (name: string): HTMLButtonElement | null =>
      top.shadowRoot!.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);
    expect(button('Redo')!.disabled).toBe(true);
    button('Undo: Add point')!.click();
    press('z', { ctrlKey: true });
    press('y', { ctrlKey: true });
    await settle();
    const asked = kernel.requests.map((one) => one.kind).filter((kind) => kind === 'undo' || kind === 'redo');
    expect(asked).toEqual(['undo', 'undo', 'redo']);
  });

  it('gives the keys back to the notebook on Escape', () => {
    const cell = document.createElement('div');
    cell.tabIndex = 0;
    cell.append(workbench.element);
    document.body.append(cell);
    workbench.find('masklet-stage').shadowRoot!.querySelector('canvas')!.focus();
    press('Escape');
    expect(document.activeElement).toBe(cell);
  });

  it('says in a strip that the kernel is gone', async () => {
    kernel.connect('gone');
    await settle();
    expect(inside('masklet-notice-strip')).toContain('The kernel is gone.');
    const bar = workbench.find('masklet-top-bar').shadowRoot!;
    expect(textOf(bar.querySelector('masklet-model-menu')!.shadowRoot)).toContain('No kernel');
    expect(inside('masklet-status-bar')).toContain('editing is off');
  });

  it('takes a dismissed strip away', async () => {
    kernel.set({ notice: { id: 1, level: 'error', message: 'The engine stopped. 3 frames are kept.' } });
    await settle();
    expect(inside('masklet-notice-strip')).toContain('The engine stopped. 3 frames are kept.');
    (workbench.find('masklet-notice-strip').shadowRoot!.querySelector('button') as HTMLElement).click();
    await settle();
    expect(inside('masklet-notice-strip')).toBe('');
  });

  it('lets a waiting cell go on', async () => {
    expect(inside('masklet-top-bar')).not.toContain('Done');
    kernel.set({ waiting: true });
    await settle();
    (workbench.find('masklet-top-bar').shadowRoot!.querySelector('.primary') as HTMLElement).click();
    expect(kernel.requests.at(-1)).toEqual({ kind: 'done' });
  });

  it('sets the range from the frame to the end of what is in sight', async () => {
    workbench.element.desk!.goTo(30);
    workbench
      .find('masklet-run-deck')
      .dispatchEvent(new Event('masklet-suggest-range', { bubbles: true, composed: true }));
    expect(workbench.element.desk!.range?.[0]).toBe(30);
  });

  it('lets everything go when it is taken out of the page', () => {
    const { desk } = workbench.element;
    desk!.playback.toggle(1);
    workbench.element.remove();
    expect(desk!.playback.playing).toBe(false);
    expect(workbench.element.desk).toBeNull();
    kernel.set({ waiting: false });
  });

  it('comes back when it is put into the page again', async () => {
    const { element } = workbench;
    element.remove();
    document.body.append(element);
    await settle();
    expect(element.desk).not.toBeNull();
    expect(workbench.find('[role="region"]').getAttribute('aria-label')).toBe('Masklet, plain.mp4');
  });
});

it('elements are registered once, however often the extension asks', () => {
  registerElements();
  expect(() => registerElements()).not.toThrow();
});
