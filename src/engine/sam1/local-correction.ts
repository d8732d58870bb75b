import { applyStroke, bitmapArea, bitmapBox, connectedComponents, keepLargeComponents } from '../../mask';
import type { Bitmap } from '../../mask';
import type { PointPrompt } from '../tracking';
import { tuning } from './tuning';

/** A negative click takes at most this share of a mask away: more is the object itself. */
const mostTaken = 0.5;
/** A positive click that adds more than the mask has, over to two edges of the picture, has found the background. */
const mostAdded = 1;
/** Inside the box around a mask a gap is missing or a small part, at most this share of it: more is what lies between its parts. */
const mostFilled = 0.1;

/** A click that the decoder cannot make sense of changes this much around it: a share of the picture's diagonal. */
const dabShare = 0.005;

/**
 * A mask that says at the click what the click says, and close around it: what is left where nothing better was found,
 * since a click that does nothing is no answer.
 */
export function dabAtClick(mask: Bitmap, click: PointPrompt): Bitmap {
  const data = mask.data.slice();
  const radius = Math.max(1, dabShare * Math.hypot(mask.width, mask.height));
  applyStroke({ ...mask, data }, { kind: 'brush', radius, path: [click.x, click.y] }, click.positive);
  return { ...mask, data };
}

/** True where a change is no change of the object: it takes most of it away, fills more than a gap, or adds the background to it. */
function goesTooFar(mask: Bitmap, changed: Bitmap, click: PointPrompt): boolean {
  const before = bitmapArea(mask);
  const after = bitmapArea(changed);
  if (!click.positive) return after < (1 - mostTaken) * before;
  if (after > (1 + mostFilled) * before && isAmid(mask, click)) return true;
  return after > (1 + mostAdded) * before && edgesTouched(changed) - edgesTouched(mask) > 1;
}

/** True for a click in the box around a mask, crumbs of it aside. */
function isAmid(mask: Bitmap, { x, y }: PointPrompt): boolean {
  const box = bitmapBox(keepLargeComponents(mask, tuning.leastPart));
  return box !== null && x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
}

/** How many of the picture's four edges a mask reaches. */
function edgesTouched(mask: Bitmap): number {
  const box = bitmapBox(mask);
  if (!box) return 0;
  const { width, height } = mask;
  return [box.x0 === 0, box.y0 === 0, box.x1 === width - 1, box.y1 === height - 1].filter(Boolean).length;
}

/**
 * A mask with the change that a click asks for and no other: of all that `proposed` would add (positive click) or take
 * away (negative), the connected part under the click. Null where the proposal changes nothing there, or goes too far.
 */
export function changeAtClick(mask: Bitmap, proposed: Bitmap, click: PointPrompt): Bitmap | null {
  const [from, to] = click.positive ? [0, 1] : [1, 0];
  const at = pixelAt(mask, click);
  if (mask.data[at] !== from || proposed.data[at] !== to) return null;
  const { width, height } = mask;
  const changed = new Uint8Array(mask.data.length);
  for (let i = 0; i < changed.length; i++)
    if (mask.data[i] === from && proposed.data[i] === to) changed[i] = 1;
  const { labels } = connectedComponents({ width, height, data: changed });
  const part = labels[at]!;
  const result = { width, height, data: mask.data.slice() };
  for (let i = 0; i < changed.length; i++) if (labels[i] === part) result.data[i] = to;
  return goesTooFar(mask, result, click) ? null : result;
}

/**
 * A mask without (negative) or with (positive) what lies at the click, found by itself: `there` is the decoder's answer to
 * the click alone. Null where that goes too far.
 */
export function changeByWhatIsThere(mask: Bitmap, there: Bitmap, click: PointPrompt): Bitmap | null {
  const proposed = { ...mask, data: mask.data.slice() };
  for (let i = 0; i < proposed.data.length; i++)
    if (there.data[i] === 1) proposed.data[i] = click.positive ? 1 : 0;
  return changeAtClick(mask, proposed, click);
}

/** A mask with the changes that both of two others make to it. */
export function changesOfBoth(mask: Bitmap, one: Bitmap, other: Bitmap): Bitmap {
  const data = mask.data.map((had, i) => (one.data[i] === other.data[i] ? one.data[i]! : had));
  return { ...mask, data };
}

/** A mask with the changes that either of two others makes to it. */
export function changesOfEither(mask: Bitmap, one: Bitmap, other: Bitmap): Bitmap {
  const data = mask.data.map((had, i) => (one.data[i] === had ? other.data[i]! : one.data[i]!));
  return { ...mask, data };
}

/** True when a mask says at the click what the click says. */
export function agreesWith(mask: Bitmap, click: PointPrompt): boolean {
  return (mask.data[pixelAt(mask, click)] === 1) === click.positive;
}

function pixelAt({ width, height }: Bitmap, { x, y }: PointPrompt): number {
  const [column, row] = [Math.round(x), Math.round(y)];
  return Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column));
}
