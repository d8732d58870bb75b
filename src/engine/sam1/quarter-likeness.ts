import { dotProduct } from './dot-products';
import type { MobileEmbedding } from './mobile-embedding';
import { tuning } from './tuning';

/** The likeness that counts is to so many at least: one may be chance. */
export const several = 3;

/** How alike quarters of cells of two pictures are, or of one: fine and coarse maps together, as where quarters vote. */
export class QuarterLikeness {
  readonly #one: MobileEmbedding;
  readonly #other: MobileEmbedding;
  /** Of pairs of cells: what the coarse maps count. */
  readonly #known = new Map<number, number>();

  constructor(one: MobileEmbedding, other: MobileEmbedding) {
    this.#one = one;
    this.#other = other;
  }

  /** The likeness of quarter `a` of the one with `b` of the other, as a cosine. */
  of(a: number, b: number): number {
    const [one, other] = [this.#one, this.#other];
    const [from, to] = [cellOf(a, one.fine.columns), cellOf(b, other.fine.columns)];
    const pair = from * other.coarse.columns * other.coarse.rows + to;
    let coarse = this.#known.get(pair);
    if (coarse === undefined) {
      coarse = (1 - tuning.fineShare) * (dotProduct(one.coarse, from, other.coarse, to) * one.coarse.unit);
      this.#known.set(pair, coarse);
    }
    return tuning.fineShare * (dotProduct(one.fine, a, other.fine, b) * one.fine.unit) + coarse;
  }
}

function cellOf(quarter: number, columns: number): number {
  const [x, y] = [quarter % columns, Math.floor(quarter / columns)];
  return ((y >> 1) * columns) / 2 + (x >> 1);
}
