import type { AlarmKind } from '../../annotation';

/** What a user can ask for of alarms (F9). */
export type ReviewCommand =
  /** From the open alarm, or from the frame in sight; at the end it begins anew. */
  | { readonly do: 'step-alarm'; readonly way: 1 | -1 }
  /** Opens an alarm by its name, and goes to its frame; null closes the one that is open. */
  | { readonly do: 'open-alarm'; readonly key: string | null }
  /** Accepts the open alarm and opens the next. */
  | { readonly do: 'accept-alarm' }
  /** Goes to the open alarm's frame, pauses, and takes up its object and the Point tool. */
  | { readonly do: 'fix-alarm' }
  /** Does the block behind a seam again, for the open alarm's object. */
  | { readonly do: 'redo-block' }
  /** Checks masks from the other side, of one object or (null) of all, in the range where there is one. */
  | { readonly do: 'check-masks'; readonly objectId: string | null }
  /** Shows the alarms of a kind, or leaves them out. */
  | { readonly do: 'show-alarms'; readonly kind: AlarmKind; readonly on: boolean };
