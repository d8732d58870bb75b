import { SessionError, VideoError } from '../../src/errors';
import type { OfferedView, RecentView } from '../../src/protocol';
import type { OpeningPage, Workbench } from '../../src/widget/elements';
import type { PlacePicker } from '../../src/widget/controllers';
import type { FakeKernel } from '../support/widget-fake-kernel';

/** The states around opening: what there is, what is under way, what went wrong, who else has it. */
export const openingStates = [
  'opening',
  'opening-bare',
  'opening-long',
  'opening-failed',
  'opening-no-ffmpeg',
  'opening-missing',
  'opening-other',
  'open-another',
  'read-only',
  'take-over',
  'fetching',
] as const;

/** One of {@link openingStates}. */
export type OpeningState = (typeof openingStates)[number];

/** True for a state of this file. */
export function isOpeningState(name: string): name is OpeningState {
  return (openingStates as readonly string[]).includes(name);
}

const hour = 3_600_000;
const folder = '/home/ada/field work';

function recent(name: string, hours: number, more: Partial<RecentView> = {}): RecentView {
  const used = new Date(Date.now() - hours * hour).toISOString();
  const path = `${folder}/${name}.masklet`;
  const known = { objects: 3, frames: [240, 900], draft: false, state: 'here' } as const;
  return { path, name, video: name, used, ...known, ...more };
}

const offered: OfferedView = {
  folder,
  samples: [{ place: 'sample:big-buck-bunny', title: 'Big Buck Bunny, 132 frames' }],
  recent: [
    recent('balloons over the valley', 0, { state: 'open', objects: 4, frames: [421, 900] }),
    recent('mice-cage-4', 26, { objects: 7, frames: [12_450, 90_000] }),
    recent('heron', 80, { draft: true, objects: 1, frames: [0, 132] }),
    recent('schoolyard, second try', 400, { state: 'missing', objects: null, frames: null }),
    recent('gulls', 9000, { state: 'damaged', objects: null, frames: null }),
  ],
};

const picker: PlacePicker = { choose: () => Promise.resolve(null), dropped: () => null };

const heron =
  '“heron” (900 frames of 1280 × 720, 36.00 s, 18203311 bytes, fingerprint 5f2a0c6be1d94477a0d3b8f6c91e2d40)';
const swan =
  '“heron” (899 frames of 1280 × 720, 35.96 s, 18114020 bytes, fingerprint 0c3be7d1f5a2649890bb14e2c7d3a655)';

const failures: Partial<Record<OpeningState, Error>> = {
  'opening-failed': new VideoError(
    '/home/ada/field work/heron.mp4 is cut off: its index is missing, so no picture can be read. Copy or record it again, or repair it with a recovery tool.',
  ),
  'opening-no-ffmpeg': new VideoError(
    'No ffmpeg was found, and videos cannot be read without it. Run `npm run setup`, install ffmpeg, or set FFMPEG_PATH to its program.',
  ),
  'opening-missing': new SessionError('The video of this session is not there.', {
    code: 'video-missing',
    session: `${folder}/heron.masklet`,
    kept: '3 objects, masks on 240 of 900 frames',
    saved: heron,
  }),
  'opening-other': new SessionError('This is not the video of the session.', {
    code: 'other-video',
    session: `${folder}/heron.masklet`,
    kept: '3 objects, masks on 240 of 900 frames',
    saved: heron,
    given: swan,
  }),
};

/** Puts the made-up kernel into a state before the canvas is made. */
export function prepareOpening(kernel: FakeKernel, state: OpeningState): void {
  kernel.offered = state === 'opening-bare' ? { ...offered, recent: [] } : offered;
  switch (state) {
    case 'open-another':
      return;
    case 'read-only': {
      const why = 'process 4711 on this machine has it open since 2026-11-25 09:12 UTC';
      const help = 'Close it there and open it again to change it.';
      const message = `${folder}/heron.masklet can be looked at, not changed: ${why}. ${help}`;
      return kernel.set({
        readOnly: why,
        saving: 'heron.masklet: to look at only',
        notice: { id: 1, level: 'warning', message },
      });
    }
    case 'take-over':
      return kernel.set({
        readOnly: 'process 4711 on this machine has it open',
        saving: 'heron.masklet: to look at only',
        takeOver: `${folder}/heron.masklet`,
      });
    case 'fetching': {
      const entry = {
        ...{ name: 'edgetam', title: 'EdgeTAM', licence: 'Apache-2.0' },
        ...{ ready: false, offersFast: false },
      };
      const cost = { downloadBytes: 56_000_000, peakMiB: 900, secondsPerFrame: 1.1, caution: null };
      const adding = { name: 'edgetam', stage: 'downloading', share: 0.61 } as const;
      return kernel.set({ models: { entries: [{ ...entry, ...cost }], adding } });
    }
    default:
      return kernel.set({
        opening: { left: state === 'opening' ? 'heron.masklet is closed. Everything in it is kept.' : null },
        work: '',
      });
  }
}

/** Does in the canvas what leads to the state. */
export async function enterOpening(
  kernel: FakeKernel,
  workbench: Workbench,
  state: OpeningState,
): Promise<void> {
  workbench.picker = state === 'opening-bare' ? null : picker;
  await workbench.updateComplete;
  if (state === 'open-another') workbench.desk?.pages.open('open');
  const page = workbench.shadowRoot!.querySelector<OpeningPage>('masklet-opening-page');
  if (state === 'opening-long') {
    kernel.opens(new Promise(() => undefined));
    void page?.desk?.open({ chosen: 'field work/ten hours of mice.mp4', notebook: null });
  }
  const failure = failures[state];
  if (!failure) return;
  kernel.opens(Promise.reject(failure));
  await page?.desk?.open({ typed: 'heron.masklet' });
}
