import { setImmediate } from 'node:timers/promises';
import type { ExportInput } from '../formats';

/** How far an export is. */
export interface ExportStep {
  /** 0 to 1: the share of the masks that were read. */
  readonly share: number;
  /** Files that are whole. */
  readonly files: number;
}

/** Watching an export and giving it up. */
export interface ExportWatching {
  /** Hears how far it is, some times a second. */
  readonly onStep?: (step: ExportStep) => void;
  /** Gives it up: files that are whole stay, and none is half written. The export rejects with a FormatError that says so. */
  readonly signal?: AbortSignal;
}

/** Others have their turn after this long, in milliseconds: masks in memory are read without ever waiting. */
const turn = 40;
/** A step is told this often, in milliseconds. */
const tellEvery = 150;

/** Watches an export from within: counts the masks that its format reads, and stops it there when it is given up. */
export class ExportWatch {
  readonly input: ExportInput;
  readonly #watching: ExportWatching;
  readonly #total: number;
  #read = 0;
  #files = 0;
  #told = -Infinity;
  #turned = performance.now();

  /** `passes`: how often the format reads each mask. */
  constructor(input: ExportInput, passes: number, watching: ExportWatching) {
    this.#watching = watching;
    this.#total = Math.max(1, passes * input.frames.length * input.objects.length);
    this.input = {
      ...input,
      mask: async (objectId, frame) => {
        await this.#step(1);
        return input.mask(objectId, frame);
      },
      picture: async (frame) => {
        await this.#step(0);
        return input.picture(frame);
      },
    };
  }

  /** True once it was given up. */
  get stopped(): boolean {
    return this.#watching.signal?.aborted ?? false;
  }

  /** A file is whole. */
  fileWritten(): void {
    this.#files++;
    this.#tell();
  }

  async #step(masks: number): Promise<void> {
    this.#watching.signal?.throwIfAborted();
    this.#read += masks;
    this.#tell();
    if (performance.now() - this.#turned < turn) return;
    await setImmediate();
    this.#turned = performance.now();
    this.#watching.signal?.throwIfAborted();
  }

  #tell(): void {
    const now = performance.now();
    if (now - this.#told < tellEvery) return;
    this.#told = now;
    this.#watching.onStep?.({ share: Math.min(1, this.#read / this.#total), files: this.#files });
  }
}
