import { runLengthOverlap, runLengthShape } from '../mask';
import type { MaskShape, RunLength } from '../mask';

/** Another object, and how much of it there is in a mask. */
export interface Rival {
  readonly objectId: string;
  /** 0 to 1. */
  readonly share: number;
}

/** What is kept of one object's mask on one frame: a few numbers, enough for every alarm. */
export interface FrameFigures {
  /** Pixels; 0 where the object is not in the picture. */
  readonly area: number;
  /** The centroid, in stored pixels. */
  readonly x: number;
  readonly y: number;
  /** True where the mask reaches the picture's border: there an object may leave. */
  readonly atBorder: boolean;
  /** IoU with the object's own mask on the frame before; null where one of the two is missing or empty. */
  readonly kept: number | null;
  /** The other object whose mask on the frame before this one is most like, by IoU; null where none is. */
  readonly rival: Rival | null;
  /** The other object that has most of the same pixels on this frame, by the share of the smaller; null where none. */
  readonly shared: Rival | null;
  /** True where the user vouched for the mask: it answers prompts, or was drawn. */
  readonly vouched: boolean;
  /** IoU with what a check from the other side came to; null where the mask was not checked. */
  readonly checked: number | null;
}

/** One object's figures by frame. */
export interface FigureSource {
  readonly frameCount: number;
  /** Null where no mask was computed. Where the user said that the object is absent it is empty, and vouched for. */
  at(frame: number): FrameFigures | null;
}

/** One object's mask as it goes into the figures. */
export interface FrameMask {
  readonly objectId: string;
  readonly mask: RunLength;
  readonly vouched: boolean;
  readonly checked?: number | null;
}

/** The masks of one frame with their shapes, so that the next frame need not measure them again. */
export type MeasuredFrame = ReadonlyMap<string, MeasuredMask>;

interface MeasuredMask extends FrameMask {
  readonly shape: MaskShape;
}

/** Above this IoU with its own mask before, no other object's mask before can be as like, unless the two were one. */
const sureOfItself = 0.7;

/** Measures the masks of one frame. Run lengths are not decoded. */
export function measureMasks(masks: readonly FrameMask[]): MeasuredFrame {
  return new Map(masks.map((one) => [one.objectId, { ...one, shape: runLengthShape(one.mask) }]));
}

/** The figures of every object on a frame, from its masks and those of the frame before. */
export function frameFigures(
  now: MeasuredFrame,
  before: MeasuredFrame | null,
): ReadonlyMap<string, FrameFigures> {
  const figures = new Map<string, FrameFigures>();
  for (const [objectId, one] of now) {
    const { area, x, y } = one.shape;
    const own = before?.get(objectId);
    const kept = own && own.shape.area > 0 && area > 0 ? iou(one, own) : null;
    const rival = kept !== null && kept >= sureOfItself ? null : most(one, before, iou);
    const shared = most(one, now, shareOfSmaller);
    const atBorder = touchesBorder(one);
    const { vouched, checked = null } = one;
    figures.set(objectId, { area, x, y, atBorder, kept, rival, shared, vouched, checked });
  }
  return figures;
}

function touchesBorder({ mask, shape: { box } }: MeasuredMask): boolean {
  if (!box) return false;
  return box.x0 === 0 || box.y0 === 0 || box.x1 === mask.width - 1 || box.y1 === mask.height - 1;
}

/** The other object with the highest likeness; null where there is none above zero. */
function most(
  one: MeasuredMask,
  others: MeasuredFrame | null,
  likeness: (a: MeasuredMask, b: MeasuredMask) => number,
): Rival | null {
  let best: Rival | null = null;
  for (const [objectId, other] of others ?? []) {
    if (objectId === one.objectId || !boxesMeet(one.shape, other.shape)) continue;
    const share = likeness(one, other);
    if (share > (best?.share ?? 0)) best = { objectId, share };
  }
  return best;
}

function boxesMeet({ box: a }: MaskShape, { box: b }: MaskShape): boolean {
  return !!a && !!b && a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}

function iou(a: MeasuredMask, b: MeasuredMask): number {
  if (!boxesMeet(a.shape, b.shape)) return 0;
  const both = runLengthOverlap(a.mask, b.mask);
  return both / (a.shape.area + b.shape.area - both);
}

function shareOfSmaller(a: MeasuredMask, b: MeasuredMask): number {
  return runLengthOverlap(a.mask, b.mask) / Math.min(a.shape.area, b.shape.area);
}
