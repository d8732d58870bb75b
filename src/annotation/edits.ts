import type {
  AlarmPlace,
  CarriedMask,
  ClassRecord,
  DocumentSettings,
  FeatureRecord,
  FeatureValue,
  ObjectRecord,
  PromptRecord,
  RangeRecord,
  RunRecord,
  SeamRecord,
  TrackEntry,
} from './records';

/** A change of one frame of a track: a new entry, or null to take it away. */
export interface TrackChange {
  readonly frame: number;
  readonly entry: TrackEntry | null;
}

/** What a check from the other side found of one frame's mask: an IoU, or null where nothing is known. */
export interface MaskCheck {
  readonly frame: number;
  readonly iou: number | null;
}

/** The parts of an object that can be changed. */
export type ObjectPatch = Partial<Omit<ObjectRecord, 'id' | 'number'>>;

/** The parts of a feature that can be changed. */
export type FeaturePatch = Partial<Pick<FeatureRecord, 'name' | 'options'>>;

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
  /** Gives the object another place in the list. */
  | { readonly kind: 'move-object'; readonly objectId: string; readonly to: number }
  /** `lastNumber` is there in inverses: the number of an object that was never is free again. */
  | { readonly kind: 'remove-object'; readonly objectId: string; readonly lastNumber?: number }
  | { readonly kind: 'add-prompt'; readonly prompt: PromptRecord; readonly at?: number }
  /** Another place, or another object: the id stays. */
  | { readonly kind: 'change-prompt'; readonly prompt: PromptRecord }
  | { readonly kind: 'remove-prompt'; readonly promptId: string }
  | { readonly kind: 'add-feature'; readonly feature: FeatureRecord; readonly at?: number }
  | { readonly kind: 'change-feature'; readonly featureId: string; readonly patch: FeaturePatch }
  | { readonly kind: 'remove-feature'; readonly featureId: string }
  /** From a frame on a value, or none (`value: null`); `change: null` takes the change of that frame away. */
  | {
      readonly kind: 'set-feature';
      readonly featureId: string;
      readonly objectId: string;
      readonly frame: number;
      readonly change: { readonly value: FeatureValue | null } | null;
    }
  /** Nothing changes the object's masks in this range any more. */
  | { readonly kind: 'add-lock'; readonly lock: RangeRecord; readonly at?: number }
  | { readonly kind: 'remove-lock'; readonly lockId: string }
  /** The object is not in the picture here, whatever was computed. */
  | { readonly kind: 'add-absence'; readonly absence: RangeRecord; readonly at?: number }
  | { readonly kind: 'remove-absence'; readonly absenceId: string }
  /** A locked frame: nothing changes any mask on it, and runs stop before it. */
  | { readonly kind: 'set-barrier'; readonly frame: number; readonly on: boolean }
  | { readonly kind: 'change-settings'; readonly patch: Partial<DocumentSettings> }
  | { readonly kind: 'set-track'; readonly objectId: string; readonly changes: readonly TrackChange[] }
  | { readonly kind: 'add-run'; readonly run: RunRecord }
  | { readonly kind: 'remove-run'; readonly runId: string }
  /** Notes what a run took along; null: nothing is known of it. */
  | { readonly kind: 'set-carried'; readonly runId: string; readonly carried: readonly CarriedMask[] | null }
  | {
      readonly kind: 'set-seam';
      readonly objectId: string;
      readonly frame: number;
      readonly seam: SeamRecord | null;
    }
  /** Notes how masks agree with a check; frames without a mask are passed over. No mask changes. */
  | { readonly kind: 'set-checks'; readonly objectId: string; readonly checks: readonly MaskCheck[] }
  /** Accepts the alarm of a place, about the masks that `of` tells; null takes that back. */
  | { readonly kind: 'set-accepted'; readonly alarm: AlarmPlace; readonly of: string | null }
  /** Several edits as one: all of them or none. */
  | { readonly kind: 'together'; readonly edits: readonly Edit[] };

export type EditKind = Edit['kind'];
