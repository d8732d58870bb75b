import { bitmapArea, bitmapIou } from '../../mask';
import type { Bitmap } from '../../mask';

/** A mask that has less than this IoU with the one before it was said anew. */
const restated = 0.5;
/** At first a change may be so many times as large a share of the object as the correction changed. */
const mostGrown = 2;
/**
 * An object that is said anew was still there where stored mask and answer have this IoU, since each may be half wrong; where they had
 * something in common on the corrected frame already, where this much of what was missing there is gained.
 */
const stillThere = 0.25;
/** What is stored of an object that was lost shows where it was seen last where it has so much of the answer's area. */
const noSpeck = 0.1;

/**
 * True where a corrected mask mends the one that was there, as a click does that changes a part of it; false where it
 * says the object anew, as it does where there was nothing or something else.
 */
export function mends(before: Bitmap, corrected: Bitmap): boolean {
  return before.data.includes(1) && bitmapIou(before, corrected) >= restated;
}

/**
 * A stored mask with a correction of another frame carried over: `corrected` and `uncorrected` are the answers for this
 * frame with and without it, from the same frames in memory; where they differ the first counts, elsewhere what is
 * stored stands.
 */
export function carryChange(stored: Bitmap, corrected: Bitmap, uncorrected: Bitmap): Bitmap {
  const data = stored.data.map((one, i) =>
    corrected.data[i] === uncorrected.data[i] ? one : corrected.data[i]!,
  );
  return { ...stored, data };
}

/**
 * How far a correction is carried. On the way to a frame that the user vouches for an error can only become less, until
 * nothing is left of it there: a change that takes more of the object than is left of the way has found something that
 * looks alike. One that says the object anew goes on towards such a frame to where the stored masks are not as wrong any more as they were
 * on the corrected one; where it had been lost, to where it was seen last, since what was found there was not called wrong. There it ends, and
 * further on everything stays as it is stored.
 */
export class ChangeCourse {
  readonly #share: number;
  /** The IoU of stored mask and answer from which on the object was there before it was said anew. */
  readonly #found: number;
  readonly #from: number;
  readonly #to: number | null;
  /** True where there was nothing on the corrected frame. */
  readonly #lost: boolean;
  #ended = false;

  /**
   * `from`: the corrected frame; `to`: the next one ahead whose whole mask the user vouches for, null where there is
   * none.
   */
  constructor(known: Bitmap, corrected: Bitmap, from: number, to: number | null) {
    this.#share = changedShare(known, corrected);
    const before = bitmapIou(known, corrected);
    this.#found = before + stillThere * (1 - before);
    [this.#from, this.#to] = [from, to];
    this.#lost = !known.data.includes(1);
  }

  /** True once the change has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * A frame's mask, by what is stored and the answers with the correction and without; an object that is said anew has
   * none of these.
   */
  carry(frame: number, stored: Bitmap | null, corrected: Bitmap, uncorrected: Bitmap | null): Bitmap {
    const left = this.#left(frame);
    if (left <= 0) this.#ended = true;
    if (!stored) return corrected;
    if (this.#ended) return stored;
    const mask = uncorrected ? carryChange(stored, corrected, uncorrected) : corrected;
    // Where there is nothing, there is nothing to lose.
    if (this.#to === null || !stored.data.includes(1)) return mask;
    const found = uncorrected === null && this.#isFound(stored, corrected);
    this.#ended = found || changedShare(stored, mask) > mostGrown * this.#share * left;
    return this.#ended ? stored : mask;
  }

  #isFound(stored: Bitmap, answer: Bitmap): boolean {
    if (this.#lost) return bitmapArea(stored) >= noSpeck * bitmapArea(answer);
    return bitmapIou(stored, answer) >= this.#found;
  }

  /** How much of the way is left on a frame, of 1. */
  #left(frame: number): number {
    return this.#to === null ? 1 : (this.#to - frame) / (this.#to - this.#from);
  }
}

/** Pixels that differ, as a share of the larger mask. */
function changedShare(before: Bitmap, after: Bitmap): number {
  let changed = 0;
  for (let i = 0; i < before.data.length; i++) if (before.data[i] !== after.data[i]) changed++;
  return changed / Math.max(1, bitmapArea(before), bitmapArea(after));
}
