/** A stretch of frames that is decoded, tracked and let go before the next; ends inclusive. */
export interface Block {
  /** Its place in the order of the run, from 0. */
  readonly number: number;
  readonly first: number;
  readonly last: number;
}

/** Frames in a block where the user asked for nothing else; the seed program advises 100 to 150. */
export const defaultBlockSize = 120;

/**
 * The blocks of a run over `first`..`last` (inclusive), in the order they are worked on: upwards, or from the
 * top down when `reverse`. Throws a TypeError for a size below 1.
 */
export function planBlocks(first: number, last: number, size: number, reverse: boolean): Block[] {
  if (!Number.isInteger(size) || size < 1) throw new TypeError(`a block has 1 frame or more, not ${size}`);
  const blocks: Block[] = [];
  if (reverse) {
    for (let top = last; top >= first; top -= size) {
      blocks.push({ number: blocks.length, first: Math.max(first, top - size + 1), last: top });
    }
  } else {
    for (let start = first; start <= last; start += size) {
      blocks.push({ number: blocks.length, first: start, last: Math.min(last, start + size - 1) });
    }
  }
  return blocks;
}
