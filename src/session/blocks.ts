import type { FrameSpan } from './video';

/** A stretch of frames that is worked on at a time; it shares its last frame with the next (F3, F4). */
export interface BlockView {
  readonly number: number;
  /** Ends inclusive. */
  readonly first: number;
  readonly last: number;
  /** How well each object's mask at the block's first frame agrees with that of the block before, where it was tried. */
  readonly seams: readonly { readonly objectId: string; readonly iou: number }[];
}

/** Frames in a block where nothing is known of what a frame takes. */
export const defaultBlockSize = 120;
const fewest = 8;
const most = 1000;

/** How many frames' embeddings fit in a budget of MiB. */
export function blockSizeFor(budgetMiB: number, embeddingBytes: number | null): number {
  if (embeddingBytes === null) return defaultBlockSize;
  return Math.max(fewest, Math.min(most, Math.floor((budgetMiB * 2 ** 20) / embeddingBytes)));
}

/** The frames of block `number`: whole multiples of the size, whatever a run begins with; null when there is none. */
export function blockSpan(number: number, size: number, frameCount: number): FrameSpan | null {
  const first = number * size;
  if (!Number.isInteger(number) || number < 0 || first >= Math.max(1, frameCount - 1)) return null;
  return [first, Math.min(frameCount - 1, first + size)];
}

/** A sweep over `first`..`last` cut at the blocks' bounds, in the order of its going. */
export function cutSweep(first: number, last: number, size: number, reverse: boolean): FrameSpan[] {
  const spans: FrameSpan[] = [];
  if (reverse) {
    for (let top = last; ;) {
      const bottom = Math.max(first, (Math.ceil(top / size) - 1) * size);
      spans.push([bottom, top]);
      if (bottom <= first) return spans;
      top = bottom;
    }
  }
  for (let start = first; ;) {
    const end = Math.min(last, (Math.floor(start / size) + 1) * size);
    spans.push([start, end]);
    if (end >= last) return spans;
    start = end;
  }
}
