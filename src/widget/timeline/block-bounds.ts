import type { RunRecord, SeamRecord } from '../../annotation';
import { without } from '../../annotation';

/** Below this the two masks of a seam's frame do not agree. The session warns of the same. */
export const lowSeam = 0.8;

/** Where two blocks meet. */
export interface BlockBound {
  /** The frame that both share. */
  readonly frame: number;
  /** The number of the block that begins here. */
  readonly block: number;
  /** The worst agreement of an object's two masks here, and how many objects were compared. */
  readonly seam: { readonly iou: number; readonly objects: number } | null;
}

/**
 * Where the blocks of the runs meet, in frame order. A later run's blocks stand where it went; the others' stay
 * beside it.
 */
export function blockBounds(runs: readonly RunRecord[], seams: readonly SeamRecord[]): BlockBound[] {
  const bounds = new Map<number, number>();
  let free: readonly (readonly [number, number])[] = [[0, Infinity]];
  for (const { first, last, blockSize } of [...runs].reverse()) {
    if (blockSize < 1) continue;
    const mine = free.flatMap(([from, to]): (readonly [number, number])[] =>
      from <= last && to >= first ? [[Math.max(from, first), Math.min(to, last)]] : [],
    );
    for (const [from, to] of mine)
      for (let frame = Math.ceil(from / blockSize) * blockSize; frame <= to; frame += blockSize)
        if (frame > first && frame < last) bounds.set(frame, frame / blockSize);
    free = without(free, [[first, last]]);
  }
  const found = new Map<number, { iou: number; objects: number }>();
  for (const { frame, iou } of seams) {
    const before = found.get(frame);
    found.set(frame, { iou: Math.min(iou, before?.iou ?? 1), objects: (before?.objects ?? 0) + 1 });
  }
  return [...bounds]
    .map(([frame, block]) => ({ frame, block, seam: found.get(frame) ?? null }))
    .sort((a, b) => a.frame - b.frame);
}
