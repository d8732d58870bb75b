import type { RunView } from '../protocol';

/** One frame of a run, once its masks are in the document. */
export interface RunStep {
  readonly frame: number;
  readonly done: number;
  readonly total: number;
  readonly framesPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Pixels of each object that was computed on this frame, by object id; 0 where it is absent. */
  readonly areas: Readonly<Record<string, number>>;
}

/** A run that is over. */
export interface RunSummary {
  readonly id: string;
  /** Frames computed, and masks on them. */
  readonly frames: number;
  readonly masks: number;
  readonly seconds: number;
  readonly cancelled: boolean;
}

/**
 * A run, under way or waiting for its turn. `await run` waits for its end; `for await (const step of run)` follows it,
 * and leaving the loop stops the work behind it. What is done stays done. A run that is cancelled while it waits ends
 * at once, with no steps and `cancelled: true`.
 */
export class Run<S = RunStep, R = RunSummary> implements AsyncIterable<S>, PromiseLike<R> {
  readonly id: string;
  readonly #steps: S[] = [];
  readonly #abort = new AbortController();
  readonly #ended: Promise<R>;
  #over = false;
  #wake: (() => void)[] = [];

  /** `work` does the run: it reports each step and resolves with the summary. */
  constructor(id: string, work: (report: (step: S) => void, signal: AbortSignal) => Promise<R>) {
    this.id = id;
    this.#ended = work((step) => this.#report(step), this.#abort.signal).finally(() => {
      this.#over = true;
      this.#wakeAll();
    });
    // Whoever awaits the run hears of its failure; nobody has to.
    this.#ended.catch(() => undefined);
  }

  /** Stops after the frame in hand, or ends the waiting; what is done is kept. Resolves when the run has ended. */
  async cancel(): Promise<void> {
    this.#abort.abort();
    await this.#ended.catch(() => undefined);
  }

  // eslint would have a thenable be a promise; a run is both awaited and iterated, so it is a PromiseLike.
  then<A = R, B = never>(
    onfulfilled?: ((value: R) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#ended.then(onfulfilled, onrejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<S, void, undefined> {
    try {
      for (let next = 0; ;) {
        if (next < this.#steps.length) yield this.#steps[next++]!;
        else if (this.#over) {
          await this.#ended;
          return;
        } else await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
    } finally {
      if (!this.#over) await this.cancel();
    }
  }

  #report(step: S): void {
    this.#steps.push(step);
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    waiting.forEach((wake) => wake());
  }
}

/** Counts frames and foresees the end, from the pace of the frames so far. */
export class RunProgress {
  #total: number;
  readonly #now: () => number;
  readonly #began: number;
  #done = 0;

  /** `now` in milliseconds. */
  constructor(total: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#now = now;
    this.#began = now();
  }

  /** Frames that there are more to do than was foreseen; fewer where negative. */
  more(frames: number): void {
    this.#total += frames;
  }

  /** One frame more. */
  count(): Pick<RunView, 'done' | 'total' | 'framesPerSecond' | 'secondsLeft'> {
    this.#done++;
    const seconds = this.seconds();
    const framesPerSecond = seconds > 0 ? this.#done / seconds : null;
    const left = Math.max(0, this.#total - this.#done);
    return {
      done: this.#done,
      total: this.#total,
      framesPerSecond,
      secondsLeft: framesPerSecond === null ? null : left / framesPerSecond,
    };
  }

  seconds(): number {
    return (this.#now() - this.#began) / 1000;
  }
}
