import { bitmapArea, keepLargeComponents } from '../../mask';
import type { Segmentation } from '../tracking';
import type { Claim, Drawn } from './track-object';
import { tuning } from './tuning';

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

/** Pixels that several objects took go to the likeliest, to the first of equals. */
export function settlePixels(drawn: readonly Drawn[]): Segmentation[] {
  return drawn.map(({ segmentation, odds }, k) => {
    const data = segmentation.mask.data.slice();
    let lost = 0;
    drawn.forEach((other, j) => {
      if (j === k) return;
      const theirs = other.segmentation.mask.data;
      for (let i = 0; i < data.length; i++) {
        if (data[i] === 0 || theirs[i] === 0) continue;
        const ahead = other.odds[i]! - odds[i]!;
        if (ahead < 0 || (ahead === 0 && j > k)) continue;
        data[i] = 0;
        lost++;
      }
    });
    if (lost === 0) return segmentation;
    const mask = { ...segmentation.mask, data };
    const left = bitmapArea(mask) > 0 ? keepLargeComponents(mask, tuning.leastPart) : mask;
    return { ...segmentation, mask: left };
  });
}
