import type { RunLength } from '../mask';

/** What the document needs to know of its video. Frames are numbered from 0. */
export interface VideoFacts {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
}

/** A kind of thing, shared by any number of objects. */
export interface ClassRecord {
  readonly id: string;
  readonly name: string;
}

/** One thing in the video, with one mask per frame at most. */
export interface ObjectRecord {
  readonly id: string;
  /** The value its pixels take in a label map; 1, 2, 3 … never used twice in a document. */
  readonly number: number;
  readonly name: string;
  readonly classId: string | null;
  /** `#rrggbb`. */
  readonly color: string;
  readonly hidden: boolean;
}

interface PromptBase {
  readonly id: string;
  readonly objectId: string;
  readonly frame: number;
}

/** A click. Stored pixels, x to the right, y down; (0, 0) is the centre of the first pixel. */
export interface PointRecord extends PromptBase {
  readonly kind: 'point';
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
}

/** A box, edges inclusive. One per object and frame. */
export interface BoxRecord extends PromptBase {
  readonly kind: 'box';
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A mask given by hand, file or code. One per object and frame; the mask itself lies in the mask store. */
export interface MaskPromptRecord extends PromptBase {
  readonly kind: 'mask';
  readonly mask: MaskId;
}

/** What a user said about one object on one frame. */
export type PromptRecord = PointRecord | BoxRecord | MaskPromptRecord;

/** Names a mask in a {@link MaskStore}. A mask never changes under its id. */
export type MaskId = string;

/** Where a mask comes from. */
export type MaskSource =
  | {
      readonly kind: 'prompted';
      /** The propagated mask that was there before the first prompt: what a correction corrects, and what comes back. */
      readonly before?: TrackEntry;
    }
  | {
      readonly kind: 'propagated';
      readonly run: string;
      /** Frames to the nearest prompted frame that the run started from. */
      readonly distance: number;
      /** True where the frame was passed over and its mask lies between two that were computed. */
      readonly interpolated?: true;
    };

/** One frame of a track. */
export interface TrackEntry {
  readonly mask: MaskId;
  readonly source: MaskSource;
  /** Pixels set; 0 says the object is not in the picture. */
  readonly area: number;
}

/**
 * Where masks lie. The document holds ids only, so a long video's masks need not be in memory.
 * `get` rejects for an id that was never put.
 */
export interface MaskStore {
  put(mask: RunLength): Promise<MaskId>;
  get(id: MaskId): Promise<RunLength>;
}
