import type { BudgetHolder, MemoryBudget } from '../blocks';
import type { Shelf } from './embedding-shelf';
import type { Embedding, TrackingModel, Closeup } from './model-port';

/** How embeddings go to a shelf and come back. */
export interface Shelving {
  readonly shelf: Shelf;
  /** Begins every key of this cache on the shelf, which caches share. */
  readonly prefix: string;
  readonly model: Pick<TrackingModel, 'freeze' | 'thaw'>;
}

/** An embedding that is kept, and the closeup that it is of. */
interface Kept {
  readonly embedding: Embedding;
  readonly closeup: Closeup | null;
}

/**
 * Embeddings of one video by one model, computed once per frame and closeup and shared by all objects: in memory as far as the
 * budget reaches, the one used longest ago going first; then, those of whole frames, on the shelf, where there is one.
 */
export class EmbeddingCache implements BudgetHolder {
  readonly #budget: MemoryBudget;
  readonly #kept = new Map<string, Kept>();
  /** What is being encoded. */
  readonly #coming = new Map<string, Promise<Embedding>>();
  readonly #shelving: Shelving | null;

  constructor(budget: MemoryBudget, shelving: Shelving | null = null) {
    this.#budget = budget;
    this.#shelving = shelving;
    budget.join(this);
  }

  get size(): number {
    return this.#kept.size;
  }

  /** The embedding of a frame, or of a closeup of it, from the cache or from `encode`. */
  async of(
    frameIndex: number,
    encode: () => Promise<Embedding>,
    closeup: Closeup | null = null,
  ): Promise<Embedding> {
    const name = nameOf(frameIndex, closeup);
    const kept = this.#kept.get(name);
    if (kept) {
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return kept.embedding;
    }
    const coming = this.#coming.get(name);
    // What another asked for may be given up by them, and is asked for again then.
    if (coming) return (await coming.catch(() => null)) ?? this.of(frameIndex, encode, closeup);
    const found = this.#find(frameIndex, encode, closeup);
    this.#coming.set(name, found);
    try {
      return await found;
    } finally {
      if (this.#coming.get(name) === found) this.#coming.delete(name);
    }
  }

  async #find(
    frameIndex: number,
    encode: () => Promise<Embedding>,
    closeup: Closeup | null,
  ): Promise<Embedding> {
    const name = nameOf(frameIndex, closeup);
    const embedding = (closeup ? null : await this.#fromShelf(frameIndex)) ?? (await encode());
    if (this.#kept.has(name)) return embedding;
    if (this.#budget.take(embedding.bytes)) this.#kept.set(name, { embedding, closeup });
    else this.#shelve({ embedding, closeup });
    return embedding;
  }

  /** True when the whole frame need not be encoded. */
  has(frameIndex: number): boolean {
    return (
      this.#kept.has(nameOf(frameIndex, null)) || (this.#shelving?.shelf.has(this.#key(frameIndex)) ?? false)
    );
  }

  evict(): boolean {
    const oldest = this.#kept.entries().next();
    if (oldest.done === true) return false;
    const [name, kept] = oldest.value;
    this.#kept.delete(name);
    this.#budget.give(kept.embedding.bytes);
    this.#shelve(kept);
    return true;
  }

  /** Forgets everything, in memory and on the shelf. */
  clear(frameCount: number): void {
    for (const { embedding } of this.#kept.values()) this.#budget.give(embedding.bytes);
    this.#kept.clear();
    this.#coming.clear();
    for (let frame = 0; frame < frameCount; frame++) this.#shelving?.shelf.drop(this.#key(frame));
  }

  async #fromShelf(frameIndex: number): Promise<Embedding | null> {
    const { shelf, model } = this.#shelving ?? {};
    if (!shelf || !model?.thaw) return null;
    const bytes = await shelf.get(this.#key(frameIndex));
    return bytes && model.thaw(frameIndex, bytes);
  }

  #shelve({ embedding, closeup }: Kept): void {
    const { shelf, model } = this.#shelving ?? {};
    if (!closeup && shelf && model?.freeze)
      shelf.put(this.#key(embedding.frameIndex), model.freeze(embedding));
  }

  #key(frameIndex: number): string {
    return `${this.#shelving?.prefix} ${frameIndex}`;
  }
}

function nameOf(frameIndex: number, closeup: Closeup | null): string {
  return closeup ? `${frameIndex} ${closeup.key}` : `${frameIndex}`;
}
