import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionError } from '../../../src/errors';
import type { OfferedView, RecentView } from '../../../src/protocol';
import type { PlacePicker } from '../../../src/widget/controllers';
import type { OpeningPage, Workbench } from '../../../src/widget/elements';
import { codeFor, contentWords, dayWords } from '../../../src/widget/elements/opening-words';
import { FakeKernel } from '../../support/widget-fake-kernel';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';
import { plainScene } from '../../support/widget-plain-scene';
import { settle } from '../../support/widget-settle';
import { textOf } from '../../support/widget-text';

const one: RecentView = {
  path: '/home/ada/birds.masklet',
  name: 'birds',
  video: 'birds',
  objects: 2,
  frames: [240, 900],
  used: '2026-11-25T09:00:00.000Z',
  draft: false,
  state: 'here',
};

const offered: OfferedView = {
  folder: '/home/ada',
  samples: [{ place: 'sample:big-buck-bunny', title: 'Big Buck Bunny' }],
  recent: [one, { ...one, path: '/home/ada/gone.masklet', name: 'gone', state: 'missing', objects: null }],
};

describe('the canvas while nothing is open', () => {
  let kernel: FakeKernel;
  let workbench: Mounted<Workbench>;
  const chosen: PlacePicker = {
    choose: (kind) =>
      Promise.resolve(kind === 'video' ? { chosen: 'data/b.mp4', notebook: 'n.ipynb' } : null),
    dropped: () => null,
  };
  beforeEach(async () => {
    kernel = new FakeKernel(plainScene());
    kernel.offered = offered;
    kernel.set({ opening: { left: 'swans.masklet is closed. Everything in it is kept.' }, work: '' });
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

  const page = (): OpeningPage => workbench.find<OpeningPage>('masklet-opening-page');
  const text = (): string => textOf(page().shadowRoot);
  const button = (words: string): HTMLButtonElement =>
    [...page().shadowRoot!.querySelectorAll('button')].find((any) =>
      `${any.textContent} ${any.getAttribute('aria-label')}`.includes(words),
    )!;
  const type = async (path: string): Promise<void> => {
    const field = page().shadowRoot!.querySelector<HTMLInputElement>('#path')!;
    field.value = path;
    field.dispatchEvent(new Event('input'));
    await settle();
    field.form!.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
  };
  const asked = (): unknown => kernel.requests.findLast((any) => any.kind === 'open');

  it('says what became of the session, what there is, and has no dead tools', () => {
    expect(text()).toContain('swans.masklet is closed. Everything in it is kept.');
    expect(text()).toContain('2 objects, 240 of 900 frames');
    expect(text()).toContain('not there any more');
    expect(text()).toContain('From /home/ada, or a whole path');
    expect(workbench.all('masklet-timeline, masklet-tool-strip, masklet-top-bar')).toEqual([]);
  });

  it('offers a path alone where the page has no dialogs, and all three where it has', async () => {
    expect(button('Video')).toBeUndefined();
    workbench.element.picker = chosen;
    await settle();
    expect(['Video', 'Images', 'Session'].map((words) => button(words)?.textContent.trim())).toEqual([
      'Video …',
      'Images …',
      'Session …',
    ]);
  });

  it('opens what is typed, and shows it', async () => {
    await type('  birds.mp4 ');
    expect(asked()).toEqual({ kind: 'open', place: { typed: 'birds.mp4' } });
    expect(workbench.all('masklet-opening-page')).toEqual([]);
    expect(workbench.all('masklet-timeline')).toHaveLength(1);
  });

  it('opens what is chosen in the dialog; a dialog that is left opens nothing', async () => {
    workbench.element.picker = chosen;
    await settle();
    button('Images').click();
    await settle();
    expect(asked()).toBeUndefined();
    button('Video').click();
    await settle();
    expect(asked()).toEqual({ kind: 'open', place: { chosen: 'data/b.mp4', notebook: 'n.ipynb' } });
  });

  it('goes on with a session of before, and takes one off the list', async () => {
    button('Take gone off').click();
    await settle();
    expect(text()).not.toContain('not there any more');
    button('birds').click();
    await settle();
    expect(asked()).toEqual({ kind: 'open', place: { typed: '/home/ada/birds.masklet' } });
  });

  it('shows the first picture while the rest is read', async () => {
    kernel.opens(new Promise(() => undefined));
    await type('hours.mp4');
    expect(text()).toContain('Opening hours.mp4 …');
    expect(page().shadowRoot!.querySelector('img')?.src).toMatch(/^data:image\//);
  });

  it('says what is wrong with a file, and stays to try another', async () => {
    kernel.opens(Promise.reject(new Error('b.mp4 is cut off. Copy it again.')));
    await type('b.mp4');
    expect(textOf(page().shadowRoot!.querySelector('[role=alert]'))).toBe('b.mp4 is cut off. Copy it again.');
    button('Dismiss').click();
    await settle();
    expect(page().shadowRoot!.querySelector('[role=alert]')).toBeNull();
  });

  it('asks for the video of a session that lacks it, and opens it with that or without', async () => {
    const fields = { code: 'other-video', session: '/home/ada/birds.masklet', kept: '2 objects' };
    const trouble = { ...fields, saved: '“birds” (900 frames)', given: '“swans” (899 frames)' };
    kernel.opens(Promise.reject(new SessionError('This is not the video.', trouble)));
    workbench.element.picker = chosen;
    await type('birds.masklet');
    expect(text()).toContain('This is not the video of birds.masklet');
    expect(text()).toContain('everything you made: 2 objects');
    expect(text()).toContain('“swans” (899 frames)');
    button('Choose another').click();
    await settle();
    expect(asked()).toEqual({
      kind: 'open',
      place: { typed: '/home/ada/birds.masklet' },
      video: { chosen: 'data/b.mp4', notebook: 'n.ipynb' },
    });
    kernel.opens(Promise.resolve());
    button('without the video').click();
    await settle();
    expect(asked()).toMatchObject({ withoutVideo: true, place: { typed: '/home/ada/birds.masklet' } });
  });
});

describe('another session on the same canvas', () => {
  it('begins with nothing of the one before, and a page over it goes when it is there', async () => {
    const kernel = new FakeKernel(plainScene());
    const workbench = await mount<Workbench>('masklet-workbench', { link: kernel });
    const { element } = workbench;
    await settle();
    const before = element.desk!;
    before.setRange([2, 3]);
    before.pages.open('open');
    await settle();
    const page = workbench.find<OpeningPage>('masklet-opening-page');
    expect(textOf(page.shadowRoot)).toContain('stays here until the other is open');
    await page.desk!.open({ typed: 'swans.mp4' });
    await settle();
    expect(element.desk).not.toBe(before);
    expect(element.desk!.range).toBeNull();
    expect(workbench.all('masklet-opening-page')).toEqual([]);
    element.remove();
  });
});

describe('words about sessions', () => {
  it('say days as people do', () => {
    const now = new Date(2026, 10, 25, 22, 0);
    expect(dayWords(new Date(2026, 10, 25, 9, 5).toISOString(), now)).toBe('today 09:05');
    expect(dayWords(new Date(2026, 10, 24, 23, 59).toISOString(), now)).toBe('yesterday');
    expect(dayWords(new Date(2026, 10, 18, 12).toISOString(), now)).toBe('18 Nov');
    expect(dayWords(new Date(2025, 10, 18, 12).toISOString(), now)).toBe('18 Nov 2025');
  });

  it('say what is in one, and the line that opens it', () => {
    expect(contentWords(one)).toBe('2 objects, 240 of 900 frames');
    expect(contentWords({ ...one, objects: 1, frames: [0, 9] })).toBe('1 object');
    expect(contentWords({ ...one, state: 'damaged' })).toBe('cannot be read');
    expect(codeFor('a "b".mp4')).toBe('const session = await annotate("a \\"b\\".mp4")');
    expect(codeFor('x/birds.masklet')).toBe('const session = await openSession("x/birds.masklet")');
  });
});
