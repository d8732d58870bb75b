import type { Bitmap } from '../../mask';
import type { Frame } from '../video';

/** A click in stored pixels; (0, 0) is the centre of the first pixel. */
export interface PointPrompt {
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
}

/** A box in stored pixels, edges inclusive. */
export interface BoxPrompt {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Everything a user said about one object on one frame. At least one part is there. */
export interface FramePrompts {
  readonly points: readonly PointPrompt[];
  readonly box: BoxPrompt | null;
  /** A mask drawn, loaded or carried over from elsewhere; it is taken as it is unless points or a box refine it. */
  readonly mask: Bitmap | null;
}

/** A model's answer for one object on one frame. */
export interface Segmentation {
  readonly mask: Bitmap;
  /** The model's own score of its mask; never shown as quality (facts: it does not tell right from wrong). */
  readonly score: number;
  /** How the model came by it, for {@link TrackingModel.remember}. Opaque outside its family. */
  readonly trace?: object;
}

/** A mask to be remembered, and what is known of its making. */
export interface SeenMask {
  readonly mask: Bitmap;
  /** True for what the user vouched for: it stays, others make room for newer ones. */
  readonly prompted: boolean;
  /** True for a prompted frame that lies apart from the sweep: it bears witness, and is not what was just there. */
  readonly apart?: boolean;
  /** Of the answer that the mask was, where it is at hand. */
  readonly trace?: object | undefined;
  /** What the mask answered, so that the answer can be had again. */
  readonly prompts?: FramePrompts | undefined;
  /** The mask that was there before the first prompt, where there was one. */
  readonly base?: Bitmap | null | undefined;
}

/** What clicks made of a frame's mask. */
export interface CarriedChange {
  readonly base: Bitmap;
  readonly mask: Bitmap;
  readonly clicks: readonly PointPrompt[];
}

/** The sweep over a video that a memory belongs to. */
export interface PassFacts {
  /** Frames of the whole video. */
  readonly frameCount: number;
  /** True when the sweep goes back in time. */
  readonly reverse: boolean;
  /** Every stride-th frame is computed; 1 where nothing is said. */
  readonly stride?: number;
}

/** Encoder output of one frame. Opaque outside its family; `bytes` is what it costs to keep. */
export interface Embedding {
  readonly frameIndex: number;
  readonly bytes: number;
}

/** A part of a frame that is looked at closer. Opaque outside its family; closeups of one key show the same. */
export interface Closeup {
  readonly key: string;
}

/** A frame that can be looked at as a whole (null), or closer. */
export interface Lookable<E extends Embedding = Embedding, V extends Closeup = Closeup> {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  look(closeup: V | null): Promise<E>;
}

/** What a family remembers of one object along a run. Opaque outside its family. */
export interface ObjectMemory {
  readonly bytes: number;
}

/** One of several objects of a run that are looked for on a frame. */
export interface Sought<M extends ObjectMemory = ObjectMemory> {
  /** What is known of it; of one whose correction is carried as a change, with the correction and without it. */
  readonly memories: readonly M[];
  /** Its mask on this frame, where that is known already. */
  readonly coming: Bitmap | null;
  /** True where a correction of it is carried. */
  readonly corrected: boolean;
  /** True for one that is only followed along. */
  readonly rival: boolean;
}

/** Where objects are looked for on a frame, by their places in the list. What is in neither list is not looked for. */
export interface WhereToLook {
  /** Those of each are looked for together, in one closeup. */
  readonly followed: readonly (readonly number[])[];
  /** Those that are looked for in the whole picture, among what all others leave. */
  readonly searched: readonly number[];
}

/** What a model tells of itself. */
export interface ModelInfo {
  /** The name used on the command line and in sessions: `mobilesam`. */
  readonly name: string;
  /** The name people see: `MobileSAM`. */
  readonly title: string;
  readonly family: string;
  readonly licence: string;
  /** The first 16 hexadecimal digits of the SHA-256 of its weights; `none` for a model without. */
  readonly weights: string;
  /** The execution provider in use. */
  readonly provider: string;
  /** What the user should know: providers that were tried and refused, settings of unknown quality. */
  readonly notes: readonly string[];
}

/**
 * A model family: an image model with a memory that carries an object from frame to frame.
 * Embeddings belong to frames and are shared by all objects; memories belong to one object and one direction.
 */
export interface TrackingModel<
  E extends Embedding = Embedding,
  M extends ObjectMemory = ObjectMemory,
  V extends Closeup = Closeup,
> {
  readonly info: ModelInfo;
  /**
   * What can be done with a picture while another is computed, such as scaling it; its result is given to
   * {@link TrackingModel.encode}.
   */
  prepare?(frame: Frame): Promise<object>;
  /** The encoder's output for one frame; of a closeup, for the part that it shows. */
  encode(frame: Frame, prepared?: object, closeup?: V | null): Promise<E>;
  /**
   * What of the next frame is to be looked at to follow these objects and those whose masks are `coming` on it, for families that look
   * closer at small ones; null for all of it.
   */
  closeupFor?(memories: readonly M[], coming: readonly Bitmap[]): V | null;
  /** Where each of several objects is looked for on the next frame, for families that look closer at those that are in sight. */
  whereToLook?(objects: readonly Sought<M>[]): WhereToLook;
  /** Has memories see again, by `embed`, what they remember at another size than a closeup shows it. */
  lookAgain?(
    memories: readonly M[],
    closeup: V | null,
    embed: (frame: number, closeup: V | null) => Promise<E>,
  ): Promise<void>;
  /** An embedding as bytes, and back, bit for bit; for families whose embeddings cost more than reading a disk. */
  freeze?(embedding: E): Uint8Array[];
  thaw?(frameIndex: number, bytes: Uint8Array): E;
  /** True for a family that looks ahead: it wants every prompted frame in memory before the first is tracked. */
  readonly looksAhead: boolean;
  /**
   * True for a family that knows of a corrected mask only that it is one, not which part of it was corrected: a correction
   * that mends a mask is carried as a change of what is stored, by what the family answers with it and without it.
   */
  readonly carriesChanges?: boolean;
  /**
   * Of a corrected mask, what is carried to other frames: without those of its changes to the base that other frames speak
   * against. `vouched`: frames whose whole masks the user vouches for.
   */
  carriedPart?(
    embedding: E,
    changed: CarriedChange,
    vouched: readonly { readonly embedding: E; readonly mask: Bitmap }[],
  ): Bitmap;
  /** Frames just before a sweep that it looks back at, so that a block goes on as if there had been no cut. */
  readonly recall: number;
  /**
   * The mask that a user's prompts ask for: the box first, then the clicks one by one, each building on the answer
   * before. `base`: the mask that was there before the first of them, such as a propagated one that is corrected.
   * The same prompts on the same base have the same answer, whatever was asked in between. Families may look closer at small objects.
   */
  segment(frame: Lookable<E, V>, prompts: FramePrompts, base: Bitmap | null): Promise<Segmentation>;
  /**
   * Looks at a frame as the first prompt on this mask, or on none, will need it, so that its answer comes quickly. For families that look so
   * quickly themselves that it can be done for each frame that the user stays on.
   */
  lookBefore?(frame: Lookable<E, V>, mask: Bitmap | null): Promise<void>;
  /** An empty memory for one object and one pass. */
  createMemory(pass: PassFacts): M;
  /** Takes a mask into the memory, whose size the family bounds. */
  remember(memory: M, embedding: E, seen: SeenMask): Promise<void>;
  /** Forgets all but what the user vouches for, of an object that was taken for something else. For families whose objects compete. */
  startAnew?(memory: M): void;
  /** The object's mask on a frame near those remembered. Does not change the memory. */
  track(memory: M, embedding: E): Promise<Segmentation>;
  /**
   * The same for several objects of one run, for families whose objects compete for what is there. In their order. What others have `taken`
   * already is theirs.
   */
  trackTogether?(memories: readonly M[], embedding: E, taken?: readonly Bitmap[]): Promise<Segmentation[]>;
  dispose(): Promise<void>;
}
