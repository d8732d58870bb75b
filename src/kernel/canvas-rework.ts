import type { Rework } from '../protocol';
import type { Session } from '../session';

/**
 * Does what a canvas asks for and edits alone cannot do. Resolves with the id of the object that a split made, else
 * null. Rejects with an EditError, with nothing changed, where it does not fit or something is locked.
 */
export async function rework(session: Session, work: Rework): Promise<string | null> {
  const object = session.objects.get(work.objectId);
  switch (work.do) {
    case 'mark-absent':
      await object.markAbsent(work.range);
      return null;
    case 'delete-masks':
      await object.deleteMasks(work.range);
      return null;
    case 'swap':
      await session.swap(work.objectId, work.otherId, work.from);
      return null;
    case 'merge':
      await session.merge(work.objectId, work.otherId);
      return null;
    case 'split':
      return (await object.split(work.from)).id;
  }
}
