import { EditError } from '../errors';
import type { Edit } from './edits';
import { objectColor } from './object-colors';
import type { ClassRecord, ObjectRecord } from './records';

/** Makes ids. Injected, so that two sessions with the same source are equal. */
export type IdSource = () => string;

/** What a user may say of a new object; the rest is chosen. */
export interface NewObject {
  readonly name?: string;
  /** The name of its class; a class of that name is added when there is none. */
  readonly class?: string;
  /** `#rrggbb`. */
  readonly color?: string;
}

/** The classes and objects there are. */
export interface KnownRecords {
  readonly classes: readonly ClassRecord[];
  readonly objects: readonly ObjectRecord[];
  /** The highest object number ever given in this document. */
  readonly lastNumber: number;
}

/** The edit that adds an object, with its class where that is new, and the object it adds. */
export function newObjectEdit(
  known: KnownRecords,
  wanted: NewObject,
  nextId: IdSource,
): { edit: Edit; object: ObjectRecord } {
  const number = known.lastNumber + 1;
  const name = wanted.name?.trim() ?? `object ${number}`;
  if (name === '') throw new EditError('An object needs a name. Nothing was added.');
  const edits: Edit[] = [];
  let classId: string | null = null;
  const className = wanted.class?.trim();
  if (className !== undefined && className !== '') {
    const existing = known.classes.find((one) => one.name === className);
    classId = existing?.id ?? nextId();
    if (!existing) edits.push({ kind: 'add-class', class: { id: classId, name: className } });
  }
  const color = wanted.color ?? objectColor(number);
  const object: ObjectRecord = { id: nextId(), number, name, classId, color, hidden: false };
  edits.push({ kind: 'add-object', object });
  return { edit: edits.length === 1 ? edits[0]! : { kind: 'together', edits }, object };
}
