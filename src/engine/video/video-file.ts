import { existsSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { VideoError } from '../../errors';
import { findFfmpeg } from './ffmpeg-program';
import { checkFrame } from './check-frame';
import { FrameCache } from './frame-cache';
import type { Frame, FrameRange, FrameSource, VideoInfo } from './frame-source';
import { decodeFrameTable, readFrameTable, unreadable } from './frame-table';
import type { FrameTable } from './frame-table';
import { PictureDecoder, readPictureShape } from './picture-decoder';
import type { PictureShape } from './picture-decoder';

/** Bytes of decoded pictures kept for going back and forth. */
const cacheBytes = 64 * 1024 * 1024;
/** Bytes of a stretch that is decoded forward to be shown backward. */
const reverseBytes = 96 * 1024 * 1024;
/** Milliseconds after which a decoder that nobody asks is let go. */
const idleTime = 5000;
/** Frames that a running decoder reads on to, rather than beginning anew. */
const readOn = 48;

/** A decoder and the frame that it gives next. */
interface Reading {
  at: PictureDecoder;
  next: number;
}

/**
 * A video file. Frame n is the n-th picture that a full decode shows, edit list and rotation applied: each
 * picture's time stamp is held against the frame table, and a file whose packets misled the table is decoded
 * once to set it right.
 */
export class VideoFile implements FrameSource {
  readonly #program: string;
  readonly #path: string;
  readonly #shape: PictureShape;
  readonly #cache = new FrameCache(cacheBytes);
  #table: FrameTable;
  #exact: boolean;
  #info: VideoInfo;
  #decoder: Reading | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;

  constructor(program: string, path: string, shape: PictureShape, table: FrameTable) {
    this.#program = program;
    this.#path = path;
    this.#shape = shape;
    this.#table = table;
    this.#exact = false;
    this.#info = describe(path, shape, table);
  }

  get info(): VideoInfo {
    return this.#info;
  }

  sourceIndex(index: number): number {
    return index;
  }

  frameName(index: number): string {
    return String(index).padStart(5, '0');
  }

  timeOf(index: number): number {
    const { stamps, timeBase } = this.#table;
    return (stamps[index]! - stamps[0]!) * timeBase;
  }

  /** One at a time: a decoder that is where the next request begins is read on. */
  async frameAt(index: number, signal?: AbortSignal): Promise<Frame> {
    checkFrame(this.#info, index);
    const kept = this.#cache.get(index);
    if (kept) return kept;
    const turn = this.#turn.then(() => this.#decodeOne(index, signal));
    this.#turn = turn.catch(() => undefined).then(() => this.#rest());
    return turn;
  }

  async *frames(range: FrameRange, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    checkFrame(this.#info, range.first);
    checkFrame(this.#info, range.last);
    if (range.reverse) yield* this.#backward(range, signal);
    else yield* this.#forward(range.first, range.last, signal);
  }

  async dispose(): Promise<void> {
    await this.#drop();
  }

  async #decodeOne(index: number, signal: AbortSignal | undefined): Promise<Frame> {
    signal?.throwIfAborted();
    const kept = this.#cache.get(index);
    if (kept) return kept;
    const here = this.#decoder;
    if (!here || index < here.next || index > here.next + readOn) {
      await this.#drop();
      this.#decoder = { at: this.#start(index), next: index };
    }
    const reading = this.#decoder!;
    try {
      for (;;) {
        const frame = await this.#advance(reading);
        this.#cache.put(frame);
        if (frame.index === index) return frame;
        signal?.throwIfAborted();
      }
    } catch (error) {
      if (!signal?.aborted) await this.#drop();
      throw error;
    }
  }

  async *#forward(first: number, last: number, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    const reading: Reading = { at: this.#start(first), next: first };
    try {
      while (reading.next <= last) {
        if (signal?.aborted) return;
        yield await this.#advance(reading);
      }
    } finally {
      await reading.at.close();
    }
  }

  async *#backward(
    { first, last }: FrameRange,
    signal?: AbortSignal,
  ): AsyncGenerator<Frame, void, undefined> {
    const size = Math.max(1, Math.floor(reverseBytes / (this.#shape.width * this.#shape.height * 3)));
    for (let top = last; top >= first; top -= size) {
      const stretch: Frame[] = [];
      for await (const frame of this.#forward(Math.max(first, top - size + 1), top, signal))
        stretch.push(frame);
      while (stretch.length > 0) {
        if (signal?.aborted) return;
        yield stretch.pop()!;
      }
    }
  }

  /**
   * Seeks half a picture early, so that rounding never skips the one wanted. Files that misled once are read
   * from their start.
   */
  #start(index: number): PictureDecoder {
    const { stamps, timeBase } = this.#table;
    const before = index > 0 && !this.#exact ? (stamps[index - 1]! + stamps[index]!) / 2 : null;
    return new PictureDecoder({
      program: this.#program,
      path: this.#path,
      seek: before === null ? null : before * timeBase,
      from: before === null ? stamps[index]! : null,
      ...this.#shape,
    });
  }

  /** The frame whose turn it is; where another picture comes instead, the table is set right first. */
  async #advance(reading: Reading): Promise<Frame> {
    const index = reading.next++;
    let data = await this.#dataOf(reading.at, index);
    if (!data && !this.#exact) {
      await reading.at.close();
      await this.#setRight();
      reading.at = this.#start(index);
      data = await this.#dataOf(reading.at, index);
    }
    if (!data) throw this.#unread(index);
    return { index, width: this.#shape.width, height: this.#shape.height, data };
  }

  async #dataOf(decoder: PictureDecoder, index: number): Promise<Uint8Array | null> {
    const picture = await decoder.next();
    return picture && picture.stamp === this.#table.stamps[index] ? picture.data : null;
  }

  /** The packets promised other pictures than there are: all are decoded once to see which. */
  async #setRight(): Promise<void> {
    const table = await decodeFrameTable(this.#program, this.#path);
    const before = this.#table.stamps.length;
    if (table.stamps.length !== before) {
      throw new VideoError(
        `${this.#path} promises ${before} frames, but only ${table.stamps.length} can be decoded. Use a range that ends at frame ${table.stamps.length - 1}, or repair the file.`,
        { path: this.#path, code: 'damaged', frames: table.stamps.length },
      );
    }
    this.#exact = true;
    this.#table = table;
  }

  #unread(index: number): VideoError {
    return new VideoError(`Frame ${index} of ${this.#path} cannot be decoded; the frames before it can.`, {
      path: this.#path,
      index,
    });
  }

  #rest(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void (this.#turn = this.#turn.then(() => this.#drop())), idleTime).unref();
  }

  async #drop(): Promise<void> {
    const decoder = this.#decoder;
    this.#decoder = null;
    await decoder?.at.close();
  }
}

/** Opens a video file. Rejects with a VideoError that says what is wrong with it. */
export async function openVideoFile(path: string): Promise<VideoFile> {
  if (!existsSync(path)) throw new VideoError(`There is no file ${path}.`, { path, code: 'missing' });
  if (statSync(path).size === 0) throw new VideoError(`${path} is empty (0 bytes).`, { path, code: 'empty' });
  const { path: program } = await findFfmpeg();
  const [table, { shape, stderr }] = await Promise.all([
    readFrameTable(program, path),
    readPictureShape(program, path),
  ]);
  if (!shape && stderr.includes('Invalid data')) throw unreadable(path, stderr);
  if (!shape || table.stamps.length === 0) {
    throw new VideoError(`${path} is a video without a single picture that can be decoded.`, {
      path,
      code: 'no-frames',
    });
  }
  return new VideoFile(program, path, shape, table);
}

function describe(path: string, shape: PictureShape, table: FrameTable): VideoInfo {
  const count = table.stamps.length;
  const span = (table.stamps[count - 1]! - table.stamps[0]!) * table.timeBase;
  const frameRate = count > 1 && span > 0 ? (count - 1) / span : null;
  return {
    name: basename(path, extname(path)),
    path,
    ...shape,
    frameCount: count,
    frameRate,
    duration: frameRate === null ? null : count / frameRate,
  };
}
