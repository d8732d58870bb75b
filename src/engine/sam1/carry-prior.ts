import type { OnnxGraph } from '../onnx';
import { growBox, joinBoxes } from './grid-mask';
import type { CellBox } from './grid-mask';
import { labelVote } from './label-vote';
import type { Witness } from './label-vote';
import type { MobileEmbedding } from './mobile-embedding';
import type { MobileMemory, Remembered } from './mobile-memory';
import { gridSize, modelSize } from './picture-geometry';
import { resample } from '../resampling';
import type { FloatMap } from '../resampling';

/** Cells around an object's expected place that are searched: in recent frames, further back, in prompted ones. */
const recentRadius = 10;
const spacedRadius = 14;
const promptedRadius = 20;
/** Prompted frames that vote; the nearest. */
const promptedVoters = 2;

/** The logarithm of the odds, held to ±6.9. */
export function logit(p: number): number {
  const held = Math.min(0.999, Math.max(0.001, p));
  return Math.log(held / (1 - held));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * How likely each cell of a new frame belongs to the object, by what is remembered of it: float32[rows *
 * columns]. Recent frames, frames from further back and prompted frames vote apart and the mean of their log odds counts,
 * so that neither a slow leak, nor a short-lived look, nor an outdated one decides alone. Search windows follow the object's motion and widen while it
 * is out of sight.
 */
export async function carryPrior(
  dotProduct: OnnxGraph,
  memory: MobileMemory,
  query: MobileEmbedding,
): Promise<Float32Array | null> {
  const expected = memory.expectedCentre();
  const { columns, rows } = query.geometry;
  if (!expected) return null;
  const widen = Math.min(20, 2 * memory.missed);
  const witness =
    (radius: number) =>
    (one: Remembered): Witness => ({
      embedding: one.embedding,
      mask: one.mask,
      radius: radius + widen,
      dx: expected.x - one.mask.centre.x,
      dy: expected.y - one.mask.centre.y,
    });
  const prompted = memory.promptedNear(query.frameIndex).slice(0, promptedVoters);
  const groups = [
    memory.recent.map(witness(recentRadius)),
    prompted.map(witness(promptedRadius)),
    memory.spaced.filter((one) => !prompted.includes(one)).map(witness(spacedRadius)),
  ].filter((group) => group.length > 0);
  const reaches = groups.flat().map((one) => reach(one, columns, rows));
  const region = joinBoxes(reaches.filter((box) => box !== null));
  if (!region) return null;
  const votes: Float32Array[] = [];
  for (const group of groups) votes.push(await labelVote(dotProduct, query, region, group));
  return votes[0]!.map((_, i) =>
    sigmoid(votes.reduce((sum, vote) => sum + logit(vote[i]!), 0) / votes.length),
  );
}

/** Cells from which the witness's object can be seen; none beyond can become object. */
function reach({ mask, radius, dx, dy }: Witness, columns: number, rows: number): CellBox | null {
  return mask.box && growBox(mask.box, radius, dx, dy, columns, rows);
}

/** A grid of probabilities at the picture's size. */
export function gridAtPicture(grid: Float32Array, { geometry }: MobileEmbedding): FloatMap {
  const { columns, rows, width, height, scale } = geometry;
  const cellsPerPixel = (scale * gridSize) / modelSize;
  return resample({ width: columns, height: rows, data: grid }, width, height, cellsPerPixel, cellsPerPixel);
}
