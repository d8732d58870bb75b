import { queryOffset } from '../onnx';
import type { InputTensor, OnnxGraph } from '../onnx';
import { BestMatches } from './best-matches';
import { growBox } from './grid-mask';
import type { CellBox, GridMask } from './grid-mask';
import type { Features, MobileEmbedding } from './mobile-embedding';
import { tuning } from './tuning';

/** A remembered frame that votes: cell (x, y) of the new frame is looked for around (x - dx, y - dy) in it. */
export interface Witness {
  readonly embedding: MobileEmbedding;
  readonly mask: GridMask;
  readonly radius: number;
  readonly dx: number;
  readonly dy: number;
  /** What a match loses in likeness for each squared cell that it lies off the expected place. */
  readonly price: number;
  /** uint8[rows * columns]: 1 for cells that bear no witness, since they belong to a rival; null where there is none. */
  readonly silent?: Uint8Array | null;
}

/** The cells of a new frame that are voted on. */
export interface Question {
  readonly coarse: Features;
  /** The region in strips from top to bottom, from left to right. */
  readonly strips: readonly Strip[];
}

/** Some columns of a region. They look at fewer cells of a remembered frame than the whole region would have to. */
interface Strip {
  readonly box: CellBox;
  /** The cells' vectors as the dot product takes them. */
  readonly queries: InputTensor;
}

/** Columns of a strip: fewer look at fewer cells, in more products, each with a cost of its own. */
const stripWidth = 8;

export function questionOf({ coarse }: MobileEmbedding, region: CellBox): Question {
  const width = region.x1 - region.x0 + 1;
  const count = Math.ceil(width / stripWidth);
  const strips = Array.from({ length: count }, (_, i): Strip => {
    const box = {
      ...region,
      x0: region.x0 + Math.floor((i * width) / count),
      x1: region.x0 + Math.floor(((i + 1) * width) / count) - 1,
    };
    const [height, wide] = sizeOf(box);
    const queries = { data: unsigned(gather(coarse, box)), shape: [height * wide, coarse.channels] };
    return { box, queries };
  });
  return { coarse, strips };
}

/** What a group of witnesses says of the cells of a region. */
export interface Ballot {
  readonly witnesses: readonly Witness[];
  /** float32[rows * columns]: how much each cell looks like object; 0 outside the region. */
  readonly votes: Float32Array;
  /**
   * int32[rows * columns, voters]: a cell's best matches, the best first, as `witness * rows * columns + cell`; -1 for none.
   */
  readonly matches: Int32Array;
  /** float32[rows * columns]: how much each cell looks like its best match, as a cosine. */
  readonly likeness: Float32Array;
  /**
   * float32[rows * columns, voters, 9]: dot products of a cell with the cells around each of its matches, row by row, the
   * match in the middle; NaN where they were not computed.
   */
  readonly around: Float32Array;
}

/** Cells at and around a match, to each side. */
export const cellsAround = 9;

interface Compared {
  readonly which: number;
  readonly witness: Witness;
  readonly box: CellBox;
  /** float32[query cells, cells of `box`]: dot products. */
  readonly scores: Float32Array;
  /** float32[query cells, lines of `box`]: the largest of each line. */
  readonly most: Float32Array;
  /** What each squared cell of distance from the expected place takes off a score. */
  readonly price: number;
}

/**
 * How much each cell of `region` looks like object rather than background in what the witnesses remember:
 * the labels of its best-matching cells, softmax-weighted. Label propagation as in Jabri, Owens and Efros,
 * "Space-time correspondence as a contrastive random walk" (2020).
 */
export async function labelVote(
  dotProduct: OnnxGraph,
  { coarse, strips }: Question,
  witnesses: readonly Witness[],
): Promise<Ballot> {
  const { columns, rows } = coarse;
  const cells = columns * rows;
  const ballot = {
    witnesses,
    votes: new Float32Array(cells),
    matches: new Int32Array(cells * tuning.voters).fill(-1),
    likeness: new Float32Array(cells),
    around: new Float32Array(cells * tuning.voters * cellsAround),
  };
  for (const strip of strips)
    count(strip, await compare(dotProduct, coarse, strip, witnesses), coarse, ballot);
  return ballot;
}

