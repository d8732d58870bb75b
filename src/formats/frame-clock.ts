import type { ExportInput } from './format';

/** When frames begin and how long they last; null where the source has no time. */
export class FrameClock {
  readonly #input: Pick<ExportInput, 'timeOf' | 'video'>;

  constructor(input: Pick<ExportInput, 'timeOf' | 'video'>) {
    this.#input = input;
  }

  /** Seconds from the first frame to a frame. */
  start(frame: number): number | null {
    return this.#input.timeOf(frame);
  }

  /** The second at which the next frame takes a frame's place; the last frame lasts as long as the one before it. */
  end(frame: number): number | null {
    const start = this.#input.timeOf(frame);
    if (start === null) return null;
    if (frame + 1 < this.#input.video.frameCount) return this.#input.timeOf(frame + 1);
    const before = frame > 0 ? this.#input.timeOf(frame - 1) : null;
    return before === null ? start : start + (start - before);
  }

  /** When a stretch of frames begins and ends, and how long it is, in seconds to the microsecond. */
  span(first: number, last: number): Record<'start' | 'end' | 'seconds', number | null> {
    const [start, end] = [this.start(first), this.end(last)];
    const seconds = start === null || end === null ? null : end - start;
    return { start: toMicroseconds(start), end: toMicroseconds(end), seconds: toMicroseconds(seconds) };
  }
}

/** To the microsecond, so that 0.3 is not 0.30000000000000004. */
export function toMicroseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1e6) / 1e6;
}
