import { deleteRangeEdit, markAbsentEdit, newObjectEdit, splitEdit, swapEdit } from '../../src/annotation';
import type { AnnotationDocument, Edit, IdSource } from '../../src/annotation';
import type { Rework } from '../../src/protocol';

/** The edits of a rework, and the object a split makes. Merging takes the other's masks only where there is none. */
export function reworkEdits(
  document: AnnotationDocument,
  work: Rework,
  nextId: IdSource,
): { readonly edits: readonly Edit[]; readonly objectId: string | null } {
  const only = (edit: Edit): { edits: Edit[]; objectId: null } => ({ edits: [edit], objectId: null });
  switch (work.do) {
    case 'mark-absent':
      return only(markAbsentEdit(document, work.objectId, work.range, nextId));
    case 'delete-masks':
      return only(deleteRangeEdit(document, work.objectId, work.range));
    case 'swap':
      return only(swapEdit(document, work.objectId, work.otherId, work.from));
    case 'merge': {
      const mine = document.track(work.objectId);
      const theirs = document.track(work.otherId);
      const changes = theirs
        .frames()
        .filter((frame) => !mine.entryAt(frame))
        .map((frame) => ({ frame, entry: theirs.entryAt(frame)! }));
      const edits: Edit[] = [{ kind: 'set-track', objectId: work.objectId, changes }];
      return { edits: [...edits, { kind: 'remove-object', objectId: work.otherId }], objectId: null };
    }
    case 'split': {
      const { object } = newObjectEdit(document.records(), {}, nextId);
      return { edits: [splitEdit(document, work.objectId, work.from, object)], objectId: object.id };
    }
  }
}
