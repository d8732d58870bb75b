import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gpuQuery, residentBytes } from '../../engine/resources';

/** What a process or a GPU held, in MiB. */
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
    return bounds(this.#seen);
  }

  #look(): void {
    try {
      const bytes = residentBytes(readFileSync(`/proc/${this.#pid}/status`, 'utf8'));
      if (bytes !== null) this.#seen.push(bytes / 1024 / 1024);
    } catch {
      // The process is gone, or this system has no such files.
    }
  }
}

/**
 * Looks at the memory in use on an NVIDIA GPU, whoever uses it, as the paper did; nothing where there is none. The GPU is the
 * first that CUDA may use.
 */
export class GpuMemoryWatch {
  readonly #program: ChildProcess;
  #text = '';

  constructor() {
    const asked = [...gpuQuery('memory.used'), `--loop-ms=${everyMilliseconds}`];
    this.#program = spawn('nvidia-smi', asked, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: process.env,
    });
    // There is no such program where there is no such GPU.
    this.#program.on('error', () => undefined);
    this.#program.stdout?.on('data', (bytes: Buffer) => (this.#text += bytes.toString()));
  }

  /** Ends it. Null where nothing could be seen. */
  stop(): WatchedMemory | null {
    this.#program.kill();
    const numbers = this.#text.split('\n').filter((line) => /^\s*\d+\s*$/.test(line));
    return bounds(numbers.map(Number));
  }
}

function bounds(seen: readonly number[]): WatchedMemory | null {
  if (seen.length === 0) return null;
  return { least: seen.reduce((a, b) => Math.min(a, b)), most: seen.reduce((a, b) => Math.max(a, b)) };
}
