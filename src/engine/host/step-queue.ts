import type { WireStep } from './wire';

/** Steps that arrive by message, read as an async iterator by one reader. */
export class StepQueue implements AsyncIterable<WireStep> {
  readonly #steps: WireStep[] = [];
  #error: Error | null = null;
  #ended = false;
  #wake: (() => void) | null = null;

  /** True when nothing more will come. */
  get ended(): boolean {
    return this.#ended;
  }

  push(step: WireStep): void {
    this.#steps.push(step);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** What came before the error is still read first. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#error = error;
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WireStep, void, undefined> {
    for (;;) {
      const step = this.#steps.shift();
      if (step) yield step;
      else if (this.#error) throw this.#error;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
