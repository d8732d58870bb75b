import { emptyRecords } from '../../annotation';
import { emptyReview, startPlace } from '../../protocol';
import type { WidgetState } from '../../protocol';

/** What a model holds before the kernel's state has come. */
export const defaultState: WidgetState = {
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
    threads: null,
    cacheMiB: null,
    providers: [],
    notes: [],
  },
  models: { entries: [], adding: null },
  notice: null,
  place: startPlace,
  waiting: false,
  history: { undo: null, redo: null },
  saving: '',
  readOnly: null,
};
