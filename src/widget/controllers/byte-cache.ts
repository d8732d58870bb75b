/** Something with a size that can be let go. */
export interface CacheEntry {
  readonly bytes: number;
  dispose(): void;
}

/** The entries used last, within a budget of bytes. What is put out is disposed of. */
export class ByteCache<K, V extends CacheEntry> {
  readonly #budget: number;
  readonly #entries = new Map<K, V>();
  #bytes = 0;

  /** `budget` in bytes. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entry, which counts as used now. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  /** The entry, left where it is in the order. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Puts an entry in place of the one there; `kept` keys are not put out, whatever the budget. */
  set(key: K, entry: V, kept: readonly K[] = []): void {
    this.delete(key);
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#budget) return;
      if (oldest !== key && !kept.includes(oldest)) this.delete(oldest);
    }
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    entry.dispose();
  }

  keys(): K[] {
    return [...this.#entries.keys()];
  }

  clear(): void {
    for (const key of this.keys()) this.delete(key);
  }
}
