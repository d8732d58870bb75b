import type { RecentView } from '../../protocol';
import { counted, grouped } from '../theme';

/** What is in a session, in a few words: `3 objects, 240 of 900 frames`. */
export function contentWords({ state, objects, frames }: RecentView): string {
  if (state === 'missing') return 'not there any more';
  if (state === 'damaged') return 'cannot be read';
  if (objects === null) return '';
  const count = objects === 0 ? 'no objects yet' : counted(objects, 'object');
  if (!frames || frames[0] === 0) return count;
  return `${count}, ${grouped(frames[0])} of ${grouped(frames[1])} frames`;
}

/** A day as people say it: `today 14:05`, `yesterday`, `18 Nov`, `18 Nov 2025`. */
export function dayWords(used: string, now: Date): string {
  const then = new Date(used);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days <= 0) return `today ${then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  if (days === 1) return 'yesterday';
  const year = then.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
}

function midnight(day: Date): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}

/** The line of a cell that does the same. */
export function codeFor(path: string): string {
  const opens = /\.masklet[/\\]?$/i.test(path) ? 'openSession' : 'annotate';
  return `const session = await ${opens}(${JSON.stringify(path)})`;
}
