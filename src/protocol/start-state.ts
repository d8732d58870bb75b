import { emptyRecords } from '../annotation';
import { emptyReview, startPlace } from './widget-state';
import type { WidgetState } from './widget-state';

/** The state of a canvas with nothing on it; also what a page holds before the kernel's state has come. */
export const startState: WidgetState = {
  video: { name: '', width: 0, height: 0, pixelAspect: 1, frameCount: 0, frameRate: null },
  document: emptyRecords,
  coverage: [],
  run: null,
  waitingRuns: [],
  evaluation: null,
  review: emptyReview,
  engine: {
    state: 'starting',
    model: '',
    provider: '',
    name: '',
    choice: 'auto',
    fast: false,
    threads: null,
    cacheMiB: null,
    providers: [],
    notes: [],
  },
  models: { entries: [], adding: null },
  notice: null,
  exporting: null,
  place: startPlace,
  waiting: false,
  history: { undo: null, redo: null },
  saving: '',
  readOnly: null,
  takeOver: null,
  opening: null,
  work: '',
};
