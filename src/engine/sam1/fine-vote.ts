import type { Bitmap } from '../../mask';
import { BestMatches } from './best-matches';
import { atOnce, dotProduct, FourProducts } from './dot-products';
import { cellsAround } from './cell-matches';
import type { Ballot } from './label-vote';
import type { MobileEmbedding } from './mobile-embedding';
import { logit, sigmoid, tuning } from './tuning';

/**
 * How likely each quarter of a cell belongs to the object: float32[2 * rows, 2 * columns]. Where `asked` is set, a quarter
 * looks around its cell's matches for the quarters most like it, and their labels vote, each group of witnesses by itself;
 * the mean of the groups' log odds counts. Elsewhere `known` stands.
 */
export function fineVote(
  query: MobileEmbedding,
  ballots: readonly Ballot[],
  asked: Bitmap,
  known: Bitmap,
): Float32Array {
  const votes = Float32Array.from(known.data);
  const { columns, rows } = query.geometry;
  const sums = new Float64Array(votes.length);
  const counts = new Uint8Array(votes.length);
  for (const ballot of ballots) {
    const search = new QuarterSearch(query, ballot);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const quarters = quartersOf(x, y, columns).filter((at) => asked.data[at] === 1);
        if (quarters.length === 0) continue;
        search.ask(y * columns + x, quarters, (at, vote) => {
          sums[at]! += logit(vote);
          counts[at]!++;
        });
      }
    }
  }
  for (let i = 0; i < votes.length; i++) if (counts[i]! > 0) votes[i] = sigmoid(sums[i]! / counts[i]!);
  return votes;
}

function quartersOf(x: number, y: number, columns: number): number[] {
  const first = 4 * y * columns + 2 * x;
  return [first, first + 1, first + 2 * columns, first + 2 * columns + 1];
}

/** Looks for quarters like those of one cell around the cell's matches, in one group's frames. */
class QuarterSearch {
  readonly #query: MobileEmbedding;
  readonly #ballot: Ballot;
  readonly #best = [0, 1, 2, 3].map(() => new BestMatches(tuning.voters));
  /** Which cell was asked when a place of a witness was last looked at; so that none is looked at twice. */
  readonly #seen: Int32Array;
  readonly #products: FourProducts;
  /** Quarters that were compared: of two that are as much alike the one that was looked at first counts. */
  #nth = 0;

  constructor(query: MobileEmbedding, ballot: Ballot) {
    this.#query = query;
    this.#ballot = ballot;
    const cells = query.coarse.rows * query.coarse.columns * ballot.witnesses.length;
    this.#seen = new Int32Array(4 * cells).fill(-1);
    this.#products = new FourProducts(query.fine.channels);
  }

  ask(cell: number, quarters: readonly number[], tell: (quarter: number, vote: number) => void): void {
    const { matches } = this.#ballot;
    for (let i = 0; i < quarters.length; i++) this.#best[i]!.clear();
    if (quarters.length === atOnce) this.#products.take(this.#query.fine, quarters);
    for (let i = 0; i < tuning.voters; i++) {
      const match = matches[cell * tuning.voters + i]!;
      if (match < 0) break;
      this.#around(cell, quarters, match, cell * tuning.voters + i);
    }
    quarters.forEach((at, i) => {
      const vote = this.#best[i]!.vote(tuning.temperature);
      if (vote !== null) tell(at, vote);
    });
  }

  /** The quarters of a match and those that touch them. */
  #around(cell: number, quarters: readonly number[], match: number, nth: number): void {
    const { columns, rows } = this.#query.coarse;
    const which = Math.floor(match / (columns * rows));
    const found = match % (columns * rows);
    const [x, y] = [2 * (found % columns), 2 * Math.floor(found / columns)];
    const wide = 2 * columns;
    const first = which * 4 * columns * rows;
    const labels = this.#ballot.witnesses[which]!.mask.quarters;
    for (let v = Math.max(0, y - 1); v <= Math.min(2 * rows - 1, y + 2); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(wide - 1, x + 2); u++) {
        const place = v * wide + u;
        if (this.#seen[first + place] === cell) continue;
        this.#seen[first + place] = cell;
        const beside = ((v - y + 2) >> 1) * 3 + ((u - x + 2) >> 1);
        const product = this.#ballot.around[nth * cellsAround + beside]!;
        const coarse = this.#cellLikeness(cell, which, (v >> 1) * columns + (u >> 1), product);
        this.#compare(quarters, which, place, coarse, labels[place]!);
      }
    }
  }

  #compare(quarters: readonly number[], which: number, place: number, coarse: number, label: number): void {
    const { fine } = this.#query;
    const other = this.#ballot.witnesses[which]!.embedding.fine;
    const all = quarters.length === atOnce;
    if (all) this.#products.with(other, place);
    for (let i = 0; i < quarters.length; i++) {
      const product = all ? this.#products.found[i]! : dotProduct(fine, quarters[i]!, other, place);
      const likeness = tuning.fineShare * (product * fine.unit) + coarse;
      const best = this.#best[i]!;
      if (likeness > best.bar) best.insert(likeness, label, this.#nth++);
    }
  }

  /** The coarse maps' share in a likeness; their `product` is NaN where it was not computed yet. */
  #cellLikeness(cell: number, which: number, other: number, product: number): number {
    const { coarse } = this.#query;
    const { embedding } = this.#ballot.witnesses[which]!;
    const known = Number.isNaN(product) ? dotProduct(coarse, cell, embedding.coarse, other) : product;
    return (1 - tuning.fineShare) * (known * coarse.unit);
  }
}
