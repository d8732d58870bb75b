import type { ModelStamp } from '../annotation';
import type { ModelRef } from '../engine/host';
import type { ModelSettings } from '../engine/models';
import { ModelError } from '../errors';
import type { EnginePair } from './engine-pair';
import type { SessionFile } from './folder';
import { keptSettings } from './kept-settings';
import type { ModelInUse } from './session-events';

/** What should compute from now on; what is left out stays as it is. */
export interface ModelChoice {
  /** A name of `listModels()`. */
  readonly model?: string;
  /** `auto`, `cpu`, `cuda`, `webgpu`, `coreml` or `dml`. */
  readonly provider?: string;
  /** What trades quality for speed: `{ fast: true }`. Those that are left out stay; undefined is as if never set. */
  readonly settings?: { readonly [K in keyof ModelSettings]?: ModelSettings[K] | undefined };
  /** Threads of the model, from 1 on. */
  readonly threads?: number;
  /** MiB that the model's cache may take, from 16 on. The sessions of one notebook share it. */
  readonly cacheMiB?: number;
}

/** The model that a session goes on with. */
export class ModelUse {
  readonly #engines: EnginePair;
  #ref: ModelRef;
  #loaded: Promise<{ readonly inUse: ModelInUse; readonly weights: string }> | null = null;

  constructor(engines: EnginePair) {
    this.#engines = engines;
    this.#ref = engines.modelRef;
  }

  get ref(): ModelRef {
    return this.#ref;
  }

  /** As a session's file holds it. */
  get saved(): NonNullable<SessionFile['model']> {
    const { name, provider, threads, settings = {} } = this.#ref;
    const { cacheMiB } = this.#engines;
    return { name, provider: provider ?? null, settings: keptSettings(settings), threads, cacheMiB };
  }

  /** Loads it, where it is not yet. Rejects with a ModelError. */
  async load(): Promise<ModelInUse> {
    const { inUse } = await this.#once();
    return { ...inUse, cacheMiB: this.#engines.cacheMiB };
  }

  /** Goes on with another; keeps the one there is where that cannot be loaded. */
  async use(choice: ModelChoice): Promise<ModelInUse> {
    const { name, provider, settings } = this.#ref;
    const threads = choice.threads ?? this.#ref.threads;
    const cacheMiB = choice.cacheMiB ?? this.#engines.cacheMiB;
    if (!Number.isInteger(threads) || threads < 1 || threads > 256)
      throw new ModelError(
        `threads is a whole number from 1 to 256, not ${threads}. The model stays as it is.`,
      );
    if (!Number.isInteger(cacheMiB) || cacheMiB < 16 || cacheMiB > 1024 * 1024)
      throw new ModelError(
        `cacheMiB is a whole number from 16 on, not ${cacheMiB}. The cache stays as it is.`,
      );
    const wanted = {
      provider: choice.provider ?? provider,
      settings: choice.settings === undefined ? settings : setOnly({ ...settings, ...choice.settings }),
    };
    const ref: ModelRef = {
      name: choice.model ?? name,
      threads,
      ...(wanted.provider === undefined ? {} : { provider: wanted.provider }),
      ...(wanted.settings === undefined ? {} : { settings: wanted.settings }),
    };
    const loaded = await this.#load(ref);
    this.#ref = ref;
    this.#loaded = Promise.resolve(loaded);
    if (cacheMiB !== this.#engines.cacheMiB) await this.#engines.setCacheMiB(cacheMiB);
    return this.load();
  }

  /** What computes, for the provenance of its masks. */
  async stamp(): Promise<ModelStamp> {
    const { settings } = this.#ref;
    const { inUse, weights } = await this.#once();
    const { name, provider } = inUse;
    return { name, weights, provider, ...(settings ? { settings: keptSettings(settings) } : {}) };
  }

  #once(): Promise<{ readonly inUse: ModelInUse; readonly weights: string }> {
    if (!this.#loaded) {
      this.#loaded = this.#load(this.#ref);
      this.#loaded.catch(() => (this.#loaded = null));
    }
    return this.#loaded;
  }

  async #load(ref: ModelRef): Promise<{ inUse: ModelInUse; weights: string }> {
    const { weights, ...facts } = await this.#engines.model.call('load', { model: ref });
    return {
      inUse: {
        name: ref.name,
        choice: ref.provider ?? 'auto',
        threads: ref.threads,
        cacheMiB: this.#engines.cacheMiB,
        settings: ref.settings ?? {},
        ...facts,
      },
      weights,
    };
  }
}

/** Without those that are undefined. */
function setOnly(settings: NonNullable<ModelChoice['settings']>): ModelSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
