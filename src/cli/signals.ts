import { constants } from 'node:os';

type Ending = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
const endings: readonly Ending[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Hears of signals that ask this process to end (a terminal's Ctrl+C, a cluster's time limit), so that it ends well. */
export class Signals {
  readonly #hear: (signal: NodeJS.Signals) => void;
  #seen: Ending | null = null;

  /** `ask` is called once, at the first of them. A second one ends the process as ever. */
  constructor(ask: () => void) {
    this.#hear = (signal): void => {
      this.dispose();
      this.#seen = signal as Ending;
      ask();
    };
    endings.forEach((one) => process.on(one, this.#hear));
  }

  /** The one that came; null while none has. */
  get seen(): Ending | null {
    return this.#seen;
  }

  /** What shells say of a process that a signal ended: 128 and its number. */
  get exitCode(): number {
    return this.#seen === null ? 0 : 128 + constants.signals[this.#seen];
  }

  dispose(): void {
    endings.forEach((one) => process.removeListener(one, this.#hear));
  }
}
