import { frameMiddle } from './timeline-scale';
import type { TimelineScale } from './timeline-scale';

/** A known frame and how well the mask on it agrees, 0 to 1. */
export type FrameScore = readonly [frame: number, iou: number];

/** Known frames with more than this many pixels and frames between them are not joined. */
const farthest = 12;

/**
 * The line of an object's scores that is in sight: 1 at `top`, 0 at `top + height`. Of scores that share two pixels the
 * lowest is drawn, since it is the one to look at. Frames rise.
 */
export function scorePath(
  scores: readonly FrameScore[],
  scale: TimelineScale,
  top: number,
  height: number,
): string {
  const places: { x: number; last: number; frame: number; iou: number }[] = [];
  for (const [frame, iou] of scores) {
    const x = frameMiddle(scale, frame);
    if (x < -20 || x > scale.width + 20) continue;
    const before = places[places.length - 1];
    if (before && x - before.x < 2) {
      before.iou = Math.min(before.iou, iou);
      before.last = frame;
    } else places.push({ x, last: frame, frame, iou });
  }
  return places
    .map(({ x, frame, iou }, index) => {
      const before = places[index - 1];
      const joined = before && (frame - before.last <= farthest || x - before.x <= farthest);
      const y = round(top + (1 - iou) * height);
      // A frame by itself is a dot: a line of no length with round ends.
      return joined ? `L${round(x)} ${y}` : `M${round(x)} ${y}h0`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
