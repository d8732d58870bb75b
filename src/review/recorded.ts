import type { SeamRecord } from '../annotation';
import type { Alarm } from './alarm';
import type { FigureSource } from './frame-figures';
import { thresholds } from './thresholds';
import type { Thresholds } from './thresholds';

/** Seams at which two blocks disagree. */
export function seamAlarms(
  seams: readonly SeamRecord[],
  { seamIou }: Pick<Thresholds, 'seamIou'> = thresholds,
): Alarm[] {
  return seams
    .filter((one) => one.iou < seamIou)
    .map(({ objectId, frame, iou, run }) => ({
      ...{ kind: 'seam', sign: 'seam', objectId, frame, otherId: null, lastGood: frame - 1 },
      // IoU has no ratio to compare: half as far from agreement is an alarm half as strong.
      ...{ strength: (1 - iou) / (1 - seamIou), before: 1, after: iou, of: `${run} ${iou}` },
    }));
}

/** Frames that agree again are part of a stretch of disagreement when they are as few. */
const bridged = 3;

/** Frames of an object on which a check from the other side came to other masks. Ends inclusive. */
export interface CheckStretch {
  readonly first: number;
  readonly last: number;
  /** The frame on which the two agree least, and their IoU there. */
  readonly frame: number;
  readonly iou: number;
}

/** The stretches of a checked track that do not agree. Frames without a check end none and begin none. */
export function checkStretches(
  source: FigureSource,
  { checkIou }: Pick<Thresholds, 'checkIou'> = thresholds,
): CheckStretch[] {
  const stretches: CheckStretch[] = [];
  for (let frame = 0; frame < source.frameCount; frame++) {
    const iou = source.at(frame)?.checked ?? null;
    if (iou === null || iou >= checkIou) continue;
    const open = stretches.at(-1);
    if (!open || frame - open.last > bridged + 1) stretches.push({ first: frame, last: frame, frame, iou });
    else
      stretches[stretches.length - 1] =
        iou < open.iou ? { ...open, last: frame, frame, iou } : { ...open, last: frame };
  }
  return stretches;
}

/** Stretches in which a check from the other side came to other masks, each one alarm at its worst frame. */
export function checkAlarms(
  source: FigureSource,
  objectId: string,
  limits: Pick<Thresholds, 'checkIou'> = thresholds,
): Alarm[] {
  return checkStretches(source, limits).map(({ first, last, frame, iou }) => ({
    ...{ kind: 'disagreement', sign: 'disagreement', objectId, frame, otherId: null },
    ...{ lastGood: first > 0 ? first - 1 : null, strength: (1 - iou) / (1 - limits.checkIou) },
    ...{ before: 1, after: iou, of: `${source.at(frame)?.area ?? 0} ${iou}` },
    span: [first, last],
  }));
}
