import { closeSync, fdatasync, fstatSync, ftruncateSync, lstatSync, openSync, writeSync } from 'node:fs';
import { SessionError } from '../../errors';

/**
 * A file that only grows. A write is there whole or not at all: what the system took of one that failed is cut off
 * again. Writing returns when the system has the bytes, so they outlive this process; {@link AppendFile.sync} has
 * them outlive the machine's power.
 */
export class AppendFile {
  readonly path: string;
  readonly #fd: number;
  #size: number;

  /** Opens or makes the file. Throws the system's error, and a SessionError for a link: what it leads to is not of the session. */
  constructor(path: string) {
    refuseLink(path);
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

/** Throws a SessionError where a link lies: a session that came from elsewhere must not write beyond its folder. */
export function refuseLink(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw new SessionError(
    `${path} is a link, and a session writes into its own folder only. Nothing was changed; put the file that it leads to in its place.`,
    { path },
  );
}
