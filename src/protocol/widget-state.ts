import type { AlarmKind, CoverageRun, DocumentRecords } from '../annotation';
import type { Alarm } from '../review';
import type { OpeningView } from './opening';

/** The video as the canvas needs it. */
export interface VideoView {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Width of a stored pixel divided by its height; the canvas stretches by it, coordinates do not change. */
  readonly pixelAspect: number;
  readonly frameCount: number;
  /** Frames per second for playing; null where the source has no time. */
  readonly frameRate: number | null;
}

/** One object's masks, as runs of frames. */
export interface CoverageView {
  readonly objectId: string;
  readonly runs: readonly CoverageRun[];
  /** Frames that a correction will change and no run has carried it to; ends inclusive. */
  readonly outdated: readonly (readonly [first: number, last: number])[];
}

/** How an object's masks agree with known ones: IoU (0 to 1) by frame, frames rising. */
export interface ScoreView {
  readonly objectId: string;
  readonly scores: readonly (readonly [frame: number, iou: number])[];
}

/** The figures of `session.evaluate()`, kept up as masks change. */
export interface EvaluationView {
  /** Where the known masks are from, in words. */
  readonly truth: string;
  readonly objects: readonly ScoreView[];
}

/** An alarm, and the frames that it speaks of; ends inclusive. */
export interface AlarmView extends Alarm {
  readonly first: number;
  readonly last: number;
}

/** What there is to review. */
export interface ReviewView {
  /** Alarms that were not accepted, in order of frame; of very many the first. */
  readonly alarms: readonly AlarmView[];
  /** How many there are of each kind, also of those that are left out. */
  readonly counts: Readonly<Record<AlarmKind, number>>;
  /** Frames whose masks were not looked at yet. */
  readonly pending: number;
  /** Masks that a check from the other side compared, of those looked at. */
  readonly checked: number;
}

/** Nothing to review. */
export const emptyReview: ReviewView = {
  alarms: [],
  counts: { absence: 0, drift: 0, swap: 0, seam: 0, disagreement: 0 },
  pending: 0,
  checked: 0,
};

/** The document as the canvas sees it: everything but the tracks, whose {@link CoverageView} stands beside. */
export type DocumentView = DocumentRecords;

/** Which frames a run goes over and which way. */
export type RunDirection = 'forward' | 'backward' | 'both';

/** A run that waits for its turn. It is planned when it begins, with what the document holds then. */
export interface WaitingRun {
  readonly id: string;
  readonly direction: RunDirection;
  /** Null: all objects that have a prompt by then. */
  readonly objectIds: readonly string[] | null;
  /** Ends inclusive; null: the whole video. */
  readonly range: readonly [first: number, last: number] | null;
  /** The corrected frame that it goes outward from; null for any other run. */
  readonly from: number | null;
  /** True for a check: it compares masks with those found from the other side, and writes none. */
  readonly checks?: true;
}

/** A run under way. */
export interface RunView extends WaitingRun {
  readonly objectIds: readonly string[];
  /** Frames to compute and frames computed so far. */
  readonly total: number;
  readonly done: number;
  /** The frame computed last; null before the first. */
  readonly frame: number | null;
  readonly framesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** The engine process and the model in it. */
export interface EngineView {
  /** `busy`: a mask is being computed. `failed`: it could not be started again. */
  readonly state: 'starting' | 'ready' | 'busy' | 'failed';
  /** `MobileSAM`. */
  readonly model: string;
  /** `CPU`. */
  readonly provider: string;
  /** The model's name: `mobilesam`. */
  readonly name: string;
  /** The provider that was asked for: `auto`, `cpu` … */
  readonly choice: string;
  /** Whether its setting `fast` is on. */
  readonly fast: boolean;
  /** Threads of the model, and MiB that its cache may take; null until it is loaded. */
  readonly threads: number | null;
  readonly cacheMiB: number | null;
  /** Providers that this machine's onnxruntime has. */
  readonly providers: readonly string[];
  /** What the user should know of how it runs, such as providers that were refused and why. */
  readonly notes: readonly string[];
}

/** A model that can be chosen, or fetched first. */
export interface ModelView {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly ready: boolean;
  readonly downloadBytes: number | null;
  /** MiB and seconds a frame and object on two cores; null where nobody measured. */
  readonly peakMiB: number | null;
  readonly secondsPerFrame: number | null;
  /** What to know before trusting it. */
  readonly caution: string | null;
  /** True where the setting `fast` makes it quicker. */
  readonly offersFast: boolean;
}

/** A model that is being fetched. */
export interface AddingView {
  readonly name: string;
  readonly stage: 'downloading' | 'converting' | 'testing';
  /** 0 to 1. */
  readonly share: number;
}

/** The models of this machine. */
export interface ModelsView {
  readonly entries: readonly ModelView[];
  readonly adding: AddingView | null;
}

/** An export under way. */
export interface ExportView {
  /** The format, as in a menu. */
  readonly title: string;
  /** 0 to 1. */
  readonly share: number;
  /** Files that are whole. */
  readonly files: number;
}

/** A strip above the picture. `id` grows, so that the same sentence twice is two notices. */
export interface NoticeView {
  readonly id: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** Original picture; prompts on it; masks over it; masks alone. */
export type ViewMode = 'original' | 'prompts' | 'overlay' | 'masks';

/** Where the user is. Written by the canvas and by cells, the same in every view of the model. */
export interface PlaceView {
  readonly frame: number;
  readonly objectId: string | null;
  readonly mode: ViewMode;
  /** Fill of the overlay, 0 to 1. */
  readonly opacity: number;
  /** Names at the objects. */
  readonly names: boolean;
  /** Lines around the masks. */
  readonly outlines: boolean;
  /** A white core in every line, as the chosen object has: seen on any picture. */
  readonly contrast: boolean;
}

/** Where a canvas begins. */
export const startPlace: PlaceView = {
  frame: 0,
  objectId: null,
  mode: 'overlay',
  opacity: 0.45,
  names: true,
  outlines: true,
  contrast: false,
};

/**
 * The synced state of the widget: small, plain JSON, enough to draw everything but pictures and masks again
 * after a page reload. Pictures and masks travel by messages, never in here.
 */
export interface WidgetState {
  readonly video: VideoView;
  readonly document: DocumentView;
  readonly coverage: readonly CoverageView[];
  readonly run: RunView | null;
  /** Runs that wait, the next first. */
  readonly waitingRuns: readonly WaitingRun[];
  /** Null until a cell has evaluated. */
  readonly evaluation: EvaluationView | null;
  readonly review: ReviewView;
  readonly engine: EngineView;
  readonly models: ModelsView;
  readonly notice: NoticeView | null;
  /** Null while nothing is exported from a canvas. */
  readonly exporting: ExportView | null;
  readonly place: PlaceView;
  /** True while a cell awaits `session.done()`: the canvas then shows a button “Done” (request `done`). */
  readonly waiting: boolean;
  /** What undo and redo would take back and bring back, in words; null where nothing. */
  readonly history: { readonly undo: string | null; readonly redo: string | null };
  /** Where the work is kept, in words. */
  readonly saving: string;
  /** Why nothing can be changed here, in a sentence; null where it can. */
  readonly readOnly: string | null;
  /** The session's folder, where whoever kept others from changing it is gone: it can be opened anew here. */
  readonly takeOver: string | null;
  /** Null while a session is on the canvas. */
  readonly opening: OpeningView | null;
  /** Another word for each session that comes to the canvas: what was kept of the one before is worth nothing. */
  readonly work: string;
}
