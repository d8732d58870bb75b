import type { OnnxGraph } from '../onnx';
import { growBox, joinBoxes } from './grid-mask';
import type { CellBox } from './grid-mask';
import { questionOf } from './cell-matches';
import type { Witness } from './cell-matches';
import { labelVote } from './label-vote';
import type { Ballot } from './label-vote';
import type { MobileEmbedding } from './mobile-embedding';
import type { MobileMemory, Remembered } from './mobile-memory';
import { gridSize } from './picture-geometry';
import type { Rivals } from './rivals';
import { joinVoices } from './join-voices';
import { logit, searchRadius, sigmoid, tuning } from './tuning';

/** Where an object seems to be on a new frame. */
export interface Carried {
  /** float32[rows * columns]: how likely each cell belongs to the object. */
  readonly grid: Float32Array;
  /** What each group of witnesses said. */
  readonly ballots: readonly Ballot[];
}

/**
 * How likely each cell of a new frame belongs to the object, by what is remembered of it. Recent frames, frames from further
 * back and prompted frames vote apart and the mean of their log odds counts, so that neither a slow leak, nor a short-lived
 * look, nor an outdated one decides alone. Search windows follow the object's motion and widen while it is out of sight.
 * Null where there is nothing to look for.
 */
export async function carryPrior(
  dotProduct: OnnxGraph,
  memory: MobileMemory,
  query: MobileEmbedding,
  rivals: Rivals | null = null,
): Promise<Carried | null> {
  const expected = memory.expectedCentre();
  const { columns, rows } = query.geometry;
  if (!expected) return null;
  const widen = memory.isLost ? gridSize : memory.widened;
  const witness =
    (radius: number) =>
    (one: Remembered): Witness => ({
      embedding: one.embedding,
      mask: one.mask,
      silent: rivals?.cellsOf(memory, one) ?? null,
      radius: radius + widen,
      price: memory.missed === 0 && one.mask.box ? tuning.distancePrice / diagonal(one.mask.box) : 0,
      dx: expected.x - query.geometry.left - one.mask.centre.x,
      dy: expected.y - query.geometry.top - one.mask.centre.y,
    });
  const prompted = memory.promptedNear(query.frameIndex).slice(0, tuning.promptedFrames);
  const groups = [
    memory.recent.map(witness(searchRadius.recent)),
    prompted.map(witness(searchRadius.prompted)),
    memory.spaced.filter((one) => !prompted.includes(one)).map(witness(searchRadius.spaced)),
  ].filter((group) => group.length > 0);
  const reaches = groups.flat().map((one) => reach(one, tuning.reach + widen, columns, rows));
  const region = joinBoxes(reaches.filter((box) => box !== null));
  if (!region) return null;
  const ballots: Ballot[] = [];
  const question = questionOf(query, region);
  for (const group of groups) ballots.push(await labelVote(dotProduct, question, group));
  const voices = ballots.map(({ votes, likeness }) => ({
    odds: Float64Array.from(votes, (vote) => logit(vote)),
    likeness,
  }));
  return { grid: Float32Array.from(joinVoices(voices), sigmoid), ballots };
}

/** Cells where the witness's object may be now. */
function reach({ mask, dx, dy }: Witness, by: number, columns: number, rows: number): CellBox | null {
  return mask.box && growBox(mask.box, by, dx, dy, columns, rows);
}

/** The square of a box's diagonal, in cells. */
function diagonal({ x0, y0, x1, y1 }: CellBox): number {
  return (x1 - x0 + 1) ** 2 + (y1 - y0 + 1) ** 2;
}
