import { describe, expect, it } from '@jest/globals';
import { noticesOf } from '../../../src/widget/controllers/notices';
import { engineView } from '../../support/widget-fake-kernel';
import type { NoticeSources } from '../../../src/widget/controllers/notices';

const quiet: NoticeSources = {
  connection: 'live',
  engine: engineView('ready'),
  notice: null,
  readOnly: null,
  takeOver: null,
  models: { entries: [], adding: null },
  saving: 'Saved in birds.masklet',
  exporting: null,
  said: null,
  dismissed: new Set(),
};

describe('strips above the picture', () => {
  it('are none when all is well', () => {
    expect(noticesOf(quiet)).toEqual([]);
  });

  it('have their first sentence as the title', () => {
    const [notice] = noticesOf({
      ...quiet,
      notice: { id: 4, level: 'error', message: 'The engine stopped at 1.5 GiB. 38 frames are kept. Go on.' },
    });
    expect(notice).toEqual({
      key: 'kernel-4',
      level: 'error',
      title: 'The engine stopped at 1.5 GiB.',
      text: '38 frames are kept. Go on.',
      dismissable: true,
    });
  });

  it('stay away once dismissed, until the kernel says it anew', () => {
    const notice = { id: 4, level: 'info' as const, message: 'Done.' };
    const dismissed = new Set(['kernel-4']);
    expect(noticesOf({ ...quiet, notice, dismissed })).toEqual([]);
    expect(noticesOf({ ...quiet, notice: { ...notice, id: 5 }, dismissed })).toHaveLength(1);
  });

  it('say only that the kernel is gone when it is', () => {
    const notices = noticesOf({
      ...quiet,
      connection: 'gone',
      engine: { ...quiet.engine, state: 'failed' },
      said: { key: 'f', level: 'error', message: 'x' },
    });
    expect(notices).toMatchObject([{ key: 'gone', dismissable: false }]);
    expect(notices[0]!.text).toMatch(/run the cell/);
  });

  it('say that the model is starting, by its name, and that work can go on', () => {
    const [notice] = noticesOf({ ...quiet, engine: { ...quiet.engine, state: 'starting' } });
    expect(notice).toMatchObject({ title: 'MobileSAM is starting.', level: 'info' });
    expect(notice!.text).toMatch(/set prompts now/);
  });

  it('do not say twice that the engine failed', () => {
    const engine = { ...quiet.engine, state: 'failed' as const };
    expect(noticesOf({ ...quiet, engine })).toMatchObject([{ key: 'engine-failed' }]);
    const notice = { id: 1, level: 'error' as const, message: 'The engine could not be started.' };
    expect(noticesOf({ ...quiet, engine, notice })).toMatchObject([{ key: 'kernel-1' }]);
  });

  it('say that the connection is lost, where the work is and what to do', () => {
    const [notice] = noticesOf({ ...quiet, connection: 'lost' });
    expect(notice).toMatchObject({ title: 'The connection to the kernel is lost.', dismissable: false });
    expect(notice!.text).toMatch(/Saved in birds\.masklet\..*reload the page/);
  });

  it('say that the kernel is slow', () => {
    expect(noticesOf({ ...quiet, connection: 'slow' })).toMatchObject([{ key: 'slow', level: 'info' }]);
  });

  it('say who has a session open once, and offer it when they are gone', () => {
    const readOnly = 'process 7 on this machine has it open since 2026-11-25 09:12 UTC';
    const message = `/a/birds.masklet can be looked at, not changed: ${readOnly}. Close it there.`;
    const notice = { id: 1, level: 'warning', message } as const;
    expect(noticesOf({ ...quiet, readOnly, notice })).toMatchObject([
      { key: 'read-only', text: 'Close it there.', dismissable: false },
    ]);
    expect(noticesOf({ ...quiet, readOnly })).toMatchObject([
      { title: `To look at only: ${readOnly}.`, dismissable: false },
    ]);
    const [free] = noticesOf({ ...quiet, readOnly, takeOver: '/a/birds.masklet' });
    expect(free).toMatchObject({ key: 'free', action: { words: 'Open here', command: { do: 'take-over' } } });
  });

  it('say how far a model is that is fetched, and that nobody waits for it', () => {
    const entry = {
      ...{ name: 'edgetam', title: 'EdgeTAM', licence: 'Apache-2.0' },
      ...{ ready: false, offersFast: false },
    };
    const cost = { downloadBytes: 56e6, peakMiB: null, secondsPerFrame: null, caution: null };
    const adding = { name: 'edgetam', stage: 'downloading', share: 0.5 } as const;
    const [notice] = noticesOf({ ...quiet, models: { entries: [{ ...entry, ...cost }], adding } });
    expect(notice).toMatchObject({
      title: 'Fetching EdgeTAM: 28 of 56 MB.',
      share: 0.5,
      action: { words: 'Stop' },
    });
    expect(notice!.text).toContain('MobileSAM goes on meanwhile');
  });
});
