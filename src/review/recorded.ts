import type { CheckRecord, SeamRecord } from '../annotation';
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

/** Stretches in which a check from the other side came to other masks, where the masks are still those checked. */
export function checkAlarms(checks: readonly CheckRecord[], source: FigureSource): Alarm[] {
  const { checkIou } = thresholds;
  return checks
    .filter((one) => one.iou < checkIou && source.at(one.frame)?.area === one.area)
    .map(({ objectId, first, frame, iou, area }) => ({
      ...{ kind: 'disagreement', sign: 'disagreement', objectId, frame, otherId: null },
      ...{ lastGood: first > 0 ? first - 1 : null, strength: (1 - iou) / (1 - checkIou) },
      ...{ before: 1, after: iou, of: `${area} ${iou}` },
    }));
}

/** Frames that agree again are part of a stretch of disagreement when they are as few. */
const bridged = 3;

/**
 * What is kept of a check: from the IoU of an object's masks with those of a run from the other side, frame by frame,
 * the stretches that do not agree.
 */
export function checkStretches(
  objectId: string,
  frames: readonly { readonly frame: number; readonly iou: number; readonly area: number }[],
  { checkIou }: Pick<Thresholds, 'checkIou'> = thresholds,
): CheckRecord[] {
  const stretches: CheckRecord[] = [];
  for (const { frame, iou, area } of [...frames].sort((a, b) => a.frame - b.frame)) {
    if (iou >= checkIou) continue;
    const open = stretches.at(-1);
    if (!open || frame - open.last > bridged + 1)
      stretches.push({ objectId, first: frame, last: frame, frame, iou, area });
    else
      stretches[stretches.length - 1] =
        iou < open.iou ? { ...open, last: frame, frame, iou, area } : { ...open, last: frame };
  }
  return stretches;
}
