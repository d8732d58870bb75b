import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BytePicture } from '../resampling';
import { preprocess } from './preprocess';

/** What the thread is asked. */
export interface PreprocessRequest {
  readonly id: number;
  readonly picture: BytePicture;
  readonly size: number;
}

interface PreprocessAnswer {
  readonly id: number;
  readonly tensor: Float32Array;
}

/**
 * Scales and normalises pictures in a thread of its own, since a graph that runs holds this one. Where the thread
 * cannot be started the work is done here.
 */
export class Preprocessor {
  readonly #size: number;
  readonly #waiting = new Map<number, (tensor: Float32Array) => void>();
  #worker: Worker | null = null;
  #next = 0;

  constructor(size: number) {
    this.#size = size;
    const program = join(__dirname, 'preprocess-worker.js');
    // Sources that are run without a build have no program for a thread.
    if (!existsSync(program)) return;
    const worker = new Worker(program);
    worker.unref();
    worker.on('message', ({ id, tensor }: PreprocessAnswer) => {
      this.#waiting.get(id)?.(tensor);
      this.#waiting.delete(id);
    });
    worker.on('error', () => (this.#worker = null));
    this.#worker = worker;
  }

  /** float32[3, size, size]. */
  async run({ width, height, data }: BytePicture): Promise<Float32Array> {
    const picture = { width, height, data };
    const worker = this.#worker;
    if (!worker) return preprocess(picture, this.#size);
    const id = this.#next++;
    worker.ref();
    return new Promise<Float32Array>((resolve) => {
      const failed = (): void => done(preprocess(picture, this.#size));
      const done = (tensor: Float32Array): void => {
        worker.removeListener('error', failed);
        if (this.#waiting.size <= 1) worker.unref();
        resolve(tensor);
      };
      worker.once('error', failed);
      this.#waiting.set(id, done);
      worker.postMessage({ id, picture, size: this.#size } satisfies PreprocessRequest);
    });
  }

  async dispose(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}
