import { EnginePair } from '../session';
import type { EnginePairOptions } from '../session';

/**
 * The engines of this kernel. Sessions of one notebook share them, since a model costs a gigabyte; videos and
 * documents stay apart. One set for each choice of model, threads and cache.
 */
export class SharedEngines {
  readonly #pairs = new Map<string, EnginePair>();

  of(options: EnginePairOptions): EnginePair {
    const key = JSON.stringify(options);
    let pair = this.#pairs.get(key);
    if (!pair) this.#pairs.set(key, (pair = new EnginePair(options)));
    return pair;
  }
}
