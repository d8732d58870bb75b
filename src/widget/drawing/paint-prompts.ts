import type { BoxRecord, PointRecord, PromptRecord } from '../../annotation';
import { boxOnScreen } from './prompt-geometry';
import { toScreen } from './view-transform';
import type { Point, ViewTransform } from './view-transform';

/** A prompt to paint. */
export interface PaintedPrompt {
  readonly prompt: PromptRecord;
  /** `#rrggbb`. */
  readonly color: string;
  readonly chosen: boolean;
  /** Not in the document yet. */
  readonly pending: boolean;
}

const pointRadius = 7;

/** Paints prompts: positive points in the object's colour with a plus, negative ones black with a minus. */
export function paintPrompts(
  context: CanvasRenderingContext2D,
  prompts: readonly PaintedPrompt[],
  view: ViewTransform,
): void {
  for (const one of prompts) if (one.prompt.kind === 'box') paintBox(context, one.prompt, one, view);
  for (const one of prompts) if (one.prompt.kind === 'point') paintPoint(context, one.prompt, one, view);
}

function paintPoint(
  context: CanvasRenderingContext2D,
  point: PointRecord,
  { color, chosen, pending }: PaintedPrompt,
  view: ViewTransform,
): void {
  const { x, y } = toScreen(view, point);
  if (chosen) disc(context, x, y, pointRadius + 5, '#fff', '#000');
  disc(context, x, y, pointRadius + 2, '#000', null);
  disc(context, x, y, pointRadius + 1, '#fff', null);
  disc(context, x, y, pointRadius, point.positive ? color : '#000', null);
  context.strokeStyle = point.positive ? '#000' : '#fff';
  context.lineWidth = 2;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x - 3.5, y);
  context.lineTo(x + 3.5, y);
  if (point.positive) {
    context.moveTo(x, y - 3.5);
    context.lineTo(x, y + 3.5);
  }
  context.stroke();
  if (pending) ring(context, x, y);
}

function disc(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  fill: string,
  stroke: string | null,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fillStyle = fill;
  context.fill();
  if (stroke === null) return;
  context.strokeStyle = stroke;
  context.lineWidth = 1;
  context.stroke();
}

function ring(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, pointRadius + 4, 0, Math.PI * 2);
  context.strokeStyle = '#fff';
  context.lineWidth = 1.5;
  context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
}

function paintBox(
  context: CanvasRenderingContext2D,
  box: BoxRecord,
  { color, chosen, pending }: PaintedPrompt,
  view: ViewTransform,
): void {
  const { left, top, right, bottom } = boxOnScreen(view, box);
  const width = right - left;
  const height = bottom - top;
  frame(context, left, top, width, height, 'rgba(0, 0, 0, 0.85)', 4);
  if (pending) context.setLineDash([6, 4]);
  frame(context, left, top, width, height, color, 2);
  context.setLineDash([]);
  if (chosen) for (const x of [left, right]) for (const y of [top, bottom]) handle(context, x, y);
}

/** A box that is being drawn. */
export function paintDraftBox(
  context: CanvasRenderingContext2D,
  from: Point,
  to: Point,
  color: string,
  view: ViewTransform,
): void {
  const a = toScreen(view, from);
  const b = toScreen(view, to);
  const [left, top] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [width, height] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
  frame(context, left, top, width, height, 'rgba(0, 0, 0, 0.85)', 4);
  frame(context, left, top, width, height, color, 2);
  context.setLineDash([5, 5]);
  frame(context, left, top, width, height, '#fff', 1);
  context.setLineDash([]);
}

/** The keyboard's cross-hair. */
export function paintCross(context: CanvasRenderingContext2D, at: Point, view: ViewTransform): void {
  const { x, y } = toScreen(view, at);
  for (const [style, width] of [
    ['#000', 4],
    ['#fff', 1.5],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.beginPath();
    for (const way of [-1, 1]) {
      context.moveTo(x + way * 4, y);
      context.lineTo(x + way * 14, y);
      context.moveTo(x, y + way * 4);
      context.lineTo(x, y + way * 14);
    }
    context.stroke();
  }
}

function frame(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  style: string,
  lineWidth: number,
): void {
  context.strokeStyle = style;
  context.lineWidth = lineWidth;
  context.strokeRect(x, y, width, height);
}

function handle(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.fillStyle = '#fff';
  context.fillRect(x - 4, y - 4, 8, 8);
  frame(context, x - 4, y - 4, 8, 8, '#000', 1);
}
