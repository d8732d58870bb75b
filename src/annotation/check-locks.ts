import { EditError } from '../errors';
import type { DocumentContent } from './document-content';
import type { Edit } from './edits';
import { covers } from './ranges';

/** What bounds hold: locked frames, and locked ranges of objects. */
export type Bounds = Pick<DocumentContent, 'barriers' | 'locks'>;

/** True where nothing may change an object's mask. */
export function isLocked({ barriers, locks }: Bounds, objectId: string, frame: number): boolean {
  return barriers.includes(frame) || locks.some((one) => covers(one, objectId, frame));
}

/** Throws an EditError when an edit would change a mask that is locked, before anything is changed (F5). */
export function checkLocks(content: DocumentContent, edit: Edit): void {
  for (const { objectId, first, last } of touched(content, edit)) {
    const barrier = content.barriers.find((frame) => frame >= first && frame <= last);
    if (barrier !== undefined)
      throw new EditError(
        `Frame ${barrier} is locked by a barrier. Take the barrier away first. Nothing was changed.`,
        { frame: barrier },
      );
    const lock = content.locks.find(
      (one) => one.objectId === objectId && one.first <= last && one.last >= first,
    );
    if (lock)
      throw new EditError(
        `“${content.object(objectId).name}” is locked on frames ${lock.first} to ${lock.last}. Unlock them first. Nothing was changed.`,
        { frame: lock.first },
      );
  }
}

interface Touched {
  readonly objectId: string;
  readonly first: number;
  readonly last: number;
}

function touched(content: DocumentContent, edit: Edit): readonly Touched[] {
  switch (edit.kind) {
    case 'add-prompt':
      return [at(edit.prompt)];
    case 'change-prompt':
      return [at(edit.prompt), ...promptOf(content, edit.prompt.id)];
    case 'remove-prompt':
      return promptOf(content, edit.promptId);
    case 'set-track':
      return edit.changes.map(({ frame }) => ({ objectId: edit.objectId, first: frame, last: frame }));
    case 'add-absence':
      return [edit.absence];
    case 'remove-absence':
      return content.absences.filter((one) => one.id === edit.absenceId);
    default:
      return [];
  }
}

function at({ objectId, frame }: { readonly objectId: string; readonly frame: number }): Touched {
  return { objectId, first: frame, last: frame };
}

function promptOf(content: DocumentContent, id: string): Touched[] {
  const prompt = content.prompts.find((one) => one.id === id);
  return prompt ? [at(prompt)] : [];
}
