import type { Unsubscribe } from './kernel-link';

/** Listeners of one kind of event. A listener may take itself off while it is called. */
export class SignalOf<T> {
  readonly #listeners = new Set<(value: T) => void>();

  subscribe(listener: (value: T) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
