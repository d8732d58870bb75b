import type { Sam2Settings } from '../sam2';
import type { ProviderChoice } from './providers';

/** How to load a model. */
export interface LoadOptions {
  readonly threads: number;
  /** `auto` where nothing is said: the best provider that works. */
  readonly provider?: ProviderChoice | undefined;
  /** What trades quality for speed; for models that have such settings. */
  readonly settings?: Sam2Settings | undefined;
}
