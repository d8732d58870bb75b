import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where embeddings lie that memory has no room for. */
export interface Shelf {
  /** Takes bytes; false when the shelf has no room for them. */
  put(key: string, parts: readonly Uint8Array[]): boolean;
  /** The bytes of a key, or null. */
  get(key: string): Promise<Buffer | null>;
  has(key: string): boolean;
  drop(key: string): void;
}

/**
 * A folder of this process with a bound on its bytes; the entry put longest ago goes first. What is written is what
 * was computed, bit for bit: a mask must not depend on whether its embedding had to go to the disk. Nothing in here
 * is needed, so a full disk is no error.
 */
export class EmbeddingShelf implements Shelf {
  readonly #folder: string;
  readonly #limit: number;
  readonly #entries = new Map<string, { readonly bytes: number; readonly written: Promise<boolean> }>();
  #used = 0;
  #numbers = 0;
  readonly #files = new Map<string, string>();

  /** `limit` in bytes; 0 keeps nothing. */
  constructor(limit: number, folder: string = ownFolder()) {
    this.#limit = limit;
    this.#folder = folder;
  }

  get used(): number {
    return this.#used;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  put(key: string, parts: readonly Uint8Array[]): boolean {
    const bytes = parts.reduce((sum, one) => sum + one.byteLength, 0);
    if (bytes > this.#limit) return false;
    if (this.#entries.has(key)) return true;
    while (this.#used + bytes > this.#limit) this.drop(this.#entries.keys().next().value!);
    const file = join(this.#folder, `${this.#numbers++}.bin`);
    const written = this.#write(file, parts);
    this.#entries.set(key, { bytes, written });
    this.#files.set(key, file);
    this.#used += bytes;
    void written.then((well) => {
      if (!well) this.drop(key);
    });
    return true;
  }

  async get(key: string): Promise<Buffer | null> {
    const entry = this.#entries.get(key);
    if (!entry || !(await entry.written)) return null;
    try {
      return await readFile(this.#files.get(key)!);
    } catch {
      // Someone cleaned up: the frame is encoded again.
      this.drop(key);
      return null;
    }
  }

  drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    const file = this.#files.get(key)!;
    this.#entries.delete(key);
    this.#files.delete(key);
    this.#used -= entry.bytes;
    void entry.written.then(() => rm(file, { force: true })).catch(() => undefined);
  }

  /** Takes everything off the disk. */
  dispose(): void {
    // What is being written just now may come to lie in it meanwhile.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    this.#entries.clear();
    this.#files.clear();
    this.#used = 0;
  }

  async #write(file: string, parts: readonly Uint8Array[]): Promise<boolean> {
    try {
      mkdirSync(this.#folder, { recursive: true });
      await writeFile(file, parts);
      return true;
    } catch {
      await rm(file, { force: true }).catch(() => undefined);
      return false;
    }
  }
}

/** A folder on the disk, not in a temporary folder that may be memory; named by process. */
function ownFolder(): string {
  return join(cacheFolder(), `embeddings-${process.pid}`);
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'masklet');
}

/** Removes the folders of processes that are no more: an engine that was killed could not. */
export function sweepShelves(folder: string = cacheFolder()): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const pid = Number(/^embeddings-(\d+)$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
