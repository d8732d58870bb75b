import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isReadOnly } from './write-failure';

/** Who has a session open. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When that process began, as its system counts it; null where that cannot be told. */
  readonly began: string | null;
  readonly since: string;
}

/** A holder on another machine that has not been heard of for as long is gone, in milliseconds. */
const silentAfter = 60_000;
const signEvery = 15_000;

/** Why a folder cannot be written to now, in words; or the lock that was taken. */
export type LockAnswer =
  | { readonly lock: FolderLock }
  | { readonly lock: null; readonly reason: string; readonly help: string; readonly held: boolean };

/**
 * One writer at a time: a file `open.lock` says who it is. A lock whose process has ended, or whose machine has been
 * silent for a minute, counts for nothing.
 */
export class FolderLock {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string) {
    this.#path = path;
    this.#timer = setInterval(() => this.#sign(), signEvery);
    this.#timer.unref();
  }

  static take(folder: string, now: () => Date): LockAnswer {
    const path = join(folder, 'open.lock');
    const mine: Holder = {
      pid: process.pid,
      host: hostname(),
      began: processStart(process.pid),
      since: now().toISOString(),
    };
    for (let tries = 0; tries < 3; tries++) {
      try {
        writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
        return { lock: new FolderLock(path) };
      } catch (error) {
        if (isReadOnly(error))
          return {
            lock: null,
            reason: 'its folder cannot be written to',
            help: 'Save it elsewhere to go on.',
            held: false,
          };
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(path);
      if (holder && isThere(holder, path)) return { lock: null, ...describeHolder(holder), held: true };
      rmSync(path, { force: true });
    }
    return {
      lock: null,
      reason: 'another process opens it at this moment',
      help: 'Open it again in a moment.',
      held: true,
    };
  }

  /** True where nobody has a folder open: its lock is gone, or whoever took it. */
  static isFree(folder: string): boolean {
    const path = join(folder, 'open.lock');
    const holder = readHolder(path);
    return !holder || !isThere(holder, path);
  }

  release(): void {
    clearInterval(this.#timer);
    rmSync(this.#path, { force: true });
  }

  #sign(): void {
    try {
      const now = new Date();
      utimesSync(this.#path, now, now);
    } catch {
      // The folder was moved or removed: the next edit says so.
    }
  }
}

function readHolder(path: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    const { pid, host, since, began = null } = value;
    return typeof pid === 'number' && typeof host === 'string'
      ? { pid, host, since: since ?? '', began }
      : null;
  } catch {
    return null;
  }
}

function isThere(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) {
    try {
      return Date.now() - statSync(path).mtimeMs < silentAfter;
    } catch {
      return false;
    }
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A number of a process that ended may have been given to another.
  return holder.began === null || holder.began === processStart(holder.pid);
}

function describeHolder({ pid, host, since }: Holder): { reason: string; help: string } {
  if (pid === process.pid && host === hostname())
    return { reason: 'it is open in this notebook already', help: 'Go on with it there, or close it there.' };
  const where = host === hostname() ? `process ${pid} on this machine` : `process ${pid} on ${host}`;
  return {
    reason: `${where} has it open since ${since.slice(0, 16).replace('T', ' ')} UTC`,
    help: 'Close it there and open it again to change it.',
  };
}

/** The 22nd field of /proc/PID/stat: when the process began, in ticks since the machine did (proc(5)). */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not heard of it yet.
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
