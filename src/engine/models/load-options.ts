import type { MobileSamSettings } from '../sam1';
import type { Sam2Settings } from '../sam2';
import type { ProviderChoice } from './providers';

/** What trades quality for speed; a model does with those that it has. */
export interface ModelSettings extends Sam2Settings, MobileSamSettings {}

/** How to load a model. */
export interface LoadOptions {
  readonly threads: number;
  /** `auto` where nothing is said: the best provider that works. */
  readonly provider?: ProviderChoice | undefined;
  readonly settings?: ModelSettings | undefined;
}
