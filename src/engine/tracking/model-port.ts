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
}

/** Encoder output of one frame. Opaque outside its family; `bytes` is what it costs to keep. */
export interface Embedding {
  readonly frameIndex: number;
  readonly bytes: number;
}

/** What a family remembers of one object along a run. Opaque outside its family. */
export interface ObjectMemory {
  readonly bytes: number;
}

/** What a model tells of itself. */
export interface ModelInfo {
  /** The name used on the command line and in sessions: `mobilesam`. */
  readonly name: string;
  /** The name people see: `MobileSAM`. */
  readonly title: string;
  readonly family: string;
  readonly licence: string;
  /** The execution provider in use. */
  readonly provider: string;
}

/**
 * A model family: an image model with a memory that carries an object from frame to frame.
 * Embeddings belong to frames and are shared by all objects; memories belong to one object and one direction.
 */
export interface TrackingModel<E extends Embedding = Embedding, M extends ObjectMemory = ObjectMemory> {
  readonly info: ModelInfo;
  /** The encoder's output for one frame. */
  encode(frame: Frame): Promise<E>;
  /** The mask that a user's prompts ask for. `previous` is the object's mask on this frame before, if any. */
  segment(embedding: E, prompts: FramePrompts, previous: Bitmap | null): Promise<Segmentation>;
  /** An empty memory for one object. */
  createMemory(): M;
  /**
   * Takes a mask into the memory. `prompted` marks a frame the user vouched for: such frames stay, others make
   * room for newer ones. Memory size is bounded by the family.
   */
  remember(memory: M, embedding: E, mask: Bitmap, prompted: boolean): Promise<void>;
  /** The object's mask on a frame near those remembered. Does not change the memory. */
  track(memory: M, embedding: E): Promise<Segmentation>;
  dispose(): Promise<void>;
}
