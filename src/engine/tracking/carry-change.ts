import { bitmapIou } from '../../mask';
import type { Bitmap } from '../../mask';

/** A mask that differs from the one before it by more than this IoU leaves was said anew: no change is carried from it. */
const restated = 0.5;

/**
 * True where a corrected mask mends the one that was there, as a click does that changes a part of it; false where it says
 * the object anew, as it does where there was nothing or something else.
 */
export function mends(before: Bitmap, corrected: Bitmap): boolean {
  return before.data.includes(1) && bitmapIou(before, corrected) >= restated;
}

/**
 * A stored mask with a correction of another frame carried over: `corrected` and `uncorrected` are the answers for this
 * frame with and without it, from the same frames in memory; where they differ the first counts, elsewhere what is stored
 * stands.
 */
export function carryChange(stored: Bitmap, corrected: Bitmap, uncorrected: Bitmap): Bitmap {
  const data = stored.data.map((one, i) =>
    corrected.data[i] === uncorrected.data[i] ? one : corrected.data[i]!,
  );
  return { ...stored, data };
}
