import type { ObjectRecord } from '../../annotation';
import type { RunDirection, WaitingRun } from '../../protocol';
import { counted, grouped } from '../theme';
import type { IconName } from '../theme';

/** The ways a run can go, as the deck offers them. */
export const directions: readonly { direction: RunDirection; name: string; drawing: IconName }[] = [
  { direction: 'backward', name: 'Backward', drawing: 'backward' },
  { direction: 'both', name: 'Both', drawing: 'both' },
  { direction: 'forward', name: 'Forward', drawing: 'forward' },
];

/** What a run does, in two parts: “Forward” and “2 objects · frames 10–60”. */
export function runWords(
  { direction, objectIds, range, from, checks }: WaitingRun,
  objects: readonly ObjectRecord[],
): { readonly way: string; readonly what: string } {
  const goes =
    from === null ? (directions.find((one) => one.direction === direction)?.name ?? '') : 'Correction';
  const way = checks ? 'Checking' : goes;
  const where =
    from === null
      ? range && ` · frames ${grouped(range[0])}–${grouped(range[1])}`
      : ` · from frame ${grouped(from)}`;
  return { way, what: `${whose(objectIds, objects)}${where ?? ''}` };
}

function whose(ids: readonly string[] | null, objects: readonly ObjectRecord[]): string {
  if (ids === null) return 'all objects';
  const only = ids.length === 1 ? objects.find((one) => one.id === ids[0]) : undefined;
  return only?.name ?? counted(ids.length, 'object');
}
