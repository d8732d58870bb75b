/**
 * What the rules compare with. Every one is without unit, a share or a ratio to what is usual for the same object in the
 * same stretch, so that the picture's size, the object's and the rate of frames do not matter.
 */
export interface Thresholds {
  /** An object that was of this share of its usual size, or more, does not leave from one frame to the next. */
  readonly wholeShare: number;
  /** A jump of the area (as logarithm) by so many times its usual change. */
  readonly areaJump: number;
  /** A jump of the centroid off its course, by so many times its usual one. */
  readonly placeJump: number;
  /** A change of the area over {@link creepFrames} frames, by so many times its usual one over as many. */
  readonly creep: number;
  /** By how much more a mask is like another object's before than like its own (both IoU). */
  readonly takenMargin: number;
  /** Two objects with more of the smaller in common than this claim the same thing. */
  readonly sharedPixels: number;
  /** Below this IoU on the frame that they share, two blocks do not agree. */
  readonly seamIou: number;
  /** Below this IoU, forward and backward do not agree. */
  readonly checkIou: number;
}

/**
 * Chosen on the sequences of ../shared/data by `npm run review:figures`, which also says what others would have been
 * chosen without each sequence in turn (docs/review.md).
 */
export const thresholds: Thresholds = {
  wholeShare: 0.5,
  areaJump: 5,
  placeJump: 9,
  creep: 5.5,
  takenMargin: 0.1,
  sharedPixels: 0.5,
  seamIou: 0.8,
  checkIou: 0.6,
};

/** Frames over which an area is seen to creep: half a second of most videos. */
export const creepFrames = 12;

/** An object that comes back to its place within so many frames was never away, even at the picture's border. */
export const backWithin = 12;

/** Frames that were left out between computed ones; more are work not done yet, which the timeline shows. */
export const longestHole = 10;
