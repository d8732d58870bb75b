import type { ResourcesView } from '../../protocol';
import type { RequestSender } from '../link';

/** What watching needs of the canvas. */
export interface ResourcePort {
  readonly request: RequestSender;
  /** False where nobody can answer, or nobody looks: a kernel that is gone, a page in the background. */
  watchable(): boolean;
  changed(): void;
}

/** From an answer to the next question, in milliseconds. */
const rest = 1000;
/** Samples that are remembered: about a minute. */
const remembered = 60;

/** Asks the kernel what the work takes, about once a second, for as long as somebody looks. Else it asks nothing. */
export class ResourceWatch {
  readonly #port: ResourcePort;
  #latest: ResourcesView | null = null;
  #rates: readonly (number | null)[] = [];
  #on = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asking = false;

  constructor(port: ResourcePort) {
    this.#port = port;
  }

  /** The figures that came last; null until the first have come since somebody began to look. */
  get latest(): ResourcesView | null {
    return this.#latest;
  }

  /** Frames per second of a run at each sample of the last minute, the latest last; null where nothing ran. */
  get rates(): readonly (number | null)[] {
    return this.#rates;
  }

  /** Somebody looks, or no longer does. */
  set watching(on: boolean) {
    if (on === this.#on) return;
    this.#on = on;
    this.#stop();
    if (on) void this.#ask();
    else {
      this.#latest = null;
      this.#rates = [];
    }
    this.#port.changed();
  }

  get watching(): boolean {
    return this.#on;
  }

  dispose(): void {
    this.#on = false;
    this.#stop();
  }

  async #ask(): Promise<void> {
    if (this.#port.watchable() && !this.#asking) {
      this.#asking = true;
      try {
        const { value } = await this.#port.request({ kind: 'resources' });
        if (this.#on) this.#take(value);
      } catch {
        // A kernel that does not answer has a strip of its own; the figures are not known meanwhile.
        this.#latest = null;
      }
      this.#asking = false;
    }
    if (this.#on && !this.#timer) this.#timer = setTimeout(() => this.#again(), rest);
    if (this.#on) this.#port.changed();
  }

  #take(view: ResourcesView): void {
    this.#latest = view;
    this.#rates = [...this.#rates, view.run?.framesPerSecond ?? null].slice(-remembered);
  }

  #again(): void {
    this.#timer = null;
    void this.#ask();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
