import { VideoError } from '../../errors';
import { checkFrame } from './check-frame';
import type { Frame, FrameRange, FrameSource, OpenOptions, VideoInfo } from './frame-source';

/** A range of a source's frames, or every n-th of them, numbered anew from 0 (C3). */
export class SelectedFrames implements FrameSource {
  readonly info: VideoInfo;
  readonly #source: FrameSource;
  readonly #first: number;
  readonly #every: number;

  constructor(source: FrameSource, first: number, last: number, every: number) {
    const frameCount = Math.floor((last - first) / every) + 1;
    const { frameRate, duration } = source.info;
    this.info = {
      ...source.info,
      frameCount,
      frameRate: frameRate === null ? null : frameRate / every,
      duration: duration === null || frameRate === null ? null : (frameCount * every) / frameRate,
    };
    this.#source = source;
    this.#first = first;
    this.#every = every;
  }

  sourceIndex(index: number): number {
    return this.#source.sourceIndex(this.#first + index * this.#every);
  }

  frameName(index: number): string {
    return this.#source.frameName(this.#first + index * this.#every);
  }

  timeOf(index: number): number | null {
    return this.#source.timeOf(this.#first + index * this.#every);
  }

  async frameAt(index: number, signal?: AbortSignal): Promise<Frame> {
    checkFrame(this.info, index);
    const frame = await this.#source.frameAt(this.#first + index * this.#every, signal);
    return { ...frame, index };
  }

  async *frames(range: FrameRange, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    checkFrame(this.info, range.first);
    checkFrame(this.info, range.last);
    const first = this.#first + range.first * this.#every;
    const last = this.#first + range.last * this.#every;
    for await (const frame of this.#source.frames({ ...range, first, last }, signal)) {
      const offset = frame.index - this.#first;
      if (offset % this.#every === 0) yield { ...frame, index: offset / this.#every };
    }
  }

  dispose(): Promise<void> {
    return this.#source.dispose();
  }
}

/** Applies range and step. Throws a VideoError, with the source disposed of, where they do not fit. */
export async function selectFrames(source: FrameSource, options: OpenOptions): Promise<FrameSource> {
  const { name, frameCount } = source.info;
  const every = options.every ?? 1;
  const [first, last] = options.range ?? [0, frameCount - 1];
  let wrong = '';
  if (!Number.isInteger(every) || every < 1) wrong = `“every” is a whole number from 1, not ${every}.`;
  const whole = Number.isInteger(first) && Number.isInteger(last);
  if (!whole || first < 0 || last >= frameCount || first > last) {
    wrong = `“${name}” has frames 0 to ${frameCount - 1}; the range [${first}, ${last}] does not lie in them.`;
  }
  if (wrong !== '') {
    await source.dispose();
    throw new VideoError(wrong, { code: 'range' });
  }
  return every === 1 && first === 0 && last === frameCount - 1
    ? source
    : new SelectedFrames(source, first, last, every);
}
