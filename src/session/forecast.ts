import type { Forecast } from '../protocol';
import type { PlannedRun } from './run-plan';

/** Seconds that one frame's encoding and one object's tracking take here. */
export interface Pace {
  readonly encode: number;
  readonly track: number;
}

/** What the model's process may hold, in MiB: the model itself, and its cache of embeddings. Null: not measured. */
export interface MemoryNeed {
  readonly modelMiB: number | null;
  readonly cacheMiB: number;
}

/** What a run will cost at a pace; in words as the canvas shows them. `stride`: of as many frames one is computed. */
export function forecastRun(
  plan: Pick<PlannedRun, 'frames' | 'masks' | 'objectIds'>,
  pace: Pace | null,
  need: MemoryNeed,
  stride = 1,
): Forecast {
  const objects = plan.objectIds.length;
  const what = `${count(plan.frames, 'frame')}, ${count(objects, 'object')}`;
  if (!pace)
    return { frames: plan.frames, objects, seconds: null, text: `${what}; how long is not known yet` };
  const seconds = (plan.frames * pace.encode + plan.masks * pace.track) / stride;
  const half = seconds >= 120 ? `; every second frame: ${duration(seconds / 2)}` : '';
  const text = `${what}, about ${duration(seconds)} here${half}${memoryWords(need)}`;
  return { frames: plan.frames, objects, seconds, text };
}

function memoryWords({ modelMiB, cacheMiB }: MemoryNeed): string {
  return modelMiB === null ? '' : `; memory: at most about ${((modelMiB + cacheMiB) / 1024).toFixed(1)} GiB`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Seconds in words: “40 seconds”, “13 minutes”, “2.5 hours”. */
export function duration(seconds: number): string {
  if (seconds < 90) return count(Math.max(1, Math.round(seconds)), 'second');
  if (seconds < 90 * 60) return count(Math.round(seconds / 60), 'minute');
  return `${(seconds / 3600).toFixed(1)} hours`;
}
