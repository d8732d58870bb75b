import type { RunLength, Stroke } from '../../mask';
import { placeOnScreen } from './paint-masks';
import type { MaskPaths } from './paint-masks';
import { toScreen } from './view-transform';
import type { Point, ViewTransform } from './view-transform';

/** A stroke that is being drawn. */
export interface PaintedStroke {
  readonly stroke: Stroke;
  readonly adds: boolean;
}

/** The round end of the brush under the pointer. */
export interface BrushTip {
  /** Stored pixels. */
  readonly at: Point;
  readonly radius: number;
  readonly adds: boolean;
}

/** Paints a stroke as it will be: the object's colour where it adds, black where it takes away, white dashes around. */
export function paintStroke(
  context: CanvasRenderingContext2D,
  { stroke, adds }: PaintedStroke,
  color: string,
  view: ViewTransform,
): void {
  const path = strokePath(stroke, view);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.globalAlpha = adds ? 0.55 : 0.65;
  if (stroke.kind === 'brush') {
    context.strokeStyle = adds ? color : '#000';
    context.lineWidth = 2 * stroke.radius * view.scaleY;
    context.stroke(path);
    context.globalAlpha = 1;
    context.lineWidth = 1;
    context.strokeStyle = '#fff';
    context.setLineDash([4, 4]);
    context.stroke(path);
  } else {
    context.fillStyle = adds ? color : '#000';
    context.globalAlpha = 0.3;
    context.fill(path);
    context.globalAlpha = 1;
    dashed(context, path);
  }
  context.setLineDash([]);
  context.lineCap = 'butt';
}

function strokePath({ kind, path }: Stroke, view: ViewTransform): Path2D {
  const drawn = new Path2D();
  for (let i = 0; i + 1 < path.length; i += 2) {
    const { x, y } = toScreen(view, { x: path[i]!, y: path[i + 1]! });
    if (i === 0) drawn.moveTo(x, y);
    // A path of one place needs a line to be seen.
    drawn.lineTo(x, y);
  }
  if (kind === 'lasso') drawn.closePath();
  return drawn;
}

/** White dashes on black: seen on every picture. */
function dashed(context: CanvasRenderingContext2D, path: Path2D): void {
  context.strokeStyle = 'rgba(0, 0, 0, 0.85)';
  context.lineWidth = 3;
  context.stroke(path);
  context.strokeStyle = '#fff';
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke(path);
  context.setLineDash([]);
}

/** The mask that a click would make. */
export function paintPreview(
  context: CanvasRenderingContext2D,
  mask: RunLength,
  color: string,
  paths: MaskPaths,
  view: ViewTransform,
): void {
  const path = placeOnScreen(paths.path(mask), view);
  context.globalAlpha = 0.22;
  context.fillStyle = color;
  context.fill(path);
  context.globalAlpha = 1;
  dashed(context, path);
}

/** The brush's edge: white on black, a plus or a minus in its middle where there is room. */
export function paintBrushTip(
  context: CanvasRenderingContext2D,
  { at, radius, adds }: BrushTip,
  view: ViewTransform,
): void {
  const { x, y } = toScreen(view, at);
  const [rx, ry] = [Math.max(radius * view.scaleX, 2), Math.max(radius * view.scaleY, 2)];
  for (const [style, width] of [
    ['rgba(0, 0, 0, 0.85)', 3],
    ['#fff', 1.25],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
    context.stroke();
    if (Math.min(rx, ry) < 7) continue;
    context.beginPath();
    context.moveTo(x - 3, y);
    context.lineTo(x + 3, y);
    if (adds) {
      context.moveTo(x, y - 3);
      context.lineTo(x, y + 3);
    }
    context.stroke();
  }
}
