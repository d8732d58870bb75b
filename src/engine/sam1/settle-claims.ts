import { keepLargeComponents } from '../../mask';
import type { Segmentation } from '../tracking';
import type { Claim, Drawn } from './track-object';
import { sigmoid, tuning } from './tuning';

/** The least that rivals leave an object of a cell. */
const leastShare = 0.001;

/**
 * What several objects claim of a cell beyond the whole of it goes to each by its share of all their odds. A cell on the
 * border of two belongs to both in part, and stays as it is; and so does a claim where nobody else has one. Two of a kind
 * look alike to the vote: so an object's odds fall with each cell that the place lies outside of where the object should be
 * by its last mask and its motion.
 */
export function settleClaims(claims: readonly Claim[]): Claim[] {
  const odds = claims.map(({ grid, off }) =>
    grid.map((p, i) => (held(p) / (1 - held(p))) * Math.exp(-tuning.rivalPrice * off[i]!)),
  );
  const sumOf = (maps: readonly Float32Array[]): Float32Array =>
    maps[0]!.map((_, i) => maps.reduce((sum, one) => sum + one[i]!, 0));
  const claimed = sumOf(claims.map((one) => one.grid));
  const allOdds = sumOf(odds);
  return claims.map((claim, k) => {
    const grid = claim.grid.map((p, i) => {
      const beyond = Math.min(1, Math.max(0, claimed[i]! - 1));
      return Math.min(p, (1 - beyond) * p + (beyond * odds[k]![i]!) / allOdds[i]!);
    });
    const share = grid.map((p, i) => (p < claim.grid[i]! ? Math.max(leastShare, p / claim.grid[i]!) : 1));
    return { ...claim, grid, share };
  });
}

function held(p: number): number {
  return Math.min(0.999, Math.max(0.001, p));
}

/**
 * Each pixel goes to one of several objects, or to none. Of those that took it the likeliest has it, the first of equals. What none took,
 * often since none had more than half of it, as between two that touch, goes to the likeliest too, where that has more of it
 * than all of them together leave the background. One object by itself is not concerned.
 */
export function settlePixels(drawn: readonly Drawn[]): Segmentation[] {
  if (drawn.length < 2) return drawn.map(({ segmentation }) => segmentation);
  const taken = drawn.map(({ segmentation }) => segmentation.mask.data.slice());
  const odds = drawn.map((one) => one.odds);
  const changed = settleEach(taken, odds);
  return drawn.map(({ segmentation }, k) => {
    if (!changed[k]) return segmentation;
    const mask = { ...segmentation.mask, data: taken[k]! };
    return { ...segmentation, mask: keepLargeComponents(mask, tuning.leastPart) };
  });
}

/** Leaves each pixel to one object at most; says which of them gained or lost any. */
function settleEach(taken: readonly Uint8Array[], odds: readonly Float32Array[]): boolean[] {
  const changed = taken.map(() => false);
  const give = (k: number, i: number, value: 0 | 1): void => {
    taken[k]![i] = value;
    changed[k] = true;
  };
  // Were all as likely as this, each would have as much as they leave the background: below it none has more.
  const tooLittle = -Math.log(taken.length);
  const { takers, most } = summedUp(taken, odds);
  for (let i = 0; i < takers.length; i++) {
    // As nearly everywhere.
    if (takers[i] === 1 || (takers[i] === 0 && most[i]! <= tooLittle)) continue;
    if (takers[i]! > 1) {
      const owner = ownerOf(i, taken, odds);
      for (let k = 0; k < taken.length; k++) if (k !== owner && taken[k]![i] === 1) give(k, i, 0);
    } else if (sigmoid(most[i]!) > leftAt(i, odds)) {
      const likeliest = odds.findIndex((own) => own[i] === most[i]);
      give(likeliest, i, 1);
    }
  }
  return changed;
}

/** How many objects took each pixel, and the likeliest's odds; object by object, since lines of memory follow each other so. */
function summedUp(
  taken: readonly Uint8Array[],
  odds: readonly Float32Array[],
): { readonly takers: Uint16Array; readonly most: Float32Array } {
  const takers = Uint16Array.from(taken[0]!);
  const most = odds[0]!.slice();
  for (let k = 1; k < taken.length; k++) {
    const [own, likely] = [taken[k]!, odds[k]!];
    for (let i = 0; i < takers.length; i++) takers[i]! += own[i]!;
    for (let i = 0; i < most.length; i++) if (likely[i]! > most[i]!) most[i] = likely[i]!;
  }
  return { takers, most };
}

/** The likeliest of those that took a pixel, the first of equals. */
function ownerOf(i: number, taken: readonly Uint8Array[], odds: readonly Float32Array[]): number {
  let owner = -1;
  for (let k = 0; k < taken.length; k++)
    if (taken[k]![i] === 1 && (owner < 0 || odds[k]![i]! > odds[owner]![i]!)) owner = k;
  return owner;
}

/** What all objects together leave the background of a pixel. */
function leftAt(i: number, odds: readonly Float32Array[]): number {
  return odds.reduce((left, own) => left - sigmoid(own[i]!), 1);
}
