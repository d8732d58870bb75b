import { pictureWindow } from '../../protocol';
import type { RequestSender } from '../link';
import { ByteCache } from './byte-cache';

/** A picture that can be drawn. */
export interface DecodedPicture {
  readonly image: CanvasImageSource;
  /** Its own pixels, which may be fewer than the video's. */
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** Turns the bytes of a picture into one that can be drawn. */
export type PictureDecoder = (bytes: DataView, type: string) => Promise<DecodedPicture>;

/** A picture of a frame. */
export interface FramePicture extends DecodedPicture {
  readonly frame: number;
}

interface CachedPicture {
  readonly picture: FramePicture;
  /** The width that was asked for. */
  readonly asked: number;
  readonly bytes: number;
  dispose(): void;
}

/** What the feed needs. */
export interface PicturePort {
  readonly request: RequestSender;
  readonly decode: PictureDecoder;
  changed(): void;
  failed(error: Error): void;
}

/** Decoded pictures are kept up to 192 MiB: 52 of 1280 × 720. */
const budget = 192 * 1024 * 1024;

/** Widths that are asked for, so that a stage that grows by a pixel does not ask for everything again. */
const widthSteps = [320, 640, 960, 1280, 1920, 2560, 3840];

/** The width to ask for when the picture covers this many device pixels; never more than it has. */
export function pictureWidth(devicePixels: number, stored: number): number {
  return Math.min(widthSteps.find((step) => step >= devicePixels) ?? Infinity, stored);
}

/**
 * The pictures of the frames in sight: asks for what is wanted now, the shown frame first, never more than
 * {@link pictureWindow} at a time. While the user scrubs, frames that are no longer wanted are not asked for.
 */
export class PictureFeed {
  readonly #port: PicturePort;
  readonly #cache = new ByteCache<number, CachedPicture>(budget);
  readonly #asked = new Map<number, number>();
  readonly #refused = new Map<number, number>();
  #wanted: readonly number[] = [];
  #width = 0;
  #latest: number | null = null;
  #disposed = false;

  constructor(port: PicturePort) {
    this.#port = port;
  }

  /** Says what is in sight: the shown frame, those that may follow, and the width in pixels. */
  want(frame: number, ahead: readonly number[], width: number): void {
    if (this.#wanted[0] !== frame) this.#refused.delete(frame);
    this.#wanted = [frame, ...ahead];
    this.#width = width;
    this.#pump();
  }

  /** Asks again for what could not be had: the kernel or its engine has come back. */
  retry(): void {
    this.#refused.clear();
    this.#pump();
  }

  /** True when the frame can be drawn at once. */
  has(frame: number): boolean {
    return this.#cache.peek(frame) !== undefined;
  }

  /** True when asking for the frame failed. */
  isRefused(frame: number): boolean {
    return this.#refused.has(frame);
  }

  /** The frame's picture, or the one that came last while it is on its way; null before the first. */
  best(frame: number): FramePicture | null {
    const exact = this.#cache.get(frame);
    if (exact) {
      this.#latest = frame;
      return exact.picture;
    }
    return this.#latest === null ? null : (this.#cache.get(this.#latest)?.picture ?? null);
  }

  /** Lets every picture go: the source has changed, or the view is closed. */
  dispose(): void {
    this.#disposed = true;
    this.#cache.clear();
  }

  #pump(): void {
    for (const frame of this.#wanted) {
      if (this.#asked.size >= pictureWindow || this.#width === 0) return;
      if (this.#asked.has(frame) || this.#refused.has(frame)) continue;
      const there = this.#cache.peek(frame);
      if (there && there.asked >= this.#width) continue;
      void this.#ask(frame, this.#width);
    }
  }

  async #ask(frame: number, width: number): Promise<void> {
    this.#asked.set(frame, width);
    try {
      const { value, buffers } = await this.#port.request({ kind: 'picture', frame, maxWidth: width });
      if (this.#disposed) return;
      if (buffers[0]) this.#keep(frame, width, await this.#port.decode(buffers[0], value.type));
    } catch (error) {
      this.#refused.set(frame, width);
      if (frame === this.#wanted[0]) this.#port.failed(error as Error);
    } finally {
      this.#asked.delete(frame);
    }
    if (this.#disposed) return this.#cache.clear();
    this.#port.changed();
    this.#pump();
  }

  #keep(frame: number, asked: number, decoded: DecodedPicture): void {
    const picture: FramePicture = {
      frame,
      image: decoded.image,
      width: decoded.width,
      height: decoded.height,
      close: () => decoded.close(),
    };
    const bytes = decoded.width * decoded.height * 4;
    const shown = this.#wanted[0] ?? frame;
    const kept = this.#latest === null ? [shown] : [shown, this.#latest];
    this.#cache.set(frame, { picture, asked, bytes, dispose: () => decoded.close() }, kept);
    // While the wanted frame is on its way, what has come shows that something moves.
    if (frame === shown || !this.#cache.peek(shown)) this.#latest = frame;
  }
}
