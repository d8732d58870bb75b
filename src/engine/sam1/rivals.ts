import type { GridMask } from './grid-mask';
import type { MobileMemory, Remembered } from './mobile-memory';

/** What the objects of one run remember of each other: which cells of a remembered frame belong to whom. */
export class Rivals {
  readonly #masks = new Map<number, Map<MobileMemory, GridMask>>();

  constructor(memories: readonly MobileMemory[]) {
    for (const memory of memories)
      for (const { embedding, mask } of memory.kept) {
        const there = this.#masks.get(embedding.frameIndex) ?? new Map<MobileMemory, GridMask>();
        this.#masks.set(embedding.frameIndex, there.set(memory, mask));
      }
  }

  /** uint8[rows * columns]: 1 for cells of a remembered frame that belong to other objects rather than to this. */
  cellsOf(memory: MobileMemory, { embedding, mask }: Remembered): Uint8Array | null {
    const others = [...(this.#masks.get(embedding.frameIndex) ?? [])].filter(([one]) => one !== memory);
    if (others.length === 0) return null;
    return Uint8Array.from(mask.data, (own, i) => {
      const theirs = others.reduce((sum, [, one]) => sum + one.data[i]!, 0);
      return theirs > 0.5 && theirs > own ? 1 : 0;
    });
  }
}
