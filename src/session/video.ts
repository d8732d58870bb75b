import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { VideoFacts } from '../annotation';
import type { OpenedVideo, VideoRef, WirePicture } from '../engine/host';
import type { Frame, FrameSource, OpenOptions, VideoInfo } from '../engine/video';
import { checkFrame } from '../engine/video';
import { VideoError } from '../errors';
import type { EnginePair } from './engine-pair';

/** Frames from `first` to `last`, both included. */
export type FrameSpan = readonly [first: number, last: number];

/** A video, image folder or stack of arrays that is open. Pictures are decoded when they are asked for. */
export class Video {
  readonly info: VideoInfo;
  /** How requests to the engine name it. */
  readonly ref: VideoRef;
  readonly engines: EnginePair;
  readonly #opened: OpenedVideo;
  readonly #release: () => void;

  constructor(
    opened: OpenedVideo,
    ref: VideoRef,
    engines: EnginePair,
    release: () => void = () => undefined,
  ) {
    this.info = opened.info;
    this.ref = ref;
    this.engines = engines;
    this.#opened = opened;
    this.#release = release;
  }

  get name(): string {
    return this.info.name;
  }

  /** Width in stored pixels. */
  get width(): number {
    return this.info.width;
  }

  /** Height in stored pixels. */
  get height(): number {
    return this.info.height;
  }

  get frameCount(): number {
    return this.info.frameCount;
  }

  /** What an annotation document needs to know. */
  get facts(): VideoFacts {
    const { name, width, height, frameCount } = this.info;
    return { name, width, height, frameCount };
  }

  /** Seconds from the first frame, or null where the source has no time. */
  timeOf(frame: number): number | null {
    this.checkFrame(frame);
    return this.#opened.times?.[frame] ?? null;
  }

  /** The number this frame has in the file itself; differs under `range` and `every`. */
  sourceIndex(frame: number): number {
    this.checkFrame(frame);
    return this.#opened.sourceIndexes[frame]!;
  }

  /** The name an exported picture of this frame takes, without extension. */
  frameName(frame: number): string {
    this.checkFrame(frame);
    return this.#opened.names?.[frame] ?? String(this.#opened.sourceIndexes[frame]!).padStart(5, '0');
  }

  /** One frame as uint8[height, width, 3]. Rejects with a VideoError for a frame that is not there. */
  frameAt(frame: number): Promise<Frame> {
    this.checkFrame(frame);
    return this.engines.pictures.call('frame', { video: this.ref, frame });
  }

  /** One frame as a JPEG of at most `maxWidth` pixels across. */
  picture(frame: number, maxWidth: number): Promise<WirePicture> {
    this.checkFrame(frame);
    return this.engines.pictures.call('picture', { video: this.ref, frame, maxWidth });
  }

  /** Throws a VideoError when there is no such frame. */
  checkFrame(frame: number): void {
    checkFrame(this.info, frame);
  }

  /** A span inside the video; the whole of it where nothing is said. Throws a VideoError for any other. */
  span(range: FrameSpan | undefined): FrameSpan {
    const [first, last] = range ?? [0, this.frameCount - 1];
    this.checkFrame(first);
    this.checkFrame(last);
    if (first <= last) return [first, last];
    throw new VideoError(`A range is [first, last] with first ≤ last, not [${first}, ${last}].`, {
      first,
      last,
    });
  }

  /** Lets go of what the engines keep of it. */
  async dispose(): Promise<void> {
    this.#release();
    const { pictures, model } = this.engines;
    const open = [pictures, model].filter((engine) => engine.pid !== null);
    await Promise.all(open.map((engine) => engine.call('close', { video: this.ref })));
  }
}

/** Opens a file, an image folder or `sample:NAME`. Rejects with a VideoError that says what is wrong with it. */
export async function openVideoPath(path: string, options: OpenOptions, engines: EnginePair): Promise<Video> {
  const where = path.startsWith('sample:') ? path : resolve(path);
  const ref: VideoRef = { kind: 'path', path: where, options };
  return new Video(await engines.pictures.call('open', { video: ref }), ref, engines);
}

/** Opens frames given as arrays; `source` stays here and is asked frame by frame. */
export function openVideoArrays(source: FrameSource, engines: EnginePair): Video {
  const { info } = source;
  const key = randomUUID();
  const ref: VideoRef = { kind: 'arrays', key, info };
  const serve = (index: number): Promise<Frame> => source.frameAt(index);
  const stops = [engines.pictures, engines.model].map((engine) => engine.serveArrays(key, serve));
  const opened: OpenedVideo = {
    info,
    times: null,
    sourceIndexes: Int32Array.from({ length: info.frameCount }, (_, i) => source.sourceIndex(i)),
    names: null,
  };
  return new Video(opened, ref, engines, () => stops.forEach((stop) => stop()));
}
