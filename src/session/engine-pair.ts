import { availableParallelism } from 'node:os';
import { defaultModel } from '../engine/catalogue';
import { EngineClient } from '../engine/host';
import type { EngineState, ModelRef } from '../engine/host';
import type { ModelSettings } from '../engine/models';

/** How to start the engines. */
export interface EnginePairOptions {
  /** The model's name; the best one that is on this machine where nothing is said. */
  readonly model?: string;
  /** Threads of the model; all cores where nothing is said. */
  readonly threads?: number;
  /** What computes: `cpu`, `cuda`, `webgpu`, `coreml`, `dml`; the best that works where nothing is said. */
  readonly provider?: string;
  /** What trades quality for speed; `{ fast: true }` with MobileSAM. What SAM 2.1 and EdgeTAM have is unverified in quality. */
  readonly settings?: ModelSettings;
  /** MiB that the model's caches may take; 512 where nothing is said. More makes corrections quicker. */
  readonly cacheMiB?: number;
  /** The program of the engine process, where it is not beside this file. */
  readonly program?: string;
}

/**
 * Two engine processes: one decodes pictures for the eye, the other runs the model, whose computations hold
 * their process for up to a second at a time. So scrubbing stays quick during a run. Both start when first
 * needed.
 */
export class EnginePair {
  readonly pictures: EngineClient;
  readonly model: EngineClient;
  readonly modelRef: ModelRef;
  #cacheMiB: number;
  readonly #listeners = new Set<(state: EngineState) => void>();

  constructor(options: EnginePairOptions = {}) {
    this.modelRef = {
      name: options.model ?? defaultModel(),
      threads: options.threads ?? availableParallelism(),
      ...(options.provider === undefined ? {} : { provider: options.provider }),
      ...(options.settings === undefined ? {} : { settings: options.settings }),
    };
    this.#cacheMiB = options.cacheMiB ?? 512;
    const program = options.program === undefined ? {} : { program: options.program };
    this.pictures = new EngineClient(program);
    this.model = new EngineClient({
      ...program,
      cacheBytes: this.#cacheMiB * 1024 * 1024,
      onState: (state) => this.#listeners.forEach((listener) => listener(state)),
    });
  }

  /** MiB that the model's cache may take. */
  get cacheMiB(): number {
    return this.#cacheMiB;
  }

  /** Another size for the model's cache, which the sessions of these engines share. */
  async setCacheMiB(mib: number): Promise<void> {
    await this.model.setCacheBytes(mib * 1024 * 1024);
    this.#cacheMiB = mib;
  }

  /** Hears of the model process starting, being ready, and ending. */
  onModelState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.pictures.dispose(), this.model.dispose()]);
  }
}
