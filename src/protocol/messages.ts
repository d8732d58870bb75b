import type { Edit } from '../annotation';
import type { WireError } from '../errors';
import type { Stroke } from '../mask';
import type { ResourcesView } from './resources-view';
import type { OfferedView, PlaceRequest } from './opening';
import type { RunDirection } from './widget-state';

/** What to propagate. Without `objectIds`: every object that has a prompt. Without `range`: the whole video. */
export interface PropagateRequest {
  readonly direction: RunDirection;
  readonly objectIds?: readonly string[];
  /** Frames, ends inclusive. */
  readonly range?: readonly [first: number, last: number];
  /** A corrected frame: outward from it, as far as the result differs. */
  readonly from?: number;
  /** A block by its number, instead of a range. */
  readonly block?: number;
}

/** What to check. Without `objectIds`: every object. Without `range`: the whole video; ends inclusive. */
export type CheckRequest = Pick<PropagateRequest, 'objectIds' | 'range'>;

/** What a run would cost on this machine. */
export interface Forecast {
  readonly frames: number;
  readonly objects: number;
  /** Null where nothing has been measured yet. */
  readonly seconds: number | null;
  /** In words: “900 frames, 2 objects, about 13 minutes here; every second frame: 7”. */
  readonly text: string;
}

/** A change that moves masks with their prompts, which only the kernel has (D2). Ranges have inclusive ends. */
export type Rework =
  | { readonly do: 'mark-absent'; readonly objectId: string; readonly range: readonly [number, number] }
  | { readonly do: 'delete-masks'; readonly objectId: string; readonly range: readonly [number, number] }
  /** From a frame on each of two objects has what the other had. */
  | { readonly do: 'swap'; readonly objectId: string; readonly otherId: string; readonly from: number }
  /** The first object takes what the other has; the other goes. */
  | { readonly do: 'merge'; readonly objectId: string; readonly otherId: string }
  /** What the object has from a frame on becomes an object of its own. */
  | { readonly do: 'split'; readonly objectId: string; readonly from: number };

/** A request of a canvas. Each is answered by an {@link Answer} with its `request` number and `client`. */
export type CanvasRequest =
  /** A picture, scaled down to at most `maxWidth`. Buffers of the answer: [jpeg]. */
  | { readonly kind: 'picture'; readonly frame: number; readonly maxWidth: number }
  /** All masks of a frame. Buffers of the answer: run lengths (uint32, COCO order), one per object in `objectIds`. */
  | { readonly kind: 'masks'; readonly frame: number }
  /** Edits of one `gesture` are one step to undo. */
  | { readonly kind: 'edit'; readonly edit: Edit; readonly gesture?: string }
  /** Brush and lasso: adds what a stroke covers to an object's mask on a frame, or takes it away. */
  | {
      readonly kind: 'draw';
      readonly objectId: string;
      readonly frame: number;
      readonly stroke: Stroke;
      readonly adds: boolean;
      readonly gesture?: string;
    }
  /** The mask that one more point would make; nothing is recorded. Buffers of the answer: [run lengths]. */
  | {
      readonly kind: 'preview';
      readonly objectId: string | null;
      readonly frame: number;
      readonly x: number;
      readonly y: number;
      readonly positive: boolean;
    }
  /** What edits alone cannot do, since it moves masks. One step to undo. */
  | { readonly kind: 'rework'; readonly work: Rework }
  /** Takes the last step back, or brings it back; answered with its name, null where there is none. */
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  /** Gives a gesture up: what it changed is as it was before. */
  | { readonly kind: 'abandon'; readonly gesture: string }
  /** While another run is under way it waits for its turn, where nothing else is said. */
  | { readonly kind: 'propagate'; readonly options: PropagateRequest; readonly when?: 'wait' | 'replace' }
  | { readonly kind: 'forecast'; readonly options: PropagateRequest }
  /** How large an object's masks are on some frames, ends inclusive: the evidence of an alarm. */
  | { readonly kind: 'areas'; readonly objectId: string; readonly range: readonly [number, number] }
  /** Compares masks with those that the model finds from the other side; takes its turn as a run does. */
  | { readonly kind: 'check'; readonly options: CheckRequest }
  /** Ends a run or takes it out of the queue; the one under way where none is named. */
  | { readonly kind: 'cancel'; readonly runId?: string }
  /** A run that waits begins now, in the place of the one under way. */
  | { readonly kind: 'start-now'; readonly runId: string }
  /** Goes on with another model or provider; prompts and masks stay. */
  | {
      readonly kind: 'use-model';
      readonly model: string;
      readonly provider: string;
      readonly fast?: boolean;
      readonly threads?: number;
      readonly cacheMiB?: number;
    }
  /** What the work takes now: asked for while somebody looks, about once a second. */
  | { readonly kind: 'resources' }
  /** Fetches a model; its progress is in the state. Answered when it is there. */
  | { readonly kind: 'add-model'; readonly model: string }
  | { readonly kind: 'stop-adding' }
  /** The formats of an export. */
  | { readonly kind: 'formats' }
  /** Writes masks below a folder, relative to the notebook's. Everything where nothing is said. */
  | {
      readonly kind: 'export';
      readonly format: string;
      readonly folder: string;
      readonly objectIds?: readonly string[];
      readonly range?: readonly [first: number, last: number];
    }
  /** Gives the export under way up; its own answer then says what is left of it. */
  | { readonly kind: 'cancel-export' }
  /** Goes on in a copy at another place. */
  | { readonly kind: 'save-as'; readonly path: string }
  /** Takes every object, feature and lock away, as one step to undo. */
  | { readonly kind: 'start-over' }
  /** Writes everything down and lets go of the session; the canvas then offers what there is to open. */
  | { readonly kind: 'close' }
  /** What there is to open. */
  | { readonly kind: 'offered' }
  /** The first picture of what is at a place, as quick for an hour as for a second. Buffers of the answer: [jpeg]. */
  | { readonly kind: 'glimpse'; readonly place: PlaceRequest; readonly maxWidth: number }
  /**
   * Opens a video, a folder of images or a session on this canvas; what was on it is written down and closed, once the
   * other is open. `video`: where a session's video is now. `withoutVideo`: a session to look at and to export.
   */
  | {
      readonly kind: 'open';
      readonly place: PlaceRequest;
      readonly video?: PlaceRequest;
      readonly withoutVideo?: boolean;
    }
  /** Takes a session off the list of those that were open before; the session stays. */
  | { readonly kind: 'forget'; readonly path: string }
  /** The user is done: a cell that awaits `session.done()` goes on. */
  | { readonly kind: 'done' };

