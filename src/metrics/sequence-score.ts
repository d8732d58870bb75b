import type { Bitmap } from '../mask';
import { bitmapArea } from '../mask';
import { boundaryF } from './boundary';
import { overlapOf, pixelAccuracy } from './overlap';
import { meanOf, statisticsOf } from './statistics';
import type { Statistics } from './statistics';

/** One object on one frame. */
export interface MaskScore {
  readonly frame: number;
  readonly iou: number;
  readonly dice: number;
  readonly boundary: number;
  /** True where the truth has the object in the picture. */
  readonly present: boolean;
  /** Pixels of the mask, without those that are void in the truth. */
  readonly area: number;
}

/** One object through a sequence. */
export interface ObjectScore {
  readonly name: string;
  readonly masks: readonly MaskScore[];
  readonly region: Statistics;
  readonly boundary: Statistics;
}

/** A sequence: the paper's figures and those of DAVIS. */
export interface SequenceScore {
  readonly objects: readonly ObjectScore[];
  /** Masks that were compared where the truth has the object. */
  readonly masks: number;
  /** Means over all objects and frames where the truth has the object, as the paper counts. */
  readonly iou: number;
  readonly dice: number;
  readonly pixelAccuracy: number;
  /** Means over objects of DAVIS's J and F, and of both. */
  readonly region: number;
  readonly boundary: number;
  readonly regionAndBoundary: number;
  /** Frames on which an object is not in the picture, and those of them on which it was given a mask. */
  readonly absent: { readonly frames: number; readonly wrong: number };
}

/** Gathers a sequence's scores frame by frame; nothing but numbers is held. */
export class SequenceScorer {
  readonly #objects = new Map<string, MaskScore[]>();
  readonly #accuracies: number[] = [];

  /** One object's mask on one frame, and the truth; what is void there is in neither (`againstTruth`). */
  addMask(object: string, frame: number, mask: Bitmap, truth: Bitmap): MaskScore {
    const score = {
      frame,
      ...overlapOf(mask, truth),
      boundary: boundaryF(mask, truth),
      present: bitmapArea(truth) > 0,
      area: bitmapArea(mask),
    };
    const scores = this.#objects.get(object) ?? [];
    scores.push(score);
    this.#objects.set(object, scores);
    return score;
  }

  /** One frame's label map and the truth. Answers with the frame's pixel accuracy. */
  addLabels(labels: ArrayLike<number>, truth: ArrayLike<number>): number {
    const accuracy = pixelAccuracy(labels, truth);
    this.#accuracies.push(accuracy);
    return accuracy;
  }

  score(): SequenceScore {
    const objects = [...this.#objects].map(([name, masks]): ObjectScore => ({
      name,
      masks,
      region: statisticsOf(masks.map((one) => one.iou)),
      boundary: statisticsOf(masks.map((one) => one.boundary)),
    }));
    const all = objects.flatMap((one) => one.masks);
    const present = all.filter((one) => one.present);
    const absent = all.filter((one) => !one.present);
    const region = meanOf(objects.map((one) => one.region.mean));
    const boundary = meanOf(objects.map((one) => one.boundary.mean));
    return {
      objects,
      masks: present.length,
      iou: meanOf(present.map((one) => one.iou)),
      dice: meanOf(present.map((one) => one.dice)),
      pixelAccuracy: meanOf(this.#accuracies),
      region,
      boundary,
      regionAndBoundary: (region + boundary) / 2,
      absent: { frames: absent.length, wrong: absent.filter((one) => one.area > 0).length },
    };
  }
}
