import type { IdSource, MaskStore } from '../annotation';
import type { OpenedFolder } from './folder';

/** How to make a session; everything has a default. */
export interface SessionOptions {
  readonly nextId?: IdSource;
  readonly store?: MaskStore;
  /** A folder that was opened for it; the work is in memory only where there is none. */
  readonly opened?: OpenedFolder;
  readonly now?: () => Date;
}

/** What edits may be told besides what they change. */
export interface ChangeOptions {
  /** The edits of one gesture of the canvas are one step to undo, and can be given up together. */
  readonly gesture?: string;
}
