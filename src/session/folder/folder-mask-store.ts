import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MaskId, MaskStore } from '../../annotation';
import { SessionError } from '../../errors';
import type { RunLength } from '../../mask';
import { AppendFile } from './append-file';
import { packMask, unpackMask } from './mask-bytes';
import { writeFailure } from './write-failure';

/** A chunk takes no more masks once it has as many bytes. */
const chunkBytes = 16 * 1024 * 1024;
/** Masks that were read or written last are kept, up to as many bytes of run lengths. */
const cacheBytes = 4 * 1024 * 1024;
/** What a mask in memory takes besides its run lengths. */
const maskOverhead = 400;

/**
 * Masks in chunk files: `masks/0000.bin`, `0001.bin` … Bytes are only ever added, so an id (`chunk.offset.length`)
 * means the same mask for ever.
 */
export class FolderMaskStore implements MaskStore {
  readonly #folder: string;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #readers = new Map<number, number>();
  readonly #cache = new Map<MaskId, RunLength>();
  #cached = 0;
  #chunk: AppendFile | null = null;
  #number = 0;

  constructor(folder: string, size: { readonly width: number; readonly height: number }) {
    this.#folder = folder;
    this.#size = size;
    while (existsSync(this.#path(this.#number + 1))) this.#number++;
  }

  /** Writes a mask; it outlives this process from the moment this resolves. Rejects with a SessionError. */
  async put(mask: RunLength): Promise<MaskId> {
    const bytes = packMask(mask);
    try {
      const offset = this.#open().append(bytes);
      const id = `${this.#number}.${offset}.${bytes.length}`;
      this.#keep(id, mask);
      return id;
    } catch (error) {
      if (error instanceof SessionError) throw error;
      throw writeFailure(error, this.#path(this.#number), 'The mask was not kept; everything before it is.');
    }
  }

  async get(id: MaskId): Promise<RunLength> {
    const kept = this.#cache.get(id);
    if (kept) {
      this.#cache.delete(id);
      this.#cache.set(id, kept);
      return kept;
    }
    const { chunk, offset, length } = parseId(id);
    // A run has a pixel at least, and five bytes at most.
    if (length > 5 * (this.#size.width * this.#size.height + 1)) throw gone(id);
    const bytes = Buffer.alloc(length);
    if (readFully(this.#reader(chunk), bytes, offset) !== length) throw gone(id);
    const mask = unpackMask(bytes, this.#size.width, this.#size.height);
    this.#keep(id, mask);
    return mask;
  }

  /** True when the bytes of an id are there. */
  has(id: MaskId): boolean {
    const { chunk, offset, length } = parseId(id);
    const path = this.#path(chunk);
    const file = statSync(path, { throwIfNoEntry: false });
    return file?.isFile() === true && file.size >= offset + length;
  }

  /** Has what was written outlive a power cut. */
  async sync(): Promise<void> {
    await this.#chunk?.sync();
  }

  close(): void {
    this.#chunk?.close();
    this.#chunk = null;
    this.#readers.forEach((fd) => closeSync(fd));
    this.#readers.clear();
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(4, '0')}.bin`);
  }

  #open(): AppendFile {
    if (this.#chunk && this.#chunk.size >= chunkBytes) {
      this.#chunk.close();
      this.#chunk = null;
      this.#number++;
    }
    return (this.#chunk ??= new AppendFile(this.#path(this.#number)));
  }

  #reader(chunk: number): number {
    let fd = this.#readers.get(chunk);
    if (fd === undefined) {
      try {
        fd = openSync(this.#path(chunk), 'r');
      } catch {
        throw gone(`${chunk}`);
      }
      this.#readers.set(chunk, fd);
    }
    return fd;
  }

  #keep(id: MaskId, mask: RunLength): void {
    this.#cache.set(id, mask);
    this.#cached += mask.counts.byteLength + maskOverhead;
    for (const [oldest, { counts }] of this.#cache) {
      if (this.#cached <= cacheBytes || oldest === id) break;
      this.#cache.delete(oldest);
      this.#cached -= counts.byteLength + maskOverhead;
    }
  }
}

/** Bytes read; 0 where the system cannot. */
function readFully(fd: number, bytes: Uint8Array, offset: number): number {
  try {
    return readSync(fd, bytes, 0, bytes.length, offset);
  } catch {
    return 0;
  }
}

function parseId(id: MaskId): { chunk: number; offset: number; length: number } {
  const parts = /^(\d{1,6})\.(\d{1,12})\.(\d{1,9})$/.exec(id);
  if (!parts) throw gone(id);
  const [chunk, offset, length] = parts.slice(1).map(Number) as [number, number, number];
  return { chunk, offset, length };
}

function gone(id: MaskId): SessionError {
  return new SessionError(
    `The mask ${id} is not in the session's folder; a file of it may be missing. The other masks are not touched by it.`,
    { id },
  );
}
