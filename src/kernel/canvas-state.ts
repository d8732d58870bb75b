import { basename } from 'node:path';
import { outdatedRanges } from '../annotation';
import { isDraft } from '../session';
import type { Session } from '../session';
import { startState } from '../protocol';
import type {
  EngineView,
  ExportView,
  ModelsView,
  NoticeView,
  PlaceView,
  RunView,
  WidgetState,
} from '../protocol';

/** What the canvas shows besides the document: who is busy, what runs, where the user is. */
export interface CanvasFacts {
  readonly run: RunView | null;
  readonly engine: EngineView;
  readonly models: ModelsView;
  readonly notice: NoticeView | null;
  readonly exporting: ExportView | null;
  readonly place: PlaceView;
}

/** The state of a canvas that no session is on. `left`: what became of the one that was. */
export function emptyState(left: string | null): WidgetState {
  const engine = { ...startState.engine, state: 'ready' } as const;
  return { ...startState, engine, opening: { left } };
}

/** The whole synced state of a canvas: what a page that is loaded anew draws from. */
export function canvasState(session: Session, facts: CanvasFacts): WidgetState {
  const { info } = session.video;
  return {
    video: {
      name: info.name,
      width: info.width,
      height: info.height,
      pixelAspect: info.pixelAspect,
      frameCount: info.frameCount,
      frameRate: info.frameRate,
    },
    ...documentState(session),
    ...facts,
    waitingRuns: session.queue.waiting,
    evaluation: session.evaluation,
    review: session.reviewView,
    waiting: session.waiting,
    ...savingState(session),
    opening: null,
    work: '',
  };
}

/** The part of the state that edits change. */
export function documentState(session: Session): Pick<WidgetState, 'document' | 'coverage' | 'history'> {
  const { document } = session;
  return {
    document: document.records(),
    coverage: document.objects.map(({ id }) => ({
      objectId: id,
      runs: document.coverage(id),
      outdated: outdatedRanges(document, id),
    })),
    history: session.history,
  };
}

/** Where the work is kept, and why it cannot be changed, where it cannot. */
export function savingState(session: Session): Pick<WidgetState, 'saving' | 'readOnly' | 'takeOver'> {
  const takeOver = session.freed ? session.path : null;
  return { saving: savingWords(session), readOnly: session.readOnly, takeOver };
}

function savingWords({ path, readOnly }: Session): string {
  if (path === null) return 'Kept in memory only';
  if (readOnly !== null) return `${basename(path)}: to look at only`;
  return isDraft(path) ? 'Kept as a draft' : `Saved in ${basename(path)}`;
}
