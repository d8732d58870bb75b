/** Frames that are to be looked at, taken from the front on. */
export class StaleFrames {
  readonly #flags: Uint8Array;
  #size = 0;

  constructor(frameCount: number) {
    this.#flags = new Uint8Array(frameCount);
  }

  get size(): number {
    return this.#size;
  }

  has(frame: number): boolean {
    return this.#flags[frame] === 1;
  }

  /** Adds the frames from `first` to `last`, as far as they are in the video. */
  add(first: number, last: number): void {
    for (let frame = Math.max(0, first); frame <= last && frame < this.#flags.length; frame++) {
      if (this.#flags[frame] === 1) continue;
      this.#flags[frame] = 1;
      this.#size++;
    }
  }

  /** Takes the next frame from `from` on, else the first there is; null where there is none. */
  take(from: number): number | null {
    if (this.#size === 0) return null;
    const next = this.#flags.indexOf(1, from);
    const frame = next >= 0 ? next : this.#flags.indexOf(1);
    this.#flags[frame] = 0;
    this.#size--;
    return frame;
  }
}
