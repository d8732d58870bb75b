import type { RunLength } from '../../mask';
import { maskContour } from './mask-contour';
import type { ViewTransform } from './view-transform';

/** An object's mask to paint. */
export interface PaintedMask {
  readonly mask: RunLength;
  /** `#rrggbb`. */
  readonly color: string;
  readonly chosen: boolean;
  /** The second round of the colours: told apart by a dashed line. */
  readonly dashed: boolean;
  /** Something else is to be looked at. */
  readonly dimmed?: boolean;
}

/** How masks are shown. */
export interface MaskLook {
  /** Of the fill, 0 to 1. */
  readonly opacity: number;
  /** Lines around all masks; the chosen object has one in any case. */
  readonly outlines: boolean;
  /** A white core in every line. */
  readonly contrast: boolean;
}

/** Outlines of masks as paths in corner coordinates, worked out once for each mask. */
export class MaskPaths {
  readonly #paths = new WeakMap<RunLength, Path2D>();

  /** The path of a mask, in stored pixels with (0, 0) at the picture's corner. */
  path(mask: RunLength): Path2D {
    let path = this.#paths.get(mask);
    if (!path) this.#paths.set(mask, (path = contourPath(mask)));
    return path;
  }
}

function contourPath(mask: RunLength): Path2D {
  const path = new Path2D();
  for (const loop of maskContour(mask)) {
    path.moveTo(loop[0]!, loop[1]!);
    for (let i = 2; i < loop.length; i += 2) path.lineTo(loop[i]!, loop[i + 1]!);
    path.closePath();
  }
  return path;
}

/**
 * Paints masks over the picture, the last of the list first, so that the first wins: a fill, and an outline of the
 * object's colour inside a black line; the chosen one has a white core. Line widths do not change with the zoom.
 */
export function paintMasks(
  context: CanvasRenderingContext2D,
  masks: readonly PaintedMask[],
  paths: MaskPaths,
  view: ViewTransform,
  { opacity, outlines, contrast }: MaskLook,
): void {
  for (const one of [...masks].reverse()) {
    const path = placeOnScreen(paths.path(one.mask), view);
    context.globalAlpha = one.dimmed ? opacity * 0.3 : opacity;
    context.fillStyle = one.color;
    context.fill(path);
    context.globalAlpha = one.dimmed ? 0.4 : 1;
    if (outlines || one.chosen) outline(context, path, one, contrast);
    context.globalAlpha = 1;
  }
}

/** Paints masks alone: full colours on black. */
export function paintPlainMasks(
  context: CanvasRenderingContext2D,
  masks: readonly PaintedMask[],
  paths: MaskPaths,
  view: ViewTransform,
): void {
  for (const one of [...masks].reverse()) {
    context.fillStyle = one.color;
    context.fill(placeOnScreen(paths.path(one.mask), view));
  }
}

/** Paints the outline of a mask of another frame: white dashes on black. */
export function paintOtherFrame(
  context: CanvasRenderingContext2D,
  mask: RunLength,
  paths: MaskPaths,
  view: ViewTransform,
): void {
  const path = placeOnScreen(paths.path(mask), view);
  context.lineJoin = 'round';
  line(context, path, 'rgba(0, 0, 0, 0.85)', 3);
  context.setLineDash([6, 4]);
  line(context, path, '#fff', 1.5);
  context.setLineDash([]);
}

/** A path in stored pixels where it lies in the stage. */
export function placeOnScreen(path: Path2D, view: ViewTransform): Path2D {
  const placed = new Path2D();
  placed.addPath(path, {
    a: view.scaleX,
    b: 0,
    c: 0,
    d: view.scaleY,
    e: view.left,
    f: view.top,
  });
  return placed;
}

function outline(
  context: CanvasRenderingContext2D,
  path: Path2D,
  { color, chosen, dashed }: PaintedMask,
  contrast: boolean,
): void {
  // Outlines turn by right angles only: mitred corners keep their shape, and are drawn twice as fast as round ones.
  context.lineJoin = 'miter';
  context.setLineDash([]);
  line(context, path, 'rgba(0, 0, 0, 0.85)', chosen ? 5 : 4);
  if (dashed) context.setLineDash([8, 5]);
  line(context, path, color, chosen ? 3 : 2);
  context.setLineDash([]);
  if (chosen || contrast) line(context, path, '#fff', 1);
}

function line(context: CanvasRenderingContext2D, path: Path2D, style: string, width: number): void {
  context.strokeStyle = style;
  context.lineWidth = width;
  context.stroke(path);
}
