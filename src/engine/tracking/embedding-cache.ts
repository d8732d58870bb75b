import type { BudgetHolder, MemoryBudget } from '../blocks';
import type { Shelf } from './embedding-shelf';
import type { Embedding, TrackingModel } from './model-port';

/** How embeddings go to a shelf and come back. */
export interface Shelving {
  readonly shelf: Shelf;
  /** Begins every key of this cache on the shelf, which caches share. */
  readonly prefix: string;
  readonly model: Pick<TrackingModel, 'freeze' | 'thaw'>;
}

/**
 * Embeddings of one video by one model, computed once per frame and shared by all objects: in memory as far as the
 * budget reaches, the one used longest ago going first; then on the shelf, where there is one.
 */
export class EmbeddingCache implements BudgetHolder {
  readonly #budget: MemoryBudget;
  readonly #kept = new Map<number, Embedding>();
  readonly #shelving: Shelving | null;

  constructor(budget: MemoryBudget, shelving: Shelving | null = null) {
    this.#budget = budget;
    this.#shelving = shelving;
    budget.join(this);
  }

  get size(): number {
    return this.#kept.size;
  }

  /** The embedding of a frame, from the cache or from `encode`. */
  async of(frameIndex: number, encode: () => Promise<Embedding>): Promise<Embedding> {
    const kept = this.#kept.get(frameIndex);
    if (kept) {
      this.#kept.delete(frameIndex);
      this.#kept.set(frameIndex, kept);
      return kept;
    }
    const embedding = (await this.#fromShelf(frameIndex)) ?? (await encode());
    if (this.#kept.has(frameIndex)) return embedding;
    if (this.#budget.take(embedding.bytes)) this.#kept.set(frameIndex, embedding);
    else this.#shelve(embedding);
    return embedding;
  }

  /** True when the frame need not be encoded. */
  has(frameIndex: number): boolean {
    return this.#kept.has(frameIndex) || (this.#shelving?.shelf.has(this.#key(frameIndex)) ?? false);
  }

  evict(): boolean {
    const oldest = this.#kept.entries().next();
    if (oldest.done === true) return false;
    const [frameIndex, embedding] = oldest.value;
    this.#kept.delete(frameIndex);
    this.#budget.give(embedding.bytes);
    this.#shelve(embedding);
    return true;
  }

  /** Forgets everything, in memory and on the shelf. */
  clear(frameCount: number): void {
    for (const embedding of this.#kept.values()) this.#budget.give(embedding.bytes);
    this.#kept.clear();
    for (let frame = 0; frame < frameCount; frame++) this.#shelving?.shelf.drop(this.#key(frame));
  }

  async #fromShelf(frameIndex: number): Promise<Embedding | null> {
    const { shelf, model } = this.#shelving ?? {};
    if (!shelf || !model?.thaw) return null;
    const bytes = await shelf.get(this.#key(frameIndex));
    return bytes && model.thaw(frameIndex, bytes);
  }

  #shelve(embedding: Embedding): void {
    const { shelf, model } = this.#shelving ?? {};
    if (shelf && model?.freeze) shelf.put(this.#key(embedding.frameIndex), model.freeze(embedding));
  }

  #key(frameIndex: number): string {
    return `${this.#shelving?.prefix} ${frameIndex}`;
  }
}
