import { SessionError } from '../errors';
import type { WaitingRun } from '../protocol';
import { Run } from './run';

/** What becomes of a run that is asked for while another is under way: it waits, takes its place, or is refused. */
export type WhenBusy = 'wait' | 'replace' | 'refuse';

/** Work that takes its turn. `S`: what it reports as it goes; `R`: what it comes to. */
export interface RunJob<S, R> {
  /** As the queue shows it while it waits. */
  readonly wanted: WaitingRun;
  /** Does it, once its turn has come; what it needs of the document it reads here. Ends soon after `signal` aborts. */
  begin(report: (step: S) => void, signal: AbortSignal): Promise<R>;
  /** What it comes to when it is given up before its turn. */
  notBegun(): R;
}

/** What a queue tells. */
export interface RunQueueParts {
  /** Other runs wait than before. */
  changed(): void;
  /** One failed; the next begins in any case. `left`: how many wait. */
  failed(error: unknown, left: number): void;
}

interface Entry {
  readonly wanted: WaitingRun;
  cancel(): Promise<void>;
  /** Ends its waiting: its turn has come, or it was given up. */
  settle(begins: boolean): void;
}

/** One run at a time, in the order in which they were asked for. A run that fails does not take the others with it. */
export class RunQueue {
  readonly #parts: RunQueueParts;
  #current: Entry | null = null;
  #waiting: readonly Entry[] = [];
  #holds = 0;
  #told = '[]';

  constructor(parts: RunQueueParts) {
    this.#parts = parts;
  }

  /** True while a run is under way or waits. */
  get busy(): boolean {
    return this.#current !== null || this.#waiting.length > 0;
  }

  /** The run under way; null while there is none. */
  get current(): WaitingRun | null {
    return this.#current?.wanted ?? null;
  }

  /** The runs that wait, the next first. */
  get waiting(): readonly WaitingRun[] {
    return this.#waiting.map((one) => one.wanted);
  }

  /** Takes a job in. The run that it answers with may be followed, awaited and cancelled at once, also while it waits. */
  add<S, R>(job: RunJob<S, R>, when: WhenBusy = 'wait'): Run<S, R> {
    const { id } = job.wanted;
    const ahead = this.#current ?? this.#waiting[0];
    if (ahead && when === 'refuse') {
      const error = refusal(ahead.wanted.id);
      return new Run<S, R>(id, () => Promise.reject(error));
    }
    let settle!: (begins: boolean) => void;
    const turn = new Promise<boolean>((resolve) => (settle = resolve));
    const run: Run<S, R> = new Run<S, R>(id, async (report, signal) => {
      signal.addEventListener('abort', () => this.#giveUp(entry), { once: true });
      if (!(await turn)) return job.notBegun();
      return this.#do(job, report, signal);
    });
    const entry: Entry = { wanted: job.wanted, cancel: () => run.cancel(), settle };
    this.#waiting = when === 'replace' ? [entry, ...this.#waiting] : [...this.#waiting, entry];
    if (when === 'replace') void this.#current?.cancel();
    this.#next();
    return run;
  }

  /** Ends the run under way; what is done is kept, and the next begins. Resolves when it has ended. */
  async cancelCurrent(): Promise<void> {
    await this.#current?.cancel();
  }

  /** Gives up what waits and ends the run under way. */
  async cancelAll(): Promise<void> {
    await Promise.all(
      [...this.#waiting, ...(this.#current ? [this.#current] : [])].map((one) => one.cancel()),
    );
  }

  /** Ends the run of this name, or takes it out of the queue. Rejects with a SessionError where there is none. */
  async cancel(id: string): Promise<void> {
    await this.#find(id).cancel();
  }

  /** Lets a run that waits begin now, in the place of the one under way; what that has done is kept. */
  async startNow(id: string): Promise<void> {
    const entry = this.#find(id);
    if (entry === this.#current) return;
    this.#waiting = [entry, ...this.#waiting.filter((one) => one !== entry)];
    this.#tell();
    await this.#current?.cancel();
  }

  /** Nothing begins while `work` goes on. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#holds++;
    try {
      return await work();
    } finally {
      this.#holds--;
      this.#next();
    }
  }

  async #do<S, R>(job: RunJob<S, R>, report: (step: S) => void, signal: AbortSignal): Promise<R> {
    try {
      return await job.begin(report, signal);
    } catch (error) {
      this.#parts.failed(error, this.#waiting.length);
      throw error;
    } finally {
      this.#current = null;
      this.#next();
    }
  }

  #next(): void {
    if (!this.#current && this.#holds === 0 && this.#waiting.length > 0) {
      const [next, ...rest] = this.#waiting;
      this.#waiting = rest;
      this.#current = next!;
      next!.settle(true);
    }
    this.#tell();
  }

  #giveUp(entry: Entry): void {
    if (!this.#waiting.includes(entry)) return;
    this.#waiting = this.#waiting.filter((one) => one !== entry);
    entry.settle(false);
    this.#tell();
  }

  #tell(): void {
    const now = JSON.stringify(this.#waiting.map((one) => one.wanted.id));
    if (now === this.#told) return;
    this.#told = now;
    this.#parts.changed();
  }

  #find(id: string): Entry {
    const all = this.#current ? [this.#current, ...this.#waiting] : this.#waiting;
    const found = all.find((one) => one.wanted.id === id);
    if (found) return found;
    const there = all.map((one) => one.wanted.id).join(', ');
    throw new SessionError(
      `There is no run “${id}” under way or waiting${there === '' ? '' : `; there are: ${there}`}. Nothing was changed.`,
    );
  }
}

function refusal(current: string): SessionError {
  return new SessionError(
    `A run is under way (${current}), and this one was not to wait for it. That goes on; nothing else was computed.`,
  );
}
