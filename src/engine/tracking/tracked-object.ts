import type { Bitmap } from '../../mask';
import type { FramePrompts } from './model-port';

/** A mask that a run starts from. */
export interface Seed {
  readonly frame: number;
  readonly mask: Bitmap;
  /** True for what the user vouched for: it stays in memory and is never computed again. */
  readonly prompted: boolean;
  /**
   * What the mask answers, and the mask that was there before: before the prompts, or before the correction that is
   * carried.
   */
  readonly prompts?: FramePrompts | undefined;
  readonly base?: Bitmap | null | undefined;
  /** Of a corrected frame that is carried: the mask that those beside it were computed from. */
  readonly known?: Bitmap | undefined;
}

/** A correction that is carried on from its frame. */
export interface Correction {
  readonly frame: number;
  /** What is stored of another frame; null for nothing. */
  stored(frame: number): Bitmap | null;
}

/** One object of a run. */
export interface TrackedObject {
  readonly id: string;
  readonly seeds: readonly Seed[];
  /** The frame that it is computed from on; its first seed in the run's direction where nothing is said. */
  readonly start?: number;
  /** Frames on which it is known to be absent, ends inclusive: it is not looked for there. */
  readonly absent?: readonly (readonly [first: number, last: number])[];
  /** What is corrected, for families that carry corrections as changes. */
  readonly correction?: Correction;
  /** True for one that is only followed along, for families whose objects compete; its masks are not passed on. */
  readonly rival?: boolean;
}
