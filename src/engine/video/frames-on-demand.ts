import { checkFrame } from './check-frame';
import type { Frame, FrameRange, FrameSource, VideoInfo } from './frame-source';

/** A source whose frames come from a function, one by one, in any order: arrays here or in another process. */
export class FramesOnDemand implements FrameSource {
  readonly info: VideoInfo;
  readonly #read: (index: number) => Promise<Frame>;

  /** `read` is only asked for frames that are there. */
  constructor(info: VideoInfo, read: (index: number) => Promise<Frame>) {
    this.info = info;
    this.#read = read;
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
    checkFrame(this.info, index);
    return this.#read(index);
  }

  async *frames(range: FrameRange, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    checkFrame(this.info, range.first);
    checkFrame(this.info, range.last);
    const count = range.last - range.first + 1;
    for (let i = 0; i < count && !signal?.aborted; i++) {
      yield await this.#read(range.reverse ? range.last - i : range.first + i);
    }
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
