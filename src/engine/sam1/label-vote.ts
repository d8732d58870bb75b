import type { OnnxGraph } from '../onnx';
import { growBox } from './grid-mask';
import type { CellBox, GridMask } from './grid-mask';
import type { MobileEmbedding } from './mobile-embedding';

/** A remembered frame that votes: cell (x, y) of the new frame is looked for around (x - dx, y - dy) in it. */
export interface Witness {
  readonly embedding: MobileEmbedding;
  readonly mask: GridMask;
  readonly radius: number;
  readonly dx: number;
  readonly dy: number;
}

/** Most alike cells that vote, and how sharply likeness counts (facts: best 8, temperature 0.06). */
const voters = 8;
const temperature = 0.06;

interface Compared {
  readonly witness: Witness;
  readonly box: CellBox;
  /** float32[query cells, cells of `box`]: cosines. */
  readonly scores: Float32Array;
}

/**
 * How much each cell of `region` looks like object rather than background in what the witnesses remember:
 * the labels of its best-matching cells, softmax-weighted. Cells outside the region are 0. Label propagation
 * as in Jabri, Owens and Efros, "Space-time correspondence as a contrastive random walk" (2020).
 */
export async function labelVote(
  dotProduct: OnnxGraph,
  query: MobileEmbedding,
  region: CellBox,
  witnesses: readonly Witness[],
): Promise<Float32Array> {
  const { columns, rows } = query.geometry;
  const queries = gather(query, region);
  const compared: Compared[] = [];
  for (const witness of witnesses) {
    const box = growBox(region, witness.radius, -witness.dx, -witness.dy, columns, rows);
    if (!box) continue;
    const keys = gather(witness.embedding, box);
    const shapeOf = (data: Float32Array): { data: Float32Array; shape: number[] } => ({
      data,
      shape: [data.length / query.channels, query.channels],
    });
    const { scores } = await dotProduct.run({ queries: shapeOf(queries), keys: shapeOf(keys) }, ['scores']);
    compared.push({ witness, box, scores: scores.data });
  }
  const votes = new Float32Array(columns * rows);
  let cell = 0;
  for (let y = region.y0; y <= region.y1; y++) {
    for (let x = region.x0; x <= region.x1; x++, cell++) votes[y * columns + x] = vote(compared, cell, x, y);
  }
  return votes;
}

function gather({ features, channels, geometry }: MobileEmbedding, box: CellBox): Float32Array {
  const width = (box.x1 - box.x0 + 1) * channels;
  const cells = new Float32Array(width * (box.y1 - box.y0 + 1));
  for (let y = box.y0, out = 0; y <= box.y1; y++, out += width) {
    const start = (y * geometry.columns + box.x0) * channels;
    cells.set(features.subarray(start, start + width), out);
  }
  return cells;
}

/** The labels of the best-matching cells within the witnesses' windows around (x, y). */
function vote(compared: readonly Compared[], cell: number, x: number, y: number): number {
  const best = new Float64Array(voters).fill(-Infinity);
  const labels = new Float64Array(voters);
  for (const { witness, box, scores } of compared) {
    const { radius, dx, dy, mask } = witness;
    const width = box.x1 - box.x0 + 1;
    const row = cell * width * (box.y1 - box.y0 + 1);
    const [fromX, toX] = [
      Math.max(box.x0, Math.ceil(x - dx - radius)),
      Math.min(box.x1, Math.floor(x - dx + radius)),
    ];
    const [fromY, toY] = [
      Math.max(box.y0, Math.ceil(y - dy - radius)),
      Math.min(box.y1, Math.floor(y - dy + radius)),
    ];
    for (let v = fromY; v <= toY; v++) {
      for (let u = fromX; u <= toX; u++) {
        const score = scores[row + (v - box.y0) * width + (u - box.x0)]!;
        if (score > best[voters - 1]!) insert(best, labels, score, mask.data[v * mask.columns + u]!);
      }
    }
  }
  return softmaxMean(best, labels);
}

/** Keeps the lists in falling order of score. */
function insert(best: Float64Array, labels: Float64Array, score: number, label: number): void {
  let at = voters - 1;
  for (; at > 0 && best[at - 1]! < score; at--) {
    best[at] = best[at - 1]!;
    labels[at] = labels[at - 1]!;
  }
  best[at] = score;
  labels[at] = label;
}

function softmaxMean(best: Float64Array, labels: Float64Array): number {
  if (best[0] === -Infinity) return 0;
  let [sum, total] = [0, 0];
  for (let i = 0; i < voters; i++) {
    if (best[i] === -Infinity) break;
    const weight = Math.exp((best[i]! - best[0]!) / temperature);
    sum += weight * labels[i]!;
    total += weight;
  }
  return sum / total;
}
