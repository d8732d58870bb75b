import { parseProvider } from '../engine/models';
import type { ModelSettings } from '../engine/models';
import { EnginePair } from '../session';
import type { SessionVideo } from '../session';
import type { ModelFlags } from './flags';
import { wholeNumber } from './whole-number';

/** Engines as the flags say; as a session has them where the flags say nothing. */
export function enginesOf(
  flags: ModelFlags,
  saved: Pick<SessionVideo, 'model' | 'engine'> = { model: null, engine: {} },
): EnginePair {
  const { model, provider, threads } = flags;
  const name = model ?? saved.model;
  const settings = { ...saved.engine.settings, ...settingsOf(flags) };
  return new EnginePair({
    ...(name === null ? {} : { model: name }),
    provider: parseProvider(provider ?? 'auto'),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(threads === undefined ? {} : { threads: wholeNumber(threads, '--threads') }),
  });
}

function settingsOf({ fast, memories, near }: ModelFlags): ModelSettings {
  return {
    ...(fast === undefined ? {} : { fast }),
    ...(memories === undefined ? {} : { recentFrames: wholeNumber(memories, '--memories') }),
    ...(near === undefined ? {} : { nearObject: wholeNumber(near, '--near') }),
  };
}
