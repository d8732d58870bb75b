import type { Edit } from '../annotation';
import type { SessionEvents } from './session-events';

/** The masks that are not what they were after an edit; null where none has changed. */
export function changedMasks(edit: Edit, frameCount: number): SessionEvents['masks'] | null {
  const last = frameCount - 1;
  switch (edit.kind) {
    case 'remove-object':
      return { objectIds: [edit.objectId], first: 0, last };
    case 'set-track': {
      if (edit.changes.length === 0) return null;
      const frames = edit.changes.map((one) => one.frame);
      return { objectIds: [edit.objectId], ...spanOf(frames) };
    }
    case 'add-absence':
      return { objectIds: [edit.absence.objectId], first: edit.absence.first, last: edit.absence.last };
    case 'remove-absence':
    case 'change-settings':
    case 'move-object':
      // Which objects, and where, is no longer known: everything in sight is asked for again.
      return { objectIds: [], first: 0, last };
    case 'together':
      return joined(edit.edits.map((one) => changedMasks(one, frameCount)));
    default:
      return null;
  }
}

function spanOf(frames: readonly number[]): { first: number; last: number } {
  let [first, last] = [Infinity, -Infinity];
  for (const frame of frames) {
    first = Math.min(first, frame);
    last = Math.max(last, frame);
  }
  return { first, last };
}

function joined(parts: readonly (SessionEvents['masks'] | null)[]): SessionEvents['masks'] | null {
  const there = parts.filter((one) => one !== null);
  if (there.length === 0) return null;
  return {
    objectIds: [...new Set(there.flatMap((one) => one.objectIds))],
    ...spanOf(there.flatMap((one) => [one.first, one.last])),
  };
}
