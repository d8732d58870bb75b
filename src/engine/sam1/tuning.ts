/**
 * All that the tracker was tuned to: the same for every video, object and length. How each was chosen is in
 * docs/tracker.md, what was tried beside it in docs/tracker-trials.md. Cells are those of the encoder's 64 × 64 grid, 16 of the model's pixels wide.
 */
export const tuning = {
  /** The last frames that vote together. */
  recentFrames: 4,
  /** Of all frames every so many is kept for longer, and so many of those vote together. */
  spacedEvery: 3,
  spacedFrames: 6,
  /** The nearest prompted frames that vote together. */
  promptedFrames: 2,
  /** Cells around an object's expected place that are searched, in the last frames; see {@link searchRadius}. */
  radius: 10,
  /** Cells around the object's expected place that are asked at all. */
  reach: 6,
  /** Most alike cells that vote, and that show a cell's quarters where to look; how sharply likeness counts. */
  voters: 8,
  temperature: 0.04,
  /** What a match loses in likeness when it lies as far off the expected place as the object's box is long across. */
  distancePrice: 0.2,
  /** What the fine map counts beside the coarse ones in a quarter's likeness. */
  fineShare: 0.67,
  /** Quarters to each side of the outline that are voted on anew. */
  band: 2,
  /** Logits of the carried mask for the decoder, times this. */
  priorStrength: 1.5,
  /** What the decoder's logits, held to ±8, count beside the vote's log odds. */
  decoderWeight: 0.05,
  /** Colours that vary by less than the root of this, of 0 to 1, show no edge that an outline would follow. */
  evenness: 0.0002,
  /** The decoder is believed while its mask overlaps the carried one by this much. */
  believed: 0.4,
  /** Parts of a mask smaller than this share of the largest are noise. */
  leastPart: 0.1,
  /**
   * Parts less like their matches than this share of what is usual for the object are none of it, and so are cells of a part, for which it is
   * the square of this where no other object is followed; while the object is out of sight its root is the bar.
   */
  familiar: 0.85,
  /**
   * Frames out of sight after which an object is looked for in the whole picture, how often it is while others are in sight, and frames that it is
   * seen on before that is believed.
   */
  lostAfter: 3,
  /** A likelihood that is no claim: below it everywhere the object is not in the picture; no more is left of a stranger's. */
  doubtful: 0.3,
  /** What each cell outside of where an object should be takes off its log odds against rivals. */
  rivalPrice: 1,
} as const;

/** Cells that are searched in each group of frames: the longer ago they may be, the wider. */
export const searchRadius: Readonly<Record<'recent' | 'spaced' | 'prompted', number>> = {
  recent: tuning.radius,
  spaced: Math.round(tuning.radius * Math.SQRT2),
  prompted: 2 * tuning.radius,
};

/**
 * A group of witnesses is heard of a place that looks so much like what it knows, as a share of how much it looks like what another group
 * knows. Single places may be less familiar than parts by as much again.
 */
export const lessFamiliar: number = tuning.familiar ** 2;

/** What a group's frames may be told apart by. */
export const mostLogit = 6.9;

/** The decoder's logits are held to this. */
export const mostSure = 8;

/** A number held to ±`most`. */
export function held(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

/** The least and the most of a {@link logit}: most places are wholly unlikely, and take no logarithm. */
const [leastLogit, greatestLogit] = [Math.log(0.001 / (1 - 0.001)), Math.log(0.999 / (1 - 0.999))];

/** The logarithm of the odds, held to ±6.9. */
export function logit(p: number): number {
  if (p <= 0.001) return leastLogit;
  return p >= 0.999 ? greatestLogit : Math.log(p / (1 - p));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
