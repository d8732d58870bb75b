import type { ClassRecord, ObjectRecord, PromptRecord, TrackEntry } from './records';

/** A change of one frame of a track: a new entry, or null to take it away. */
export interface TrackChange {
  readonly frame: number;
  readonly entry: TrackEntry | null;
}

/** The parts of an object that can be changed. */
export type ObjectPatch = Partial<Omit<ObjectRecord, 'id' | 'number'>>;

/**
 * Every way in which the document changes. Canvas, cells and command line use these and nothing else;
 * `AnnotationDocument.apply` answers each with its inverse.
 */
export type Edit =
  | { readonly kind: 'add-class'; readonly class: ClassRecord; readonly at?: number }
  | { readonly kind: 'change-class'; readonly classId: string; readonly name: string }
  | { readonly kind: 'remove-class'; readonly classId: string }
  | { readonly kind: 'add-object'; readonly object: ObjectRecord; readonly at?: number }
  | { readonly kind: 'change-object'; readonly objectId: string; readonly patch: ObjectPatch }
  | { readonly kind: 'remove-object'; readonly objectId: string }
  | { readonly kind: 'add-prompt'; readonly prompt: PromptRecord; readonly at?: number }
  | { readonly kind: 'change-prompt'; readonly prompt: PromptRecord }
  | { readonly kind: 'remove-prompt'; readonly promptId: string }
  | { readonly kind: 'set-track'; readonly objectId: string; readonly changes: readonly TrackChange[] }
  /** Several edits as one: all of them or none. */
  | { readonly kind: 'together'; readonly edits: readonly Edit[] };

export type EditKind = Edit['kind'];
