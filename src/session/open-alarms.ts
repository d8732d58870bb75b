import type { AnnotationDocument, SeamRecord } from '../annotation';
import { alarmExtent, alarmKey, checkAlarms, inOrder, ownAlarms, seamAlarms } from '../review';
import type { Alarm, FigureTable } from '../review';

/** An alarm that was not accepted, and the frames that it speaks of; ends inclusive. */
export interface OpenAlarm extends Alarm {
  readonly first: number;
  readonly last: number;
}

/** Alarms by object and by the frame that was looked at. */
export type FoundAlarms = ReadonlyMap<string, ReadonlyMap<number, readonly Alarm[]>>;

/**
 * The alarms of a document that the user did not accept. What is known of an object is kept until its masks change, so
 * that an edit of one costs nothing for the others.
 */
export class OpenAlarms {
  readonly #document: AnnotationDocument;
  readonly #tables: ReadonlyMap<string, FigureTable>;
  readonly #found: FoundAlarms;
  readonly #kept = new Map<string, readonly OpenAlarm[]>();

  constructor(document: AnnotationDocument, tables: ReadonlyMap<string, FigureTable>, found: FoundAlarms) {
    this.#document = document;
    this.#tables = tables;
    this.#found = found;
  }

  /** An object's figures, or what was found in them, are not what they were. */
  forget(objectId: string): void {
    this.#kept.delete(objectId);
  }

  /** In order of frame. */
  list(): OpenAlarm[] {
    const document = this.#document;
    const seams = document.seams.filter((one) => seamStands(document, one));
    const accepted = new Map(document.accepted.map((one) => [alarmKey(one), one.of]));
    const all = document.objects.flatMap(({ id }) => [this.#ofMasks(id), this.#ofSeams(id, seams)]);
    const ordered = inOrder(all);
    if (accepted.size === 0) return ordered;
    return ordered.filter((one) => accepted.get(alarmKey(one)) !== one.of);
  }

  #ofMasks(id: string): readonly OpenAlarm[] {
    let kept = this.#kept.get(id);
    if (kept) return kept;
    const table = this.#tables.get(id);
    const found = [...(this.#found.get(id)?.values() ?? [])].flat();
    kept = this.#withExtents(id, [...found, ...(table ? checkAlarms(table, id) : [])]);
    this.#kept.set(id, kept);
    return kept;
  }

  #ofSeams(id: string, seams: readonly SeamRecord[]): readonly OpenAlarm[] {
    return this.#withExtents(id, seamAlarms(seams.filter((one) => one.objectId === id)));
  }

  #withExtents(id: string, alarms: readonly Alarm[]): OpenAlarm[] {
    const table = this.#tables.get(id);
    return ownAlarms(alarms).map((one) => {
      const [first, last] = table ? alarmExtent(table, one) : [one.frame, one.frame];
      return { ...one, first, last };
    });
  }
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
