import type { RunView } from '../../protocol';

/** Says a run's progress to those who cannot see it: every tenth, its end, and that another waits. */
export class Announcer {
  #run: RunView | null = null;
  #waiting = 0;
  #words = '';

  /** What a live region says now. */
  get words(): string {
    return this.#words;
  }

  /** Call with the run of each new state, and how many wait. */
  follow(run: RunView | null, waiting: number = 0): void {
    const [before, waited] = [this.#run, this.#waiting];
    this.#run = run;
    this.#waiting = waiting;
    if (run?.id !== before?.id) {
      const ended = before ? `${nameOf(before)} ended after ${before.done} of ${before.total} frames.` : '';
      const began = run ? `${nameOf(run)} over ${run.total} frames started.` : '';
      this.#words = [ended, began].filter(Boolean).join(' ');
    } else if (!run || !before) return;
    else if (waiting > waited) this.#words = waiting === 1 ? 'A run waits.' : `${waiting} runs wait.`;
    else if (tenth(run) !== tenth(before))
      this.#words = `${tenth(run) * 10} percent ${run.checks ? 'checked' : 'propagated'}.`;
  }
}

function nameOf({ checks }: RunView): string {
  return checks ? 'Check' : 'Propagation';
}

function tenth(run: RunView): number {
  return run.total === 0 ? 0 : Math.floor((run.done / run.total) * 10);
}
