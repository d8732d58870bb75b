import type { FeaturePatch, FeatureType, FeatureValue } from '../../annotation';

/** Frames, ends inclusive. */
export type FrameSpan = readonly [first: number, last: number];

/**
 * What is said of the frames of an object. Without `objectId` the chosen one is meant; without `span` the range, or where
 * there is none what each command says. `on: null` turns what is there to its opposite.
 */
interface SpanWork {
  readonly objectId: string | null;
  readonly span: FrameSpan | null;
}

/** What a user can ask for of objects, their classes and their frames (D1, D2, F5). */
export type ObjectCommand =
  /** One place up or down in the list, which is the order in which objects claim pixels. */
  | { readonly do: 'move-object'; readonly objectId: string | null; readonly by: 1 | -1 }
  | { readonly do: 'place-object'; readonly objectId: string; readonly to: number }
  | { readonly do: 'set-class'; readonly objectId: string; readonly classId: string | null }
  /** The class of that name, which is made where there is none; an empty name: no class. */
  | { readonly do: 'name-class'; readonly objectId: string; readonly name: string }
  | { readonly do: 'rename-class'; readonly classId: string; readonly name: string }
  | { readonly do: 'remove-class'; readonly classId: string }
  /** The other object's masks become this one's. */
  | { readonly do: 'merge-objects'; readonly objectId: string; readonly otherId: string }
  | {
      readonly do: 'swap-objects';
      readonly objectId: string;
      readonly otherId: string;
      readonly from: number;
    }
  | { readonly do: 'split-object'; readonly objectId: string | null; readonly from: number }
  /** Without a range: the whole video. */
  | ({ readonly do: 'lock-object'; readonly on: boolean | null } & SpanWork)
  /** Over the whole video. */
  | { readonly do: 'lock-others'; readonly on: boolean }
  /** Without a range: the frame in sight. */
  | ({ readonly do: 'mark-absent'; readonly on: boolean | null } & SpanWork)
  | ({ readonly do: 'delete-masks' } & SpanWork)
  /** Runs over these frames, for this object or, where none is named, for those in the scope. */
  | { readonly do: 'propagate-range'; readonly objectId: string | null; readonly span: FrameSpan }
  | { readonly do: 'set-barrier'; readonly frame: number; readonly on: boolean }
  | { readonly do: 'go-to-barrier'; readonly way: 1 | -1 };

/** What a user can ask for of features, the values of objects over time (E1). */
export type FeatureCommand =
  | {
      readonly do: 'add-feature';
      readonly name: string;
      readonly type: FeatureType;
      readonly options: readonly string[];
    }
  | { readonly do: 'change-feature'; readonly featureId: string; readonly patch: FeaturePatch }
  | { readonly do: 'remove-feature'; readonly featureId: string }
  /** From a frame on; `change: null` takes the change of that frame away. */
  | {
      readonly do: 'set-feature';
      readonly featureId: string;
      readonly objectId: string;
      readonly frame: number;
      readonly change: { readonly value: FeatureValue | null } | null;
    }
  | {
      readonly do: 'move-change';
      readonly featureId: string;
      readonly objectId: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly do: 'go-to-change'; readonly featureId: string; readonly way: 1 | -1 };
