import type { BoxRecord, PromptRecord } from '../../annotation';
import { nearestPixel, toScreen } from './view-transform';
import type { Point, Size, ViewTransform } from './view-transform';

/** The part of a prompt that a pointer holds: a point, a box by its edge, or one corner of a box. */
export type PromptPart = 'whole' | 'x0y0' | 'x1y0' | 'x0y1' | 'x1y1';

/** A prompt under the pointer. */
export interface PromptHit {
  readonly prompt: PromptRecord;
  readonly part: PromptPart;
}

/** Points answer within a square of 24 CSS pixels, a box's corners within 20, its edges within 12. */
const pointReach = 12;
const cornerReach = 10;
const edgeReach = 6;

/** The prompt under a screen place, the nearest point first, then corners, then edges; null where none is. */
export function promptAt(
  prompts: readonly PromptRecord[],
  view: ViewTransform,
  screen: Point,
): PromptHit | null {
  return nearestPoint(prompts, view, screen) ?? nearestBox(prompts, view, screen);
}

function nearestPoint(
  prompts: readonly PromptRecord[],
  view: ViewTransform,
  screen: Point,
): PromptHit | null {
  let best: PromptHit | null = null;
  let nearest = Infinity;
  for (const prompt of prompts) {
    if (prompt.kind !== 'point') continue;
    const at = toScreen(view, prompt);
    const away = Math.max(Math.abs(at.x - screen.x), Math.abs(at.y - screen.y));
    if (away > pointReach || away > nearest) continue;
    nearest = away;
    best = { prompt, part: 'whole' };
  }
  return best;
}

function nearestBox(prompts: readonly PromptRecord[], view: ViewTransform, screen: Point): PromptHit | null {
  for (let i = prompts.length - 1; i >= 0; i--) {
    const prompt = prompts[i]!;
    if (prompt.kind !== 'box') continue;
    const part = boxPartAt(boxOnScreen(view, prompt), screen);
    if (part) return { prompt, part };
  }
  return null;
}

/** A box's outer edges on the screen: it covers its last pixels whole. */
export function boxOnScreen(
  view: ViewTransform,
  box: Pick<BoxRecord, 'x0' | 'y0' | 'x1' | 'y1'>,
): { left: number; top: number; right: number; bottom: number } {
  const first = toScreen(view, { x: box.x0 - 0.5, y: box.y0 - 0.5 });
  const last = toScreen(view, { x: box.x1 + 0.5, y: box.y1 + 0.5 });
  return { left: first.x, top: first.y, right: last.x, bottom: last.y };
}

function boxPartAt(
  box: { left: number; top: number; right: number; bottom: number },
  { x, y }: Point,
): PromptPart | null {
  const near = (a: number, b: number, reach: number): boolean => Math.abs(a - b) <= reach;
  for (const [part, cx, cy] of [
    ['x0y0', box.left, box.top],
    ['x1y0', box.right, box.top],
    ['x0y1', box.left, box.bottom],
    ['x1y1', box.right, box.bottom],
  ] as const) {
    if (near(x, cx, cornerReach) && near(y, cy, cornerReach)) return part;
  }
  const across = x >= box.left - edgeReach && x <= box.right + edgeReach;
  const down = y >= box.top - edgeReach && y <= box.bottom + edgeReach;
  const onEdge =
    (across && (near(y, box.top, edgeReach) || near(y, box.bottom, edgeReach))) ||
    (down && (near(x, box.left, edgeReach) || near(x, box.right, edgeReach)));
  return onEdge ? 'whole' : null;
}

/** The box between two picture places, edges inclusive, inside the picture. */
export function boxBetween(
  picture: Size,
  a: Point,
  b: Point,
): { x0: number; y0: number; x1: number; y1: number } {
  const from = nearestPixel(picture, a);
  const to = nearestPixel(picture, b);
  return {
    x0: Math.min(from.x, to.x),
    y0: Math.min(from.y, to.y),
    x1: Math.max(from.x, to.x),
    y1: Math.max(from.y, to.y),
  };
}

/** A prompt dragged from one picture place to another; it stays inside the picture and keeps its size. */
export function movedPrompt(hit: PromptHit, from: Point, to: Point, picture: Size): PromptRecord {
  const { prompt, part } = hit;
  if (prompt.kind === 'mask') return prompt;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (prompt.kind === 'point')
    return { ...prompt, ...nearestPixel(picture, { x: prompt.x + dx, y: prompt.y + dy }) };
  if (part === 'whole') return shiftedBox(prompt, dx, dy, picture);
  const moving = {
    x: (part[1] === '0' ? prompt.x0 : prompt.x1) + dx,
    y: (part[3] === '0' ? prompt.y0 : prompt.y1) + dy,
  };
  const resting = {
    x: part[1] === '0' ? prompt.x1 : prompt.x0,
    y: part[3] === '0' ? prompt.y1 : prompt.y0,
  };
  return { ...prompt, ...boxBetween(picture, moving, resting) };
}

function shiftedBox(box: BoxRecord, dx: number, dy: number, picture: Size): BoxRecord {
  const shift = (by: number, low: number, high: number, size: number): number =>
    Math.min(Math.max(Math.round(by), -low), size - 1 - high);
  const x = shift(dx, box.x0, box.x1, picture.width);
  const y = shift(dy, box.y0, box.y1, picture.height);
  return { ...box, x0: box.x0 + x, x1: box.x1 + x, y0: box.y0 + y, y1: box.y1 + y };
}
