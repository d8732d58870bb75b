import { voidLabel } from '../mask';
import type { Bitmap } from '../mask';

/** How two masks of one size overlap. */
export interface Overlap {
  /** Intersection over union, DAVIS's J; 1 when both are empty. */
  readonly iou: number;
  /** Twice the intersection over the sum of both; 1 when both are empty. */
  readonly dice: number;
}

/** IoU and Dice of a mask and the truth. Throws a TypeError for masks of different sizes. */
export function overlapOf(mask: Bitmap, truth: Bitmap): Overlap {
  checkSizes(mask, truth);
  let [both, one, other] = [0, 0, 0];
  for (let i = 0; i < mask.data.length; i++) {
    const [a, b] = [mask.data[i]!, truth.data[i]!];
    one += a;
    other += b;
    both += a & b;
  }
  const sum = one + other;
  return sum === 0 ? { iou: 1, dice: 1 } : { iou: both / (sum - both), dice: (2 * both) / sum };
}

/**
 * The share of pixels that have the same object, background included: the paper's pixel accuracy. `labels` and `truth`
 * are label maps of one size; what is void in the truth is not counted, and a map of nothing else gives 1. Throws a TypeError for maps of different lengths.
 */
export function pixelAccuracy(labels: ArrayLike<number>, truth: ArrayLike<number>): number {
  if (labels.length !== truth.length) throw new TypeError('two label maps of one size are needed');
  let [same, known] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (truth[i] === voidLabel) continue;
    known++;
    if (labels[i] === truth[i]) same++;
  }
  return known === 0 ? 1 : same / known;
}

/** Throws a TypeError for masks of different sizes. */
export function checkSizes(a: Bitmap, b: Bitmap): void {
  if (a.width !== b.width || a.height !== b.height)
    throw new TypeError(
      `two masks of one size are needed, not ${a.width} × ${a.height} and ${b.width} × ${b.height}`,
    );
}
