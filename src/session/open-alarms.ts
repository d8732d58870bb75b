import type { AnnotationDocument, SeamRecord } from '../annotation';
import { alarmExtent, alarmKey, alarmList, checkAlarms, seamAlarms } from '../review';
import type { Alarm, FigureTable } from '../review';

/** An alarm that was not accepted, and the frames that it speaks of; ends inclusive. */
export interface OpenAlarm extends Alarm {
  readonly first: number;
  readonly last: number;
}

/** The alarms of a document that the user did not accept, in order of frame. */
export function openAlarms(
  document: AnnotationDocument,
  tables: ReadonlyMap<string, FigureTable>,
  found: ReadonlyMap<string, ReadonlyMap<number, readonly Alarm[]>>,
): OpenAlarm[] {
  const seams = document.seams.filter((one) => seamStands(document, one));
  const byObject = document.objects.map(({ id }): Alarm[] => {
    const table = tables.get(id);
    return [
      ...[...(found.get(id)?.values() ?? [])].flat(),
      ...seamAlarms(seams.filter((one) => one.objectId === id)),
      ...(table ? checkAlarms(table, id) : []),
    ];
  });
  const accepted = new Map(document.accepted.map((one) => [alarmKey(one), one.of]));
  return alarmList(byObject)
    .filter((one) => accepted.get(alarmKey(one)) !== one.of)
    .map((one) => {
      const table = tables.get(one.objectId);
      const [first, last] = table ? alarmExtent(table, one) : [one.frame, one.frame];
      return { ...one, first, last };
    });
}

/** A seam counts for as long as the masks beside it are the run's, and the user did not vouch for its frame. */
function seamStands(document: AnnotationDocument, { objectId, frame, run }: SeamRecord): boolean {
  const track = document.track(objectId);
  if (document.isLocked(objectId, frame) || document.isAbsent(objectId, frame)) return false;
  if (track.entryAt(frame)?.source.kind === 'prompted') return false;
  return [frame - 1, frame + 1].some((at) => {
    const source = track.entryAt(at)?.source;
    return source?.kind === 'propagated' && source.run === run;
  });
}
