import type { BudgetHolder, MemoryBudget } from '../blocks';
import type { Embedding } from './model-port';

/**
 * Embeddings of one video by one model, computed once per frame and shared by all objects, as far as the
 * budget reaches; the one used longest ago goes first.
 */
export class EmbeddingCache implements BudgetHolder {
  readonly #budget: MemoryBudget;
  readonly #kept = new Map<number, Embedding>();

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
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
    const embedding = await encode();
    if (!this.#kept.has(frameIndex) && this.#budget.take(embedding.bytes))
      this.#kept.set(frameIndex, embedding);
    return embedding;
  }

  has(frameIndex: number): boolean {
    return this.#kept.has(frameIndex);
  }

  evict(): boolean {
    const oldest = this.#kept.entries().next();
    if (oldest.done === true) return false;
    const [frameIndex, embedding] = oldest.value;
    this.#kept.delete(frameIndex);
    this.#budget.give(embedding.bytes);
    return true;
  }

  clear(): void {
    while (this.evict());
  }
}
