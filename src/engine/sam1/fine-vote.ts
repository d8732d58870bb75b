import type { Bitmap } from '../../mask';
import { BestMatches } from './best-matches';
import { dotProduct } from './dot-products';
import { FourDots } from './four-dots';
import { cellsAround } from './cell-matches';
import type { Ballot } from './label-vote';
import type { MobileEmbedding } from './mobile-embedding';
import { logit, sigmoid, tuning } from './tuning';

/** Quarters of a match and those that touch them. */
const quartersAround = 16;

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
        const first = 4 * y * columns + 2 * x;
        const quarters = [first, first + 1, first + 2 * columns, first + 2 * columns + 1];
        if (!quarters.some((at) => asked.data[at] === 1)) continue;
        search.ask(y * columns + x, first);
        quarters.forEach((at, i) => {
          const vote = asked.data[at] === 1 ? search.vote(i) : null;
          if (vote === null) return;
          sums[at]! += logit(vote);
          counts[at]!++;
        });
      }
    }
  }
  for (let i = 0; i < votes.length; i++) if (counts[i]! > 0) votes[i] = sigmoid(sums[i]! / counts[i]!);
  return votes;
}

/** Nothing interrupts a vote: one serves them all. */
let fourDots: FourDots | null = null;

/** Looks for quarters like those of one cell around the cell's matches, in one group's frames. */
class QuarterSearch {
  readonly #query: MobileEmbedding;
  readonly #ballot: Ballot;
  readonly #best = [0, 1, 2, 3].map(() => new BestMatches(tuning.voters));
  /** Which cell was asked when a place of a witness was last looked at; so that none is looked at twice. */
  readonly #seen: Int32Array;
  readonly #dots: FourDots;
  /** Of the places that are compared: what the coarse maps count in a likeness, and the label. */
  readonly #coarse = new Float64Array(tuning.voters * quartersAround);
  readonly #labels = new Float64Array(tuning.voters * quartersAround);
  #count = 0;

  constructor(query: MobileEmbedding, ballot: Ballot) {
    this.#query = query;
    this.#ballot = ballot;
    const cells = query.coarse.rows * query.coarse.columns * ballot.witnesses.length;
    this.#seen = new Int32Array(4 * cells).fill(-1);
    const { channels } = query.fine;
    this.#dots = fourDots?.channels === channels ? fourDots : (fourDots = new FourDots(channels));
    this.#dots.take(
      query.fine,
      ballot.witnesses.map((one) => one.embedding.fine),
    );
  }

  /** Compares the quarters of a cell, of which the `first` is given, with those of its matches and those that touch them. */
  ask(cell: number, first: number): void {
    const { matches } = this.#ballot;
    this.#count = 0;
    for (let i = 0; i < tuning.voters; i++) {
      const match = matches[cell * tuning.voters + i]!;
      if (match < 0) break;
      this.#around(cell, match, cell * tuning.voters + i);
    }
    const products = this.#dots.compare(first);
    for (let quarter = 0; quarter < this.#best.length; quarter++) this.#choose(quarter, products);
  }

  /** The places most like one of the four quarters. */
  #choose(quarter: number, products: Int32Array): void {
    const best = this.#best[quarter]!;
    const [coarse, labels, count] = [this.#coarse, this.#labels, this.#count];
    const { unit } = this.#query.fine;
    best.clear();
    let { bar } = best;
    for (let i = 0; i < count; i++) {
      const likeness = tuning.fineShare * (products[4 * i + quarter]! * unit) + coarse[i]!;
      // Of two that are as much alike the one that was looked at first counts.
      if (likeness <= bar) continue;
      best.insert(likeness, labels[i]!, i);
      bar = best.bar;
    }
  }

  /** What was found says of one of the four quarters. */
  vote(quarter: number): number | null {
    return this.#best[quarter]!.vote(tuning.temperature);
  }

  #around(cell: number, match: number, nth: number): void {
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
        this.#dots.add(which, place);
        this.#coarse[this.#count] = this.#cellLikeness(cell, which, (v >> 1) * columns + (u >> 1), product);
        this.#labels[this.#count++] = labels[place]!;
      }
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
