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
  readonly region: CellBox;
  /** The cells' vectors as the dot product takes them. */
  readonly queries: InputTensor;
}

export function questionOf({ coarse }: MobileEmbedding, region: CellBox): Question {
  const queries = { data: unsigned(gather(coarse, region)), shape: shapeOf(region, coarse.channels) };
  return { coarse, region, queries };
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
}

interface Compared {
  readonly which: number;
  readonly witness: Witness;
  readonly box: CellBox;
  /** float32[query cells, cells of `box`]: dot products. */
  readonly scores: Float32Array;
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
  { coarse, region, queries }: Question,
  witnesses: readonly Witness[],
): Promise<Ballot> {
  const { columns, rows, channels, unit } = coarse;
  const compared: Compared[] = [];
  for (const [which, witness] of witnesses.entries()) {
    const box = growBox(region, witness.radius, -witness.dx, -witness.dy, columns, rows);
    if (!box) continue;
    const keys = { data: gather(witness.embedding.coarse, box), shape: shapeOf(box, channels) };
    const { scores } = await dotProduct.run({ queries, keys }, ['scores']);
    compared.push({ which, witness, box, scores: scores.data, price: witness.price / unit });
  }
  const votes = new Float32Array(columns * rows);
  const matches = new Int32Array(columns * rows * tuning.voters).fill(-1);
  const likeness = new Float32Array(columns * rows);
  const best = new BestMatches(tuning.voters);
  let cell = 0;
  for (let y = region.y0; y <= region.y1; y++) {
    for (let x = region.x0; x <= region.x1; x++, cell++) {
      best.clear();
      for (const one of compared) search(one, cell, x, y, best);
      votes[y * columns + x] = best.vote(tuning.temperature / unit) ?? 0;
      likeness[y * columns + x] = Math.max(0, best.scores[0]! * unit);
      matches.set(best.places, (y * columns + x) * tuning.voters);
    }
  }
  return { witnesses, votes, matches, likeness };
}

function shapeOf({ x0, y0, x1, y1 }: CellBox, channels: number): number[] {
  return [(x1 - x0 + 1) * (y1 - y0 + 1), channels];
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
  { which, witness, box, scores, price }: Compared,
  cell: number,
  x: number,
  y: number,
  best: BestMatches,
): void {
  const { radius, dx, dy, mask, silent } = witness;
  const width = box.x1 - box.x0 + 1;
  const row = cell * width * (box.y1 - box.y0 + 1);
  const fromX = Math.max(box.x0, Math.ceil(x - dx - radius));
  const toX = Math.min(box.x1, Math.floor(x - dx + radius));
  const fromY = Math.max(box.y0, Math.ceil(y - dy - radius));
  const toY = Math.min(box.y1, Math.floor(y - dy + radius));
  const first = which * mask.columns * mask.rows;
  let bar = best.bar;
  for (let v = fromY; v <= toY; v++) {
    const at = row + (v - box.y0) * width - box.x0;
    const down = (v - y + dy) * (v - y + dy);
    for (let u = fromX; u <= toX; u++) {
      const far = (u - x + dx) * (u - x + dx) + down;
      const score = scores[at + u]! - far * price;
      if (score <= bar) continue;
      const place = v * mask.columns + u;
      if (silent?.[place] === 1) continue;
      best.insert(score, mask.data[place]!, first + place);
      bar = best.bar;
    }
  }
}
