/** What is known of a video once it is open. */
export interface VideoInfo {
  /** The name people see: the file's or folder's own name, without extension. */
  readonly name: string;
  /** Where it comes from: an absolute path, or null for frames given as arrays. */
  readonly path: string | null;
  /** Stored pixels after rotation; masks and coordinates are in these. */
  readonly width: number;
  readonly height: number;
  /** Width of a pixel divided by its height; 1 for square pixels. Only drawing uses it. */
  readonly pixelAspect: number;
  /** The number of frames that this source has: after range and step. */
  readonly frameCount: number;
  /** Frames of this source per second of playing time (mean over the whole); null for image folders and arrays. */
  readonly frameRate: number | null;
  /** Playing time of the source in seconds; null where there is none. */
  readonly duration: number | null;
}

/** One picture. */
export interface Frame {
  /** 0-based place in its {@link FrameSource}. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** uint8[height, width, 3]: red, green, blue, row by row. */
  readonly data: Uint8Array;
}

/** Which frames to stream, ends inclusive, and which way. `first > last` never occurs; `reverse` goes from last to first. */
export interface FrameRange {
  readonly first: number;
  readonly last: number;
  readonly reverse?: boolean;
}

/**
 * Pictures by number. Frame n is the same picture at every call and whatever was asked before it.
 * Errors are VideoError sentences. Whoever opened a source disposes of it.
 */
export interface FrameSource {
  readonly info: VideoInfo;
  /** The number that frame `index` has in the file itself (differs under range and step). 0-based. */
  sourceIndex(index: number): number;
  /** The name an exported picture of this frame takes: five digits, or an image folder's own stem. */
  frameName(index: number): string;
  /** Presentation time of a frame in seconds from the first; null for image folders and arrays. */
  timeOf(index: number): number | null;
  /** One frame. Rejects with VideoError when `index` is not a whole number in 0..frameCount-1. */
  frameAt(index: number, signal?: AbortSignal): Promise<Frame>;
  /** Frames in order; leaving the loop stops the decoder. */
  frames(range: FrameRange, signal?: AbortSignal): AsyncIterable<Frame>;
  dispose(): Promise<void>;
}

/** How to open a video: C3's range (of source frames, ends inclusive) and every n-th frame. */
export interface OpenOptions {
  readonly range?: readonly [first: number, last: number];
  readonly every?: number;
}
