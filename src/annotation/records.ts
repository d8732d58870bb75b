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
      /** The prompts it answers, as {@link promptsMark} writes them: a mask of other prompts is out of date. */
      readonly of: string;
      /** The model that answered, as `name@weights`; none where the mask was drawn. */
      readonly model?: string;
      /**
       * The propagated mask that was there before the first prompt: what a correction corrects, and what comes back.
       */
      readonly before?: TrackEntry;
      /** What the prompts build on where it is another mask: the one that was there, without what others had of it. */
      readonly base?: MaskId;
    }
  | {
      readonly kind: 'propagated';
      /** The id of its {@link RunRecord}. */
      readonly run: string;
      /** Frames to the nearest prompted frame that the run started from. */
      readonly distance: number;
      /** True where the frame was passed over and its mask lies between two that were computed. */
      readonly interpolated?: true;
    }
  | {
      readonly kind: 'merged';
      /** The names of the objects whose masks were joined. */ readonly objects: readonly string[];
    }
  | {
      readonly kind: 'imported';
      /** The name of the format it was read from. */
      readonly format: string;
    };

/** One frame of a track. */
export interface TrackEntry {
  readonly mask: MaskId;
  readonly source: MaskSource;
  /** Pixels set; 0 says the object is not in the picture. */
  readonly area: number;
  /** The model's own score of its mask, for the overlap rule alone: it does not tell right from wrong. */
  readonly score?: number;
  /** IoU with the mask that a check from the other side came to. Another mask is not checked yet. */
  readonly checked?: number;
}

/** What a feature's values are. */
export type FeatureType = 'text' | 'number' | 'boolean' | 'choice';

/** Something that is noted of objects over time: “behaviour”, one of “rest” and “walk”. */
export interface FeatureRecord {
  readonly id: string;
  readonly name: string;
  readonly type: FeatureType;
  /** The values of a `choice`; empty for the other types. */
  readonly options: readonly string[];
}

export type FeatureValue = string | number | boolean;

/** From this frame on the object has this value, until its next change; null: none. */
export interface FeatureChange {
  readonly objectId: string;
  readonly featureId: string;
  readonly frame: number;
  readonly value: FeatureValue | null;
}

/** A range of frames of one object, ends inclusive. */
export interface RangeRecord {
  readonly id: string;
  readonly objectId: string;
  readonly first: number;
  readonly last: number;
}

/** Where a block's first frame was computed again from the block before: how well the two agree. */
export interface SeamRecord {
  readonly objectId: string;
  readonly frame: number;
  /** 0 to 1, of the shared frame's two masks. */
  readonly iou: number;
  readonly run: string;
}

/**
 * Kinds of alarms, each with its own rule, and precision and recall of its own. In the order in which they are listed.
 */
export const alarmKinds = ['absence', 'drift', 'swap', 'seam', 'disagreement'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** What tells one alarm from another. */
export interface AlarmPlace {
  readonly kind: AlarmKind;
  readonly objectId: string;
  readonly frame: number;
}

/** An alarm that the user has seen and found to be none. */
export interface AcceptedAlarm extends AlarmPlace {
  /** Tells the masks that it was about: an alarm about others is a new one. */
  readonly of: string;
}

/** Which model computed, well enough to have the same numbers again. */
export interface ModelStamp {
  readonly name: string;
  /** The first 16 hexadecimal digits of the weights' SHA-256. */
  readonly weights: string;
  readonly provider: string;
  readonly settings?: Readonly<Record<string, number>>;
}

/** A propagation: what was asked, and what came of it. */
export interface RunRecord {
  readonly id: string;
  readonly model: ModelStamp;
  readonly direction: 'forward' | 'backward' | 'both';
  readonly objectIds: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly stride: number;
  readonly blockSize: number;
  readonly seeding: Seeding;
  /** A correction: outward from this frame, as far as the result differs. */
  readonly from?: number;
  /** Only frames that had no mask when it began. */
  readonly missing?: true;
  /**
   * Once it has gone all its way: masks of corrected frames that it took along, to tell what a later click there
   * changes.
   */
  readonly carried?: readonly CarriedMask[];
}

/** A mask that an object had on a corrected frame when a run took it along. */
export interface CarriedMask {
  readonly frame: number;
  /**
   * The mask that was corrected, as the entry's source has it in `before`: it tells whose frame this was, also after a
   * swap.
   */
  readonly before: MaskId;
  readonly mask: MaskId;
  /** To which side of the frame: 1 on, -1 back in time. */
  readonly way: 1 | -1;
}

/** What a block starts from: masks and memory of the block before, or points on the skeleton of its last mask. */
export type Seeding = 'memory' | 'skeleton';

/** Who has a pixel that two objects claim: both, the one higher in the list, or the one with the better score. */
export type OverlapRule = 'allow' | 'order' | 'score';

/** What the user settled for this work. */
export interface DocumentSettings {
  readonly overlap: OverlapRule;
  /** Frames in a block; null: as many as the budget holds. */
  readonly blockSize: number | null;
  /** MiB that a block's embeddings may take. */
  readonly blockMiB: number;
  readonly seeding: Seeding;
}

export const defaultSettings: DocumentSettings = {
  overlap: 'allow',
  blockSize: null,
  blockMiB: 512,
  seeding: 'memory',
};

/**
 * Where masks lie. The document holds ids only, so a long video's masks need not be in memory.
 * `get` rejects for an id that was never put.
 */
export interface MaskStore {
  put(mask: RunLength): Promise<MaskId>;
  get(id: MaskId): Promise<RunLength>;
}
