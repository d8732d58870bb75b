import type { Bitmap } from '../../mask';
import type { FloatMap } from '../resampling';
import type { PointPrompt } from '../tracking';
import { toGridMask } from './grid-mask';
import type { MobileEmbedding } from './mobile-embedding';
import { cellSize, quarterAt, toPicture } from './picture-geometry';
import { QuarterLikeness, several } from './quarter-likeness';

/** Quarters of cells around a click, to each side, that are compared with it. */
const reach = 16;
/** What lies at least so many quarters from a click is what the place under it is told from. */
const apart = 6;
/** Quarters closer than this look alike because they see the same of the picture. */
const besides = 3;
/** So much more alike at least, as a cosine. */
const margin = 0.03;

/**
 * The mask changed where it looks like the place under a click rather than like the rest of its side: of what it has
 * (negative click) or has not (positive), the quarters of cells around the click that are more like the click's own than
 * like those of the same side further off, each beside one that is. What goes on over more than {@link apart} is not told
 * from the rest. Null where there is no rest.
 */
export function likeTheClick(embedding: MobileEmbedding, mask: Bitmap, click: PointPrompt): Bitmap | null {
  const { geometry } = embedding;
  const { width, height } = mask;
  const [x, y] = quarterAt(click, geometry);
  const ahead = new Side(embedding, mask, click.positive, x, y).spread();
  if (!ahead) return null;
  const likely = toPicture(ahead, geometry, cellSize / 2, 0);
  const [from, to] = click.positive ? [0, 1] : [1, 0];
  return { width, height, data: mask.data.map((one, i) => (one === from && likely[i]! > margin ? to : one)) };
}

/** The quarters around a click that are in the mask, or those that are not. */
class Side {
  readonly #embedding: MobileEmbedding;
  readonly #clicked: number;
  /** Quarters of the side within reach. */
  readonly #near: ReadonlySet<number>;
  readonly #apart: readonly number[];
  readonly #likeness: QuarterLikeness;

  constructor(embedding: MobileEmbedding, mask: Bitmap, positive: boolean, x: number, y: number) {
    this.#embedding = embedding;
    this.#likeness = new QuarterLikeness(embedding, embedding);
    const { columns, rows } = embedding.fine;
    const [left, top] = [Math.min(columns - 1, x), Math.min(rows - 1, y)];
    const { quarters } = toGridMask(mask, embedding.geometry);
    const near = new Set<number>();
    const far: number[] = [];
    for (let v = Math.max(0, top - reach); v <= Math.min(rows - 1, top + reach); v++) {
      for (let u = Math.max(0, left - reach); u <= Math.min(columns - 1, left + reach); u++) {
        const at = v * columns + u;
        if ((positive ? 1 - quarters[at]! : quarters[at]!) <= 0.5) continue;
        near.add(at);
        if (Math.max(Math.abs(u - left), Math.abs(v - top)) >= apart) far.push(at);
      }
    }
    this.#clicked = top * columns + left;
    this.#near = near;
    this.#apart = far;
  }

  /**
   * How much more each quarter is like the click's than like the rest, as far as it spreads from there; 0 beyond. Null where
   * the click's own is not of this side, or there is no rest.
   */
  spread(): FloatMap | null {
    const { columns, rows } = this.#embedding.fine;
    if (!this.#near.has(this.#clicked) || this.#apart.length < several) return null;
    const ahead = { width: columns, height: rows, data: new Float32Array(columns * rows) };
    const seen = new Set([this.#clicked]);
    for (const at of seen) {
      const more = this.#likeness.of(at, this.#clicked) - this.#toTheRest(at);
      ahead.data[at] = more;
      if (more <= 0) continue;
      for (const next of neighbours(at, columns)) if (this.#near.has(next)) seen.add(next);
    }
    return ahead;
  }

  /** The likeness to the third best of those further off. */
  #toTheRest(at: number): number {
    const { columns } = this.#embedding.fine;
    const best = new Array<number>(several).fill(-1);
    for (const other of this.#apart) {
      const across = Math.abs((other % columns) - (at % columns));
      const down = Math.abs(Math.floor(other / columns) - Math.floor(at / columns));
      if (Math.max(across, down) < besides) continue;
      const likeness = this.#likeness.of(at, other);
      if (likeness <= best[several - 1]!) continue;
      best[several - 1] = likeness;
      best.sort((a, b) => b - a);
    }
    return best[several - 1]!;
  }
}

/** The eight places around one; those beyond the left and right edge are another row's, and not within reach. */
function neighbours(at: number, columns: number): number[] {
  return [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((across) => at + down * columns + across));
}
