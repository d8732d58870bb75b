import type { Bitmap } from '../../mask';
import { cellsAround } from './cell-matches';
import { dotProduct } from './dot-products';
import { voteOnFourths } from './fourths-search';
import type { FourthsVote, ScoredMatches } from './fourths-search';
import type { Ballot } from './label-vote';
import type { MobileEmbedding } from './mobile-embedding';
import { tuning } from './tuning';

/**
 * How likely each quarter of a cell belongs to the object: float32[2 * rows, 2 * columns]. Where `asked` is set, a quarter
 * looks around its cell's matches for the quarters most like it. Elsewhere `known` stands.
 */
export function voteOnQuarters(
  query: MobileEmbedding,
  ballots: readonly Ballot[],
  asked: Bitmap,
  known: Float32Array,
): FourthsVote {
  const groups = ballots.map((ballot) => ({
    maps: {
      query: query.fine,
      witnesses: ballot.witnesses.map(({ embedding, mask }) => ({
        features: embedding.fine,
        labels: mask.quarters,
      })),
    },
    parents: { most: tuning.voters, places: ballot.matches },
    share: tuning.fineShare,
    coarser: (nth: number, beside: number): number =>
      (1 - tuning.fineShare) * cellLikeness(query, ballot, nth, beside),
  }));
  return voteOnFourths(groups, asked, known);
}

/** How much a cell looks like the one `beside` its `nth` match. Where the vote on cells did not see that, it is computed. */
function cellLikeness(
  { coarse }: MobileEmbedding,
  { matches, around, witnesses }: Ballot,
  nth: number,
  beside: number,
): number {
  const { columns, rows, unit } = coarse;
  const known = around[nth * cellsAround + beside]!;
  if (!Number.isNaN(known)) return known * unit;
  const match = matches[nth]!;
  const other = (match % (columns * rows)) + (Math.floor(beside / 3) - 1) * columns + (beside % 3) - 1;
  const { embedding } = witnesses[Math.floor(match / (columns * rows))]!;
  return dotProduct(coarse, Math.floor(nth / tuning.voters), embedding.coarse, other) * unit;
}

/**
 * The same for sixteenths of cells, float32[4 * rows, 4 * columns]; they look around what was `found` to be like the quarter that they
 * are a fourth of. An outline is told to a fourth of a cell so, and what is thinner than a quarter is not lost.
 */
export function voteOnSixteenths(
  query: MobileEmbedding,
  ballots: readonly Ballot[],
  found: readonly ScoredMatches[],
  asked: Bitmap,
  known: Float32Array,
): Float32Array {
  const groups = ballots.map(({ witnesses }, group) => {
    const parents = found[group]!;
    return {
      maps: {
        query: query.finest,
        witnesses: witnesses.map(({ embedding, mask }) => ({
          features: embedding.finest,
          labels: mask.sixteenths,
        })),
      },
      parents,
      share: tuning.fineShare,
      coarser: (nth: number): number => (1 - tuning.fineShare) * parents.likeness[nth]!,
    };
  });
  return voteOnFourths(groups, asked, known).votes;
}
