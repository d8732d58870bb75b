import type { OnnxGraph } from '../onnx';
import { questionOf } from './cell-matches';
import { labelVote } from './label-vote';
import type { MobileMemory, Remembered } from './mobile-memory';
import { searchRadius } from './tuning';

/**
 * How much the object looks like itself from frame to frame, as a mean cosine. Where no mask has been followed yet, as at the
 * beginning of a block, the frame seen last is held against the others that are remembered. Null while there is but one.
 */
export async function usualLikeness(dotProduct: OnnxGraph, memory: MobileMemory): Promise<number | null> {
  if (memory.usualLikeness !== null) return memory.usualLikeness;
  const last = memory.recent[memory.recent.length - 1];
  if (!last?.mask.box) return null;
  const others = [...new Set([...memory.recent, ...memory.promptedNear(last.embedding.frameIndex)])].filter(
    (one) => one.embedding.frameIndex !== last.embedding.frameIndex,
  );
  if (others.length === 0) return null;
  const witnesses = others.map((one: Remembered) => ({
    embedding: one.embedding,
    mask: one.mask,
    radius: searchRadius.recent,
    dx: last.mask.centre.x - one.mask.centre.x,
    dy: last.mask.centre.y - one.mask.centre.y,
    price: 0,
  }));
  const { likeness } = await labelVote(dotProduct, questionOf(last.embedding, last.mask.box), witnesses);
  let [sum, weight] = [0, 0];
  last.mask.data.forEach((share, i) => {
    sum += share * likeness[i]!;
    weight += share;
  });
  return sum / weight;
}
