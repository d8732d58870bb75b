/** What DAVIS says of a measure over a sequence's frames. */
export interface Statistics {
  readonly mean: number;
  /** The share of frames over 0.5. */
  readonly recall: number;
  /** How much is lost: the mean of the first quarter minus that of the last. */
  readonly decay: number;
}

/** Mean, recall and decay of one value a frame, as the DAVIS evaluation has them; NaN of no values. */
export function statisticsOf(values: readonly number[]): Statistics {
  const bins = quarterBounds(values.length);
  const bin = (i: number): number => meanOf(values.slice(bins[i], bins[i + 1]! + 1));
  return {
    mean: meanOf(values),
    recall: meanOf(values.map((one) => (one > 0.5 ? 1 : 0))),
    decay: bin(0) - bin(3),
  };
}

/** Five frames that bound four parts, which share their ends: `round(linspace(1, n, 5)) - 1`. */
function quarterBounds(length: number): number[] {
  return Array.from({ length: 5 }, (_, i) => Math.round(1 + ((length - 1) * i) / 4 + 1e-10) - 1);
}

/** The mean; NaN of no values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
