import { emptyReview } from '../../src/protocol';
import type { AlarmView, ReviewView } from '../../src/protocol';

/** An alarm of an object on a frame; an absence where nothing else is said. */
export function alarm(objectId: string, frame: number, more: Partial<AlarmView> = {}): AlarmView {
  return {
    ...{ kind: 'absence', sign: 'gone', objectId, frame, otherId: null, lastGood: frame - 1 },
    ...{ strength: 2, before: 1204, after: 0, of: `${objectId} ${frame}`, first: frame, last: frame + 3 },
    ...more,
  };
}

/** What a kernel tells of some alarms. */
export function reviewOf(alarms: readonly AlarmView[]): ReviewView {
  const counts = { ...emptyReview.counts };
  for (const { kind } of alarms) counts[kind]++;
  return { alarms, counts, pending: 0, checked: counts.disagreement };
}
