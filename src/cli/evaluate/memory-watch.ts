import { readFileSync } from 'node:fs';

/** What a process held, in MiB. */
export interface WatchedMemory {
  readonly least: number;
  readonly most: number;
}

const everyMilliseconds = 200;

/** Looks at a process's memory again and again (VmRSS of /proc/PID/status, proc(5)); nothing where there is no such file. */
export class MemoryWatch {
  readonly #pid: number | null;
  readonly #timer: NodeJS.Timeout;
  #seen: number[] = [];

  constructor(pid: number | null) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), everyMilliseconds);
    this.#look();
  }

  /** Ends it. Null where nothing could be seen. */
  stop(): WatchedMemory | null {
    clearInterval(this.#timer);
    if (this.#seen.length === 0) return null;
    return {
      least: this.#seen.reduce((a, b) => Math.min(a, b)),
      most: this.#seen.reduce((a, b) => Math.max(a, b)),
    };
  }

  #look(): void {
    try {
      const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
      const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
      if (found) this.#seen.push(Number(found[1]) / 1024);
    } catch {
      // The process is gone, or this system has no such files.
    }
  }
}
