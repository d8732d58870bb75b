import type { CanvasFrame } from './canvas-frame';
import type { Json } from './comm';
import { NotebookSession } from './notebook-session';

/**
 * A canvas to open things on: as the last expression of a cell it shows three ways in, the sample and the sessions
 * that were open before. What is opened, there or by {@link Canvas.open}, is the canvas's session.
 *
 * @example const canvas = await annotate();
 * canvas
 * // in the next cell: waits for the user to open something
 * const session = await canvas.session();
 */
export class Canvas {
  readonly #frame: CanvasFrame;

  constructor(frame: CanvasFrame) {
    this.#frame = frame;
    Object.defineProperty(this, Symbol.for('Jupyter.display'), {
      value: (): Record<string, Json> => frame.mimeBundle(),
    });
  }

  /** The session that is open on the canvas; null while none is. */
  get current(): NotebookSession | null {
    const session = this.#frame.showing?.session;
    return session instanceof NotebookSession ? session : null;
  }

  /**
   * The session that is open on the canvas; while none is, waits until the user opens one, and shows the canvas where
   * no cell has shown it yet.
   */
  session(): Promise<NotebookSession> {
    const { current } = this;
    if (current) return Promise.resolve(current);
    if (!this.#frame.displayed) this.#frame.display();
    return new Promise((resolve) => {
      const stop = this.#frame.onShown(() => {
        stop();
        resolve(this.current!);
      });
    });
  }

  /**
   * Opens a video, a folder of images, `sample:NAME` or a session on the canvas. What was on it is written down and
   * closed, once the other is open.
   *
   * @param path relative to the notebook's folder, or absolute
   * @param options `video`: where a session's video is now, when it is not where it was; `withoutVideo`: a session to
   *   look at and to export, without its video
   * @throws SessionError or VideoError: what is wrong with it; what was on the canvas stays
   */
  async open(
    path: string,
    options: { readonly video?: string; readonly withoutVideo?: boolean } = {},
  ): Promise<NotebookSession> {
    const { video, withoutVideo } = options;
    await this.#frame.open({
      kind: 'open',
      place: { typed: path },
      ...(video === undefined ? {} : { video: { typed: video } }),
      ...(withoutVideo === undefined ? {} : { withoutVideo }),
    });
    return this.current!;
  }

  /** Writes the session down and closes it; the canvas offers what there is to open. */
  async close(): Promise<void> {
    await this.current?.close();
  }

  /** Shows the canvas in the output of the cell that runs. */
  display(): void {
    this.#frame.display();
  }
}
