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
    const theirs = new Float64Array(mask.data.length);
    for (const [, { data }] of others) for (let i = 0; i < theirs.length; i++) theirs[i]! += data[i]!;
    const cells = new Uint8Array(theirs.length);
    for (let i = 0; i < cells.length; i++) if (theirs[i]! > 0.5 && theirs[i]! > mask.data[i]!) cells[i] = 1;
    return cells;
  }
}
