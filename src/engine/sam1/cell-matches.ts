import { queryOffset } from '../onnx';
import type { InputTensor, OnnxGraph } from '../onnx';
import { growBox } from './grid-mask';
import type { CellBox, GridMask } from './grid-mask';
import type { Features, Matchable } from './mobile-embedding';
import { tuning } from './tuning';

/** A remembered frame that votes: cell (x, y) of the new frame is looked for around (x - dx, y - dy) in it. */
export interface Witness {
  readonly embedding: Matchable;
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
  /** The region in tiles. */
  readonly tiles: readonly Tile[];
}

/** Some columns and rows of a region. They look at fewer cells of a remembered frame than the whole region would have to. */
export interface Tile {
  readonly box: CellBox;
  /** The cells' vectors as the graph takes them. */
  readonly queries: InputTensor;
}

/** Columns and rows of a tile, at most: fewer look at fewer cells, in more products, each with a cost of its own. */
const tileSize: TileSize = { width: 8, height: 18 };

interface TileSize {
  readonly width: number;
  readonly height: number;
}

export function questionOf(
  { coarse }: Matchable,
  region: CellBox,
  { width: wide, height: high }: TileSize = tileSize,
): Question {
  const columns = cut(region.x0, region.x1, wide);
  const rows = cut(region.y0, region.y1, high);
  const tiles = columns.flatMap(([x0, x1]) =>
    rows.map(([y0, y1]): Tile => {
      const box = { x0, y0, x1, y1 };
      const [height, width] = sizeOf(box);
      return { box, queries: { data: gather(coarse, box), shape: [height * width, coarse.channels] } };
    }),
  );
  return { coarse, tiles };
}

/** From `first` to `last` in pieces of about the same length, ends inclusive. */
function cut(first: number, last: number, most: number): [first: number, last: number][] {
  const length = last - first + 1;
  const count = Math.ceil(length / most);
  const start = (nth: number): number => first + Math.floor((nth * length) / count);
  return Array.from({ length: count }, (_, i) => [start(i), start(i + 1) - 1]);
}

/** Cells at and around a match, to each side. */
export const cellsAround = 9;

/**
 * Matches that a witness offers of each cell: two more than can vote. The graph counts in 32-bit floats what a place costs, so that
 * of two that are all but equally alike it may leave out either; they are put in order anew, without rounding.
 */
const offered: number = tuning.voters + 2;

/** What a witness has for the cells of a tile. */
export interface CellMatches {
  /** The witness's place among those of its group. */
  readonly which: number;
  readonly witness: Witness;
  /** Cells of the witness that were looked at. */
  readonly box: CellBox;
  /** Matches of each cell. */
  readonly each: number;
  /** `places[cell * each + nth]`: a match in `box`, the best first; any place where there are no more. */
  readonly places: Float32Array;
  /** `around[(cell * each + nth) * 9 + step]`: dot products with cells around a match, row by row; any beyond the box. */
  readonly around: Float32Array;
  /** What each squared cell of distance from the expected place takes off a dot product. */
  readonly price: number;
}

/** The best matches that a witness has for a tile's cells; null where it has none. */
export async function matchesOf(
  graph: OnnxGraph,
  { columns, rows, channels, unit }: Features,
  tile: Tile,
  witness: Witness,
  which: number,
): Promise<CellMatches | null> {
  const box = growBox(tile.box, witness.radius, -witness.dx, -witness.dy, columns, rows);
  if (!box) return null;
  const [high, wide] = sizeOf(tile.box);
  const [height, width] = sizeOf(box);
  const each = Math.min(offered, height * width);
  const price = witness.price / unit;
  const steps = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((across) => down * width + across));
  const { places, around } = await graph.run(
    {
      queries: tile.queries,
      map: { data: witness.embedding.coarse.data, shape: [rows, columns, channels] },
      starts: longs(box.y0, box.x0),
      ends: longs(box.y1 + 1, box.x1 + 1),
      down: { data: costsDown(tile.box, box, witness, price), shape: [high, wide, height] },
      across: { data: costsAcross(tile.box, box, witness, price), shape: [wide, height, width] },
      sizes: longs(high, wide, height, width),
      count: longs(each),
      lines: longs(Math.min(offered, height)),
      width: long(width),
      steps: longs(...steps),
      last: long(height * width - 1),
    },
    ['places', 'around'],
  );
  return { which, witness, box, each, places: places.data, around: around.data, price };
}

/** Minus what a line costs that lies off the expected one, for each cell; what lies out of the window costs everything. */
function costsDown(tile: CellBox, box: CellBox, { radius, dy }: Witness, price: number): Float32Array {
  const [height] = sizeOf(box);
  const [high, wide] = sizeOf(tile);
  const costs = new Float32Array(high * wide * height);
  for (let y = tile.y0, at = 0; y <= tile.y1; y++, at += wide * height) {
    for (let v = box.y0; v <= box.y1; v++)
      costs[at + v - box.y0] = isWithin(v, y - dy, radius) ? -price * (v - y + dy) * (v - y + dy) : -Infinity;
    for (let x = 1; x < wide; x++) costs.copyWithin(at + x * height, at, at + height);
  }
  return costs;
}

/** The same of columns, in every line, and of cells that bear no witness. */
function costsAcross(
  tile: CellBox,
  box: CellBox,
  { radius, dx, mask, silent }: Witness,
  price: number,
): Float32Array {
  const [height, width] = sizeOf(box);
  const costs = new Float32Array((tile.x1 - tile.x0 + 1) * height * width);
  for (let x = tile.x0, at = 0; x <= tile.x1; x++, at += height * width) {
    for (let u = box.x0; u <= box.x1; u++)
      costs[at + u - box.x0] = isWithin(u, x - dx, radius) ? -price * (u - x + dx) * (u - x + dx) : -Infinity;
    for (let line = 1; line < height; line++) costs.copyWithin(at + line * width, at, at + width);
    if (!silent) continue;
    for (let line = 0, to = at; line < height; line++, to += width) {
      const from = (box.y0 + line) * mask.columns + box.x0;
      for (let i = 0; i < width; i++) if (silent[from + i] === 1) costs[to + i] = -Infinity;
    }
  }
  return costs;
}

/** True for a line or column in a window. */
export function isWithin(at: number, expected: number, radius: number): boolean {
  return at >= Math.ceil(expected - radius) && at <= Math.floor(expected + radius);
}

function long(value: number): InputTensor {
  return { data: BigInt64Array.of(BigInt(value)), shape: [] };
}

function longs(...values: number[]): InputTensor {
  return { data: BigInt64Array.from(values, BigInt), shape: [values.length] };
}

function sizeOf({ x0, y0, x1, y1 }: CellBox): [height: number, width: number] {
  return [y1 - y0 + 1, x1 - x0 + 1];
}

/** The vectors of a box; the graph takes them without signs, and takes the offset away itself. */
function gather({ data, channels, columns }: Features, box: CellBox): Uint8Array {
  const width = (box.x1 - box.x0 + 1) * channels;
  const cells = new Uint8Array(width * (box.y1 - box.y0 + 1));
  const offset = queryOffset;
  for (let y = box.y0, out = 0; y <= box.y1; y++) {
    const start = (y * columns + box.x0) * channels;
    for (let i = start; i < start + width; i++, out++) cells[out] = data[i]! + offset;
  }
  return cells;
}
