import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/**
 * A file that only grows. A write is there whole or not at all: what the system took of one that failed is cut off
 * again. Writing returns when the system has the bytes, so they outlive this process; {@link AppendFile.sync} has
 * them outlive the machine's power.
 */
export class AppendFile {
  readonly path: string;
  readonly #fd: number;
  #size: number;

  /** Opens or makes the file. Throws the system's error. */
  constructor(path: string) {
    this.path = path;
    this.#fd = openSync(path, 'a+');
    this.#size = fstatSync(this.#fd).size;
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#size;
  }

  /** Writes bytes at the end; answers with where they begin. Throws the system's error, with nothing written. */
  append(bytes: Uint8Array): number {
    const begin = this.#size;
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(this.#fd, bytes, done);
    } catch (error) {
      if (done > 0) ftruncateSync(this.#fd, begin);
      throw error;
    }
    this.#size = begin + bytes.length;
    return begin;
  }

  /** Cuts the file off. */
  cut(size: number): void {
    ftruncateSync(this.#fd, size);
    this.#size = size;
  }

  /** Resolves when the bytes are on the disk itself. */
  sync(): Promise<void> {
    return new Promise((resolve, reject) =>
      fdatasync(this.#fd, (error) => (error ? reject(error) : resolve())),
    );
  }

  close(): void {
    closeSync(this.#fd);
  }
}
