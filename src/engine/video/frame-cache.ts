import type { Frame } from './frame-source';

/** Pictures decoded lately, within a number of bytes; the one used longest ago goes first. */
export class FrameCache {
  readonly #limit: number;
  readonly #frames = new Map<number, Frame>();
  #bytes = 0;

  /** `limit` in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(index: number): Frame | undefined {
    const frame = this.#frames.get(index);
    if (frame) {
      this.#frames.delete(index);
      this.#frames.set(index, frame);
    }
    return frame;
  }

  put(frame: Frame): void {
    if (this.#frames.has(frame.index) || frame.data.length > this.#limit) return;
    this.#frames.set(frame.index, frame);
    this.#bytes += frame.data.length;
    for (const [index, oldest] of this.#frames) {
      if (this.#bytes <= this.#limit) return;
      this.#frames.delete(index);
      this.#bytes -= oldest.data.length;
    }
  }
}
