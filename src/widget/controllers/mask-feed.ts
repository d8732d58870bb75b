import type { RunLength } from '../../mask';
import type { MasksChanged } from '../../protocol';
import type { KernelAnswer, RequestSender } from '../link';
import { ByteCache } from './byte-cache';

/** All masks of one frame, by object id. */
export type FrameMasks = ReadonlyMap<string, RunLength>;

interface CachedMasks {
  readonly masks: FrameMasks;
  /** The document's version that they are of. */
  readonly version: number;
  readonly bytes: number;
  stale: boolean;
  dispose(): void;
}

/** What the feed needs. */
export interface MaskPort {
  readonly request: RequestSender;
  changed(): void;
  failed(error: Error): void;
}

const budget = 48 * 1024 * 1024;
const askedAtOnce = 3;
const nothing: FrameMasks = new Map();

/** The masks of the frames in sight, as run lengths, asked for again when the kernel says they changed. */
export class MaskFeed {
  readonly #port: MaskPort;
  readonly #cache = new ByteCache<number, CachedMasks>(budget);
  /** Frames asked for; true when they have changed since. */
  readonly #asked = new Map<number, boolean>();
  readonly #refused = new Set<number>();
  #wanted: readonly number[] = [];

  constructor(port: MaskPort) {
    this.#port = port;
  }

  /** Says which frames are in sight, the shown one first. Only those that may have masks need to be named. */
  want(frames: readonly number[]): void {
    if (frames[0] !== undefined && frames[0] !== this.#wanted[0]) this.#refused.delete(frames[0]);
    this.#wanted = frames;
    this.#pump();
  }

  /** Asks again for what could not be had: the kernel or its engine has come back. */
  retry(): void {
    this.#refused.clear();
    this.#pump();
  }

  /** True when the frame's masks are known and have not changed since. */
  has(frame: number): boolean {
    return this.#cache.peek(frame)?.stale === false;
  }

  /** True when there is nothing to wait for: the masks are there, or asking for them failed. */
  isSettled(frame: number): boolean {
    return this.has(frame) || this.#refused.has(frame);
  }

  /** The masks of a frame as far as they are known. */
  at(frame: number): FrameMasks {
    return this.#cache.get(frame)?.masks ?? nothing;
  }

  /** The document's version that a frame's masks are of; null where none are known. */
  versionAt(frame: number): number | null {
    return this.#cache.peek(frame)?.version ?? null;
  }

  /** Marks what has changed; what is in sight stays there until the new masks have come. */
  invalidate(change: Pick<MasksChanged, 'first' | 'last'>): void {
    for (const frame of this.#cache.keys()) {
      if (frame < change.first || frame > change.last) continue;
      if (this.#wanted.includes(frame)) this.#cache.peek(frame)!.stale = true;
      else this.#cache.delete(frame);
    }
    for (const frame of this.#asked.keys())
      if (frame >= change.first && frame <= change.last) this.#asked.set(frame, true);
    for (const frame of this.#refused)
      if (frame >= change.first && frame <= change.last) this.#refused.delete(frame);
    this.#pump();
  }

  dispose(): void {
    this.#wanted = [];
    this.#cache.clear();
  }

  #pump(): void {
    for (const frame of this.#wanted) {
      if (this.#asked.size >= askedAtOnce) return;
      if (this.#asked.has(frame) || this.#refused.has(frame) || this.has(frame)) continue;
      void this.#ask(frame);
    }
  }

  async #ask(frame: number): Promise<void> {
    this.#asked.set(frame, false);
    try {
      const answer = await this.#port.request({ kind: 'masks', frame });
      this.#keep(frame, answer, this.#asked.get(frame) === true);
    } catch (error) {
      this.#refused.add(frame);
      if (frame === this.#wanted[0]) this.#port.failed(error as Error);
    }
    this.#asked.delete(frame);
    this.#port.changed();
    this.#pump();
  }

  #keep(frame: number, { value, buffers }: KernelAnswer<'masks'>, stale: boolean): void {
    const { width, height, version } = value;
    const masks = new Map<string, RunLength>();
    let bytes = 200;
    value.objectIds.forEach((id, index) => {
      const buffer = buffers[index];
      if (!buffer) return;
      masks.set(id, { width, height, counts: readCounts(buffer) });
      bytes += buffer.byteLength;
    });
    this.#cache.set(frame, { masks, version, bytes, stale, dispose: () => undefined }, this.#wanted);
  }
}

/** Run lengths of an answer: uint32 little endian; copied, since a message's buffers need not be aligned. */
export function readCounts(view: DataView): Uint32Array {
  const end = view.byteOffset + view.byteLength - (view.byteLength % 4);
  return new Uint32Array(view.buffer.slice(view.byteOffset, end) as ArrayBuffer);
}
