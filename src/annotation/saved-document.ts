import type { DocumentRecords } from './document-content';
import type { MaskSource } from './records';

/** A track as it is saved: column by column, one item a frame, frames rising. */
export interface SavedTrack {
  readonly objectId: string;
  readonly frames: readonly number[];
  /** Ids in the mask store. */
  readonly masks: readonly string[];
  readonly areas: readonly number[];
  /** Places in {@link SavedDocument.sources}. */
  readonly sources: readonly number[];
  /** The model's own scores; null where there is none. */
  readonly scores: readonly (number | null)[];
  /** IoU with what a check came to; null where there was none. Left out where no mask was checked. */
  readonly checks?: readonly (number | null)[];
}

/** A document as plain data. */
export interface SavedDocument extends DocumentRecords {
  /** Where masks come from, each once. */
  readonly sources: readonly MaskSource[];
  readonly tracks: readonly SavedTrack[];
}