async function compare(
  dotProduct: OnnxGraph,
  { columns, rows, channels, unit }: Features,
  strip: Strip,
  witnesses: readonly Witness[],
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const [which, witness] of witnesses.entries()) {
    const box = growBox(strip.box, witness.radius, -witness.dx, -witness.dy, columns, rows);
    if (!box) continue;
    const keys = { data: gather(witness.embedding.coarse, box), shape: [...sizeOf(box), channels] };
    const { scores, most } = await dotProduct.run({ queries: strip.queries, keys }, ['scores', 'most']);
    const price = witness.price / unit;
    compared.push({ which, witness, box, scores: scores.data, most: most.data, price });
  }
  return compared;
}

/** Puts the best matches of a strip's cells into the ballot. */
function count(
  { box }: Strip,
  compared: readonly Compared[],
  { columns, rows, unit }: Features,
  { votes, matches, likeness, around }: Ballot,
): void {
  const best = new BestMatches(tuning.voters);
  let cell = 0;
  for (let y = box.y0; y <= box.y1; y++) {
    for (let x = box.x0; x <= box.x1; x++, cell++) {
      best.clear();
      for (const one of compared) search(one, cell, x, y, best);
      const at = y * columns + x;
      votes[at] = best.vote(tuning.temperature / unit) ?? 0;
      likeness[at] = Math.max(0, best.scores[0]! * unit);
      matches.set(best.places, at * tuning.voters);
      for (let i = 0; i < tuning.voters && best.places[i]! >= 0; i++) {
        const which = Math.floor(best.places[i]! / (columns * rows));
        const one = compared.find((candidate) => candidate.which === which)!;
        const found = best.places[i]! % (columns * rows);
        copyAround(one, cell, found, columns, around, (at * tuning.voters + i) * cellsAround);
      }
    }
  }
}

/** The scores of a cell with those around a match, as far as they are there. */
function copyAround(
  { box, scores }: Compared,
  cell: number,
  match: number,
  columns: number,
  into: Float32Array,
  at: number,
): void {
  const [x, y] = [match % columns, Math.floor(match / columns)];
  const [height, width] = sizeOf(box);
  const first = cell * width * height;
  for (let v = y - 1; v <= y + 1; v++)
    for (let u = x - 1; u <= x + 1; u++, at++) {
      const there = u >= box.x0 && u <= box.x1 && v >= box.y0 && v <= box.y1;
      into[at] = there ? scores[first + (v - box.y0) * width + u - box.x0]! : NaN;
    }
}

function sizeOf({ x0, y0, x1, y1 }: CellBox): [height: number, width: number] {
  return [y1 - y0 + 1, x1 - x0 + 1];
}

function gather({ data, channels, columns }: Features, box: CellBox): Int8Array {
  const width = (box.x1 - box.x0 + 1) * channels;
  const cells = new Int8Array(width * (box.y1 - box.y0 + 1));
  for (let y = box.y0, out = 0; y <= box.y1; y++, out += width) {
    const start = (y * columns + box.x0) * channels;
    cells.set(data.subarray(start, start + width), out);
  }
  return cells;
}

/** The graph takes one side without signs, and takes the offset away itself. */
function unsigned(values: Int8Array): Uint8Array {
  const shifted = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) shifted[i] = values[i]! + queryOffset;
  return shifted;
}

/** Offers the cells of the witness's window around (x, y). */
function search(
  { which, witness, box, scores, most, price }: Compared,
  cell: number,
  x: number,
  y: number,
  best: BestMatches,
): void {
  const { radius, dx, dy, mask, silent } = witness;
  const [height, width] = sizeOf(box);
  const row = cell * width * height;
  const fromX = Math.max(box.x0, Math.ceil(x - dx - radius));
  const toX = Math.min(box.x1, Math.floor(x - dx + radius));
  const fromY = Math.max(box.y0, Math.ceil(y - dy - radius));
  const toY = Math.min(box.y1, Math.floor(y - dy + radius));
  const first = which * mask.columns * mask.rows;
  let bar = best.bar;
  for (let v = fromY; v <= toY; v++) {
    if (most[cell * height + v - box.y0]! <= bar) continue;
    const at = row + (v - box.y0) * width - box.x0;
    const down = (v - y + dy) * (v - y + dy);
    for (let u = fromX; u <= toX; u++) {
      const alike = scores[at + u]!;
      if (alike <= bar) continue;
      const score = alike - ((u - x + dx) * (u - x + dx) + down) * price;
      if (score <= bar) continue;
      const place = v * mask.columns + u;
      if (silent?.[place] === 1) continue;
      best.insert(score, mask.data[place]!, first + place);
      bar = best.bar;
    }
  }
}
