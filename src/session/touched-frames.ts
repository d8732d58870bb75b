import type { AppliedEdit, Edit } from '../annotation';

/** What of a review an edit puts out of date. */
export interface Touched {
  /** Frames whose masks, or whose word on them, are not what they were; ends inclusive. */
  readonly frames: readonly (readonly [first: number, last: number])[];
  /** True where the list of alarms may be another even so: seams, acceptance, objects. */
  readonly list: boolean;
}

/** Finds what an edit touches. Its inverse says what was there before, which some edits do not. */
export function touchedFrames({ edit, inverse }: Pick<AppliedEdit, 'edit' | 'inverse'>): Touched {
  const frames: (readonly [number, number])[] = [];
  let list = false;
  const look = (one: Edit): void => {
    switch (one.kind) {
      case 'set-track':
        return one.changes.forEach(({ frame }) => frames.push([frame, frame]));
      case 'set-checks':
        return one.checks.forEach(({ frame }) => frames.push([frame, frame]));
      case 'add-absence':
        return void frames.push([one.absence.first, one.absence.last]);
      case 'add-lock':
        return void frames.push([one.lock.first, one.lock.last]);
      case 'set-barrier':
        return void frames.push([one.frame, one.frame]);
      case 'together':
        return one.edits.forEach(look);
      case 'set-seam':
      case 'set-accepted':
      case 'add-object':
      case 'remove-object':
      case 'move-object':
        list = true;
        return;
      default:
        return;
    }
  };
  look(edit);
  look(inverse);
  return { frames, list };
}
