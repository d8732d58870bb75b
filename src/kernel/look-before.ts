import type { PlaceView } from '../protocol';
import type { Session } from '../session';

/** A user who has been on a frame for so many milliseconds stays there. */
const staying = 300;

/** What is known of where the user is. */
export interface LookBeforePort {
  readonly session: Pick<Session, 'lookBefore' | 'readOnly' | 'running'>;
  place(): PlaceView;
}

/**
 * Has the frame that the user stays on looked at before it is clicked: most of what a first click waits for. One frame at a time, the latest
 * wins; while a run goes on the model is its.
 */
export class LookBefore {
  readonly #port: LookBeforePort;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #disposed = false;

  constructor(port: LookBeforePort) {
    this.#port = port;
  }

  /** The user moved, or the model got free. */
  touch(): void {
    clearTimeout(this.#timer);
    if (this.#disposed) return;
    this.#timer = setTimeout(() => void this.#look(), staying);
    this.#timer.unref();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { session } = this.#port;
    if (session.running || session.readOnly !== null) return;
    if (this.#looking) return this.touch();
    const { objectId, frame } = this.#port.place();
    this.#looking = true;
    // What is wrong a click there will say.
    await session.lookBefore(objectId, frame).catch(() => undefined);
    this.#looking = false;
  }
}