export type RequestKind = CanvasRequest['kind'];

/** A format that masks can be exported in. */
export interface FormatView {
  readonly name: string;
  /** In a menu: `Indexed PNG (DAVIS)`. */
  readonly title: string;
  /** What it keeps and what is lost, in a sentence or two. */
  readonly keeps: string;
}

/** What each kind of request is answered with, besides buffers. */
export interface Answers {
  readonly picture: {
    readonly frame: number;
    readonly width: number;
    readonly height: number;
    readonly type: string;
  };
  readonly masks: {
    readonly frame: number;
    readonly version: number;
    readonly width: number;
    readonly height: number;
    readonly objectIds: readonly string[];
  };
  readonly edit: { readonly version: number };
  /** Pixels that are not what they were. */
  readonly draw: { readonly version: number; readonly pixels: number };
  readonly preview: { readonly width: number; readonly height: number };
  /** `objectId`: the object that a split made. */
  readonly rework: { readonly version: number; readonly objectId: string | null };
  readonly undo: { readonly step: string | null };
  readonly redo: { readonly step: string | null };
  readonly abandon: Record<string, never>;
  readonly propagate: { readonly runId: string };
  readonly forecast: Forecast;
  /** Pixels, one number a frame; 0 where there is no mask. */
  readonly areas: { readonly areas: readonly number[] };
  readonly check: { readonly runId: string };
  readonly cancel: Record<string, never>;
  readonly 'start-now': Record<string, never>;
  readonly 'use-model': Record<string, never>;
  readonly resources: ResourcesView;
  readonly 'add-model': { readonly warnings: readonly string[] };
  readonly 'stop-adding': Record<string, never>;
  readonly formats: { readonly formats: readonly FormatView[] };
  /** The folder, absolute, and how many files it was given. */
  readonly export: { readonly folder: string; readonly files: number };
  readonly 'cancel-export': Record<string, never>;
  readonly 'save-as': { readonly path: string };
  readonly 'start-over': Record<string, never>;
  readonly close: Record<string, never>;
  readonly offered: OfferedView;
  readonly glimpse: { readonly width: number; readonly height: number; readonly type: string };
  /** The session's folder; null where the work is in memory only. */
  readonly open: { readonly path: string | null };
  readonly forget: Record<string, never>;
  readonly done: Record<string, never>;
}

/** Canvas → kernel. `client` names the page and view; `request` counts up in it. */
export interface CanvasMessage {
  readonly client: string;
  readonly request: number;
  readonly body: CanvasRequest;
}

/** Kernel → canvas, in answer. Every view gets every message: those for other clients are passed over. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly client: string;
      readonly request: number;
      readonly ok: true;
      readonly value: Answers[RequestKind];
    }
  | {
      readonly kind: 'answer';
      readonly client: string;
      readonly request: number;
      readonly ok: false;
      readonly error: WireError;
    };

/** Kernel → canvas, unasked: masks on these frames are not what they were; ask again for those in sight. */
export interface MasksChanged {
  readonly kind: 'masks-changed';
  readonly objectIds: readonly string[];
  /** Ends inclusive. */
  readonly first: number;
  readonly last: number;
}

export type KernelMessage = Answer | MasksChanged;

/** Pictures a client may ask for before the first of them has come. */
export const pictureWindow = 3;
