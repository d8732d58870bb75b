/** Something that holds bytes and can let the least needed of them go. */
export interface BudgetHolder {
  /** Lets go of the entry used longest ago; false when there is nothing left to let go. */
  evict(): boolean;
}

/**
 * The one place that counts the bytes of caches. A holder asks before it keeps something; over the limit the
 * budget makes holders let go. What cannot fit is not kept: the caller goes on without a cache.
 */
export class MemoryBudget {
  #limit: number;
  #used = 0;
  readonly #holders: BudgetHolder[] = [];

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that may be held. */
  get limit(): number {
    return this.#limit;
  }

  /** Another limit from now on: what is over it is let go. */
  set limit(bytes: number) {
    this.#limit = bytes;
    while (this.#used > bytes && this.#holders.some((holder) => holder.evict()));
  }

  /** Bytes held now. */
  get used(): number {
    return this.#used;
  }

  join(holder: BudgetHolder): void {
    this.#holders.push(holder);
  }

  /** Takes `bytes`, making room where needed. False when they do not fit at all. */
  take(bytes: number): boolean {
    if (bytes > this.#limit) return false;
    while (this.#used + bytes > this.#limit) {
      if (!this.#holders.some((holder) => holder.evict())) return false;
    }
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used = Math.max(0, this.#used - bytes);
  }
}
