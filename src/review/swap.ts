import { markOf } from './alarm';
import type { Alarm } from './alarm';
import type { FigureSource } from './frame-figures';
import type { Thresholds } from './thresholds';

/** How far from a frame the rule looks. */
export const swapReach = 1;

/**
 * A mask that is another object's: more like the other's mask on the frame before than like its own, or made of the
 * same pixels as the other's on the same frame.
 */
export function swapAt(
  source: FigureSource,
  objectId: string,
  frame: number,
  { takenMargin, sharedPixels }: Thresholds,
): Alarm | null {
  const now = source.at(frame);
  if (!now || now.vouched || now.area === 0) return null;
  const common = { kind: 'swap', objectId, frame, lastGood: frame - 1, of: markOf(now) } as const;
  const { rival, shared } = now;
  const kept = now.kept ?? 0;
  const taken = rival ? rival.share - kept : 0;
  if (rival && taken >= takenMargin)
    return {
      ...{ ...common, sign: 'taken', otherId: rival.objectId },
      ...{ strength: taken / takenMargin, before: kept, after: rival.share },
    };
  const before = source.at(frame - 1)?.shared;
  const already = before?.objectId === shared?.objectId ? (before?.share ?? 0) : 0;
  if (!shared || shared.share < sharedPixels || already >= sharedPixels) return null;
  return {
    ...{ ...common, sign: 'shared', otherId: shared.objectId },
    ...{ strength: shared.share / sharedPixels, before: already, after: shared.share },
  };
}

/** Alarms for two objects that took each other's place are one: that of the first, which comes first in `alarms`. */
export function withoutEchoes<T extends Alarm>(alarms: readonly T[]): T[] {
  const told = new Set<string>();
  return alarms.filter(({ kind, frame, objectId, otherId }) => {
    if (kind !== 'swap') return true;
    told.add(`${frame} ${objectId} ${otherId}`);
    return !told.has(`${frame} ${otherId} ${objectId}`);
  });
}
