import type { Bitmap } from '../../mask';
import type { PointPrompt } from '../tracking';
import { toGridMask } from './grid-mask';
import type { GridMask } from './grid-mask';
import type { MobileEmbedding } from './mobile-embedding';
import { cellSize, quarterAt, toPicture } from './picture-geometry';
import { QuarterLikeness, several } from './quarter-likeness';

/** A frame whose mask the user vouches for. */
export interface Vouched {
  readonly embedding: MobileEmbedding;
  readonly mask: Bitmap;
}

/** Quarters of cells around the place expected in a vouched frame, to each side, that are looked at. */
const reach = 20;
/** Quarters around a changed one, to each side, that it is compared with on its own frame. */
const around = 16;
/** Quarters closer than this look alike because they see the same of the picture. */
const besides = 3;
/** Quarters of which this share lies on the other side of an outline are of neither. */
const mixed = 0.1;
/** What likeness to the clicked place counts beside that to what vouched frames show. */
const clickShare = 0.25;
/** So much more like the side that it was on than like the one that it went to, as a cosine, speaks against a change. */
const against = 0.13;

/**
 * Of a correction, what is carried to other frames: `corrected` without those of its changes to `before` that vouched frames
 * speak against. There a quarter of a cell is clearly more like what was on its old side of the outline than like anything on
 * its new one, and not so much like the clicked place that it makes up for that. What looks the same in every frame would be
 * changed in all of them, for one click that took too much.
 */
export function carriedPart(
  embedding: MobileEmbedding,
  before: Bitmap,
  corrected: Bitmap,
  clicks: readonly PointPrompt[],
  vouched: readonly Vouched[],
): Bitmap {
  const { geometry, fine } = embedding;
  const [had, has] = [toGridMask(before, geometry), toGridMask(corrected, geometry)];
  const references = vouched
    .filter(({ mask }) => mask.data.includes(1))
    .map((one) => new Reference(embedding, had, one));
  if (references.length === 0) return corrected;
  const here = new Here(embedding, had, has, clicks);
  const data = has.quarters.map((share, at) => {
    const change = share - had.quarters[at]!;
    if (Math.abs(change) < mixed) return 1;
    const found = references.map((one) => one.alike(at));
    const outside = mostAlike(found.flatMap((one) => one.outside));
    const inside = mostAlike(found.flatMap((one) => one.inside));
    return (
      (change > 0 ? inside - outside : outside - inside) + clickShare * here.towardsClick(at, change > 0)
    );
  });
  const map = { width: fine.columns, height: fine.rows, data };
  const speaks = toPicture(map, geometry, cellSize / 2, 0);
  return {
    ...corrected,
    data: corrected.data.map((one, i) => (speaks[i]! < -against ? before.data[i]! : one)),
  };
}

/** The corrected frame itself, as it bears on what was changed there. */
class Here {
  readonly #likeness: QuarterLikeness;
  readonly #had: GridMask;
  readonly #has: GridMask;
  readonly #clicked: readonly { readonly at: number; readonly positive: boolean }[];

  constructor(embedding: MobileEmbedding, had: GridMask, has: GridMask, clicks: readonly PointPrompt[]) {
    this.#likeness = new QuarterLikeness(embedding, embedding);
    [this.#had, this.#has] = [had, has];
    const { columns } = embedding.fine;
    this.#clicked = clicks.map((click) => {
      const [x, y] = quarterAt(click, embedding.geometry);
      return { at: y * columns + x, positive: click.positive };
    });
  }

  /** How much more a quarter is like a click's place than like what stayed on the side that it was on; 0 without such a click. */
  towardsClick(at: number, added: boolean): number {
    const clicks = this.#clicked.filter((one) => one.positive === added);
    if (clicks.length === 0) return 0;
    return (
      Math.max(...clicks.map((one) => this.#likeness.of(at, one.at))) - this.#toTheRest(at, added ? 0 : 1)
    );
  }

  #toTheRest(at: number, side: number): number {
    const [columns, rows] = [2 * this.#had.columns, 2 * this.#had.rows];
    const [x, y] = [at % columns, Math.floor(at / columns)];
    const stayed = ({ quarters }: GridMask, place: number): boolean =>
      Math.abs(quarters[place]! - side) < mixed;
    const rest: number[] = [];
    for (let v = Math.max(0, y - around); v <= Math.min(rows - 1, y + around); v++) {
      for (let u = Math.max(0, x - around); u <= Math.min(columns - 1, x + around); u++) {
        if (Math.max(Math.abs(u - x), Math.abs(v - y)) < besides) continue;
        const place = v * columns + u;
        if (stayed(this.#had, place) && stayed(this.#has, place)) rest.push(this.#likeness.of(at, place));
      }
    }
    return mostAlike(rest);
  }
}

/** A vouched frame as it bears on the quarters of another. */
class Reference {
  readonly #likeness: QuarterLikeness;
  readonly #mask: GridMask;
  /** From a place here to where it is expected there, in quarters. */
  readonly #across: number;
  readonly #down: number;

  constructor(embedding: MobileEmbedding, here: GridMask, there: Vouched) {
    this.#likeness = new QuarterLikeness(embedding, there.embedding);
    this.#mask = toGridMask(there.mask, there.embedding.geometry);
    this.#across = Math.round(2 * (this.#mask.centre.x - here.centre.x));
    this.#down = Math.round(2 * (this.#mask.centre.y - here.centre.y));
  }

  /** How alike a quarter is to those of the vouched frame around the place expected: outside of the object, and inside. */
  alike(at: number): { readonly outside: number[]; readonly inside: number[] } {
    const { quarters } = this.#mask;
    const [columns, rows] = [2 * this.#mask.columns, 2 * this.#mask.rows];
    const [x, y] = [(at % columns) + this.#across, Math.floor(at / columns) + this.#down];
    const [outside, inside]: [number[], number[]] = [[], []];
    for (let v = Math.max(0, y - reach); v <= Math.min(rows - 1, y + reach); v++) {
      for (let u = Math.max(0, x - reach); u <= Math.min(columns - 1, x + reach); u++) {
        const place = v * columns + u;
        const share = quarters[place]!;
        if (share <= mixed) outside.push(this.#likeness.of(at, place));
        else if (share >= 1 - mixed) inside.push(this.#likeness.of(at, place));
      }
    }
    return { outside, inside };
  }
}

/** The third best: the best may be chance. */
function mostAlike(likenesses: number[]): number {
  return likenesses.sort((a, b) => b - a)[several - 1] ?? -1;
}
