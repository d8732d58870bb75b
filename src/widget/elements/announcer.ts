import type { RunView } from '../../protocol';

/** What is told of the review: alarms in all, and frames that were not looked at yet. */
export interface Reviewed {
  readonly alarms: number;
  readonly pending: number;
}

/**
 * Says a run's progress to those who cannot see it: every tenth, its end, that another waits, and new alarms: with the
 * next tenth or the end while a run goes on, else as soon as every mask was looked at.
 */
export class Announcer {
  #run: RunView | null = null;
  #waiting = 0;
  /** Alarms that were spoken of; null until all that was there at first was looked at. */
  #alarms: number | null = null;
  #words = '';

  /** What a live region says now. */
  get words(): string {
    return this.#words;
  }

  /** Call with the run of each new state, how many wait, and what is to review. */
  follow(run: RunView | null, waiting: number = 0, reviewed: Reviewed = { alarms: 0, pending: 0 }): void {
    const [before, waited] = [this.#run, this.#waiting];
    this.#run = run;
    this.#waiting = waiting;
    if (this.#alarms === null && reviewed.pending === 0) this.#alarms = reviewed.alarms;
    const said = this.#ofRun(run, before, waiting > waited);
    const alarms = said !== '' || (!run && reviewed.pending === 0) ? this.#newAlarms(reviewed.alarms) : '';
    if (said !== '' || alarms !== '') this.#words = [said, alarms].filter(Boolean).join(' ');
  }

  #ofRun(run: RunView | null, before: RunView | null, more: boolean): string {
    if (run?.id !== before?.id) {
      const ended = before ? `${nameOf(before)} ended after ${before.done} of ${before.total} frames.` : '';
      const began = run ? `${nameOf(run)} over ${run.total} frames started.` : '';
      return [ended, began].filter(Boolean).join(' ');
    }
    if (!run || !before) return '';
    if (more) return this.#waiting === 1 ? 'A run waits.' : `${this.#waiting} runs wait.`;
    return tenth(run) === tenth(before)
      ? ''
      : `${tenth(run) * 10} percent ${run.checks ? 'checked' : 'propagated'}.`;
  }

  #newAlarms(alarms: number): string {
    if (this.#alarms === null) return '';
    const more = alarms - this.#alarms;
    this.#alarms = alarms;
    return more <= 0 ? '' : more === 1 ? 'A new alarm to review.' : `${more} new alarms to review.`;
  }
}

function nameOf({ checks }: RunView): string {
  return checks ? 'Check' : 'Propagation';
}

function tenth(run: RunView): number {
  return run.total === 0 ? 0 : Math.floor((run.done / run.total) * 10);
}
