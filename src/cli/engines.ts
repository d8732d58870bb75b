import { parseProvider } from '../engine/models';
import type { Sam2Settings } from '../engine/sam2';
import { EnginePair } from '../session';
import type { ModelFlags } from './flags';
import { wholeNumber } from './whole-number';

/** Engines as the flags say; `saved` is the model of a session, where the flags name none. */
export function enginesOf(
  { model, provider, threads }: ModelFlags,
  saved: string | null = null,
  settings?: Sam2Settings,
): EnginePair {
  const name = model ?? saved;
  return new EnginePair({
    ...(name === null ? {} : { model: name }),
    provider: parseProvider(provider ?? 'auto'),
    ...(settings === undefined ? {} : { settings }),
    ...(threads === undefined ? {} : { threads: wholeNumber(threads, '--threads') }),
  });
}
