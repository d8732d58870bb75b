import type { RunView } from '../../protocol';

/** Says a run's progress to those who cannot see it: every tenth, and its end. */
export class Announcer {
  #run: RunView | null = null;
  #words = '';

  /** What a live region says now. */
  get words(): string {
    return this.#words;
  }

  /** Call with the run of each new state. */
  follow(run: RunView | null): void {
    const before = this.#run;
    this.#run = run;
    if (!run) {
      if (before) this.#words = `Propagation ended after ${before.done} of ${before.total} frames.`;
      return;
    }
    if (run.id !== before?.id) this.#words = `Propagation over ${run.total} frames started.`;
    else if (tenth(run) !== tenth(before)) this.#words = `${tenth(run) * 10} percent propagated.`;
  }
}

function tenth(run: RunView): number {
  return run.total === 0 ? 0 : Math.floor((run.done / run.total) * 10);
}
