import { bitmapArea, connectedComponents } from '../../mask';
import type { Bitmap } from '../../mask';
import type { PointPrompt } from '../tracking';

/** A negative click takes at most this share of a mask away by what lies at the click alone. */
const mostTaken = 0.5;

/**
 * A mask with the change that a click asks for and no other: of all that `proposed` would add (positive click) or take
 * away (negative), the connected part under the click. Null where the proposal changes nothing there.
 */
export function changeAtClick(mask: Bitmap, proposed: Bitmap, click: PointPrompt): Bitmap | null {
  const [from, to] = click.positive ? [0, 1] : [1, 0];
  const { width, height } = mask;
  const changed = {
    width,
    height,
    data: mask.data.map((one, i) => (one === from && proposed.data[i] === to ? 1 : 0)),
  };
  const at = pixelAt(mask, click);
  if (changed.data[at] !== 1) return null;
  const { labels } = connectedComponents(changed);
  const part = labels[at]!;
  return { width, height, data: mask.data.map((one, i) => (labels[i] === part ? to : one)) };
}

/**
 * A mask without (negative) or with (positive) what lies at the click, found by itself: `there` is the decoder's answer to
 * the click alone. Null where that would take most of the mask away: then it is the object itself that was found.
 */
export function changeByWhatIsThere(mask: Bitmap, there: Bitmap, click: PointPrompt): Bitmap | null {
  const proposed = {
    ...mask,
    data: mask.data.map((one, i) => (there.data[i] === 1 ? (click.positive ? 1 : 0) : one)),
  };
  const changed = changeAtClick(mask, proposed, click);
  if (!changed || click.positive) return changed;
  return bitmapArea(changed) < (1 - mostTaken) * bitmapArea(mask) ? null : changed;
}

/** True when a mask says at the click what the click says. */
export function agreesWith(mask: Bitmap, click: PointPrompt): boolean {
  return (mask.data[pixelAt(mask, click)] === 1) === click.positive;
}

function pixelAt({ width, height }: Bitmap, { x, y }: PointPrompt): number {
  const [column, row] = [Math.round(x), Math.round(y)];
  return Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column));
}
