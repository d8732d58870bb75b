import { VideoError } from '../../errors';
import type { Frame, FrameRange, FrameSource, VideoInfo } from '../video';

/** Fetches one frame from the client. */
export type FetchFrame = (index: number) => Promise<Frame>;

/** Frames that lie in the client as arrays: fetched one by one, never all at once. */
export class ArrayFrames implements FrameSource {
  readonly info: VideoInfo;
  readonly #fetch: FetchFrame;

  constructor(info: VideoInfo, fetch: FetchFrame) {
    this.info = info;
    this.#fetch = fetch;
  }

  sourceIndex(index: number): number {
    return index;
  }

  frameName(index: number): string {
    return String(index).padStart(5, '0');
  }

  timeOf(index: number): number | null {
    return this.info.frameRate === null ? null : index / this.info.frameRate;
  }

  async frameAt(index: number): Promise<Frame> {
    if (!Number.isInteger(index) || index < 0 || index >= this.info.frameCount) {
      throw new VideoError(
        `There is no frame ${index}: “${this.info.name}” has frames 0 to ${this.info.frameCount - 1}.`,
        { index },
      );
    }
    return this.#fetch(index);
  }

  async *frames(range: FrameRange, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    const count = range.last - range.first + 1;
    for (let i = 0; i < count; i++) {
      if (signal?.aborted) return;
      yield await this.frameAt(range.reverse ? range.last - i : range.first + i);
    }
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
