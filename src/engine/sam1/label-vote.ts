import type { OnnxGraph } from '../onnx';
import { BestMatches } from './best-matches';
import { cellsAround, isWithin, matchesOf } from './cell-matches';
import type { CellMatches, Question, Tile, Witness } from './cell-matches';
import type { Features } from './mobile-embedding';
import { tuning } from './tuning';

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

/** A match among those around it. */
const itself = (cellsAround - 1) / 2;

/**
 * How much each cell of `region` looks like object rather than background in what the witnesses remember:
 * the labels of its best-matching cells, softmax-weighted. Label propagation as in Jabri, Owens and Efros,
 * "Space-time correspondence as a contrastive random walk" (2020).
 */
export async function labelVote(
  graph: OnnxGraph,
  { coarse, tiles }: Question,
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
  for (const tile of tiles) {
    const offers: CellMatches[] = [];
    for (const [which, witness] of witnesses.entries()) {
      const found = await matchesOf(graph, coarse, tile, witness, which);
      if (found) offers.push(found);
    }
    count(tile, offers, coarse, ballot);
  }
  return ballot;
}

/** Puts the best matches of a tile's cells into the ballot. */
function count(
  { box }: Tile,
  offers: readonly CellMatches[],
  { columns, rows, unit }: Features,
  { votes, matches, likeness, around }: Ballot,
): void {
  const best = new BestMatches(tuning.voters);
  let cell = 0;
  for (let y = box.y0; y <= box.y1; y++) {
    for (let x = box.x0; x <= box.x1; x++, cell++) {
      best.clear();
      for (const one of offers) offer(one, cell, x, y, best);
      const at = y * columns + x;
      votes[at] = best.vote(tuning.temperature / unit) ?? 0;
      likeness[at] = Math.max(0, best.scores[0]! * unit);
      matches.set(best.places, at * tuning.voters);
      for (let i = 0; i < tuning.voters && best.places[i]! >= 0; i++) {
        const which = Math.floor(best.places[i]! / (columns * rows));
        const one = offers.find((candidate) => candidate.which === which)!;
        const found = best.places[i]! % (columns * rows);
        copyAround(one, cell, found, columns, around, (at * tuning.voters + i) * cellsAround);
      }
    }
  }
}

/** Offers a cell's matches in the witness's window around (x, y). */
function offer(
  { which, witness, box, each, places, around, price }: CellMatches,
  cell: number,
  x: number,
  y: number,
  best: BestMatches,
): void {
  const { radius, dx, dy, mask, silent } = witness;
  const width = box.x1 - box.x0 + 1;
  const first = which * mask.columns * mask.rows;
  for (let nth = cell * each; nth < (cell + 1) * each; nth++) {
    const [u, v] = [box.x0 + (places[nth]! % width), box.y0 + Math.floor(places[nth]! / width)];
    const off = (u - x + dx) * (u - x + dx) + (v - y + dy) * (v - y + dy);
    const score = around[nth * cellsAround + itself]! - off * price;
    if (score < best.bar) continue;
    const place = v * mask.columns + u;
    const seen = isWithin(u, x - dx, radius) && isWithin(v, y - dy, radius) && silent?.[place] !== 1;
    if (seen) best.insert(score, mask.data[place]!, first + place);
  }
}

/** The dot products of a cell with those around a match, as far as they are there. */
function copyAround(
  { box, each, places, around }: CellMatches,
  cell: number,
  match: number,
  columns: number,
  into: Float32Array,
  at: number,
): void {
  const [x, y] = [match % columns, Math.floor(match / columns)];
  const width = box.x1 - box.x0 + 1;
  const place = (y - box.y0) * width + x - box.x0;
  let nth = cell * each;
  // By hand: asking for so few takes longer than looking at them.
  while (places[nth] !== place && nth < (cell + 1) * each) nth++;
  const from = nth * cellsAround;
  for (let i = 0; i < cellsAround; i++) {
    const [u, v] = [x - 1 + (i % 3), y - 1 + Math.floor(i / 3)];
    const there = u >= box.x0 && u <= box.x1 && v >= box.y0 && v <= box.y1;
    into[at + i] = there ? around[from + i]! : NaN;
  }
}
