import type { MobileMemory, Remembered } from './mobile-memory';

/** What the objects of one run remember of each other: which cells of a remembered frame belong to whom. */
export class Rivals {
  readonly #seen = new Map<number, Map<MobileMemory, Remembered>>();

  constructor(memories: readonly MobileMemory[]) {
    for (const memory of memories)
      for (const one of memory.kept) {
        const { frameIndex } = one.embedding;
        const there = this.#seen.get(frameIndex) ?? new Map<MobileMemory, Remembered>();
        this.#seen.set(frameIndex, there.set(memory, one));
      }
  }

  /** uint8[rows * columns]: 1 for cells of a remembered frame that belong to other objects rather than to this. */
  cellsOf(memory: MobileMemory, { embedding, mask, zoom }: Remembered): Uint8Array | null {
    const others = [...(this.#seen.get(embedding.frameIndex) ?? [])].filter(([one]) => one !== memory);
    // Each may have been seen in a closeup of its own.
    const comparable = others.map(([, one]) => one).filter((one) => one.zoom === zoom);
    if (comparable.length === 0) return null;
    const { columns, rows, left, top } = mask;
    const theirs = new Float64Array(mask.data.length);
    for (const { mask: other } of comparable) {
      const [across, down] = [left - other.left, top - other.top];
      for (let y = Math.max(0, -down); y < Math.min(rows, other.rows - down); y++)
        for (let x = Math.max(0, -across); x < Math.min(columns, other.columns - across); x++)
          theirs[y * columns + x]! += other.data[(y + down) * other.columns + x + across]!;
    }
    const cells = new Uint8Array(theirs.length);
    for (let i = 0; i < cells.length; i++) if (theirs[i]! > 0.5 && theirs[i]! > mask.data[i]!) cells[i] = 1;
    return cells;
  }
}
