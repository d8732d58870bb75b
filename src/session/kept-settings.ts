import type { ModelSettings } from '../engine/models';

/** A model's settings as files keep them: yes is 1, no is 0. */
export function keptSettings(settings: ModelSettings): Record<string, number> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, Number(value)]));
}

/** What {@link keptSettings} kept. */
export function settingsKept({ fast, ...numbers }: Readonly<Record<string, number>>): ModelSettings {
  return { ...numbers, ...(fast === undefined ? {} : { fast: fast !== 0 }) };
}
