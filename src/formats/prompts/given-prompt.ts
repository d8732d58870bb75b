import { FormatError } from '../../errors';
import type { ImportInput } from '../format';

/** One prompt that a file of another program describes. */
export interface GivenPrompt {
  /** What tells objects of one file apart. */
  readonly key: string;
  readonly name: string;
  readonly className: string | null;
  readonly frame: number;
  /** Pixels, edges inclusive. */
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number] | null;
  readonly point: { readonly x: number; readonly y: number; readonly positive: boolean } | null;
}

/**
 * A box as pixels, edges inclusive, from edges that lie between pixels (COCO, LabelMe): cut to the picture. Null where
 * nothing of it is in the picture.
 */
export function insideBox(
  [left, top, right, bottom]: readonly [number, number, number, number],
  { video: { width, height } }: ImportInput,
): GivenPrompt['box'] {
  const box = [
    Math.max(0, Math.min(left, right)),
    Math.max(0, Math.min(top, bottom)),
    Math.min(width, Math.max(left, right)) - 1,
    Math.min(height, Math.max(top, bottom)) - 1,
  ] as const;
  return box[0] <= box[2] && box[1] <= box[3] ? box : null;
}

/**
 * Objects of files that do not say which boxes are of one object: the n-th box of a label on a frame is that label's n-th
 * object.
 */
export class LabelCount {
  readonly #counts = new Map<string, number>();

  /** The object that the next box of a label on a frame belongs to. */
  next(frame: number | string, label: string): { readonly key: string; readonly name: string } {
    const place = `${frame} ${label}`;
    const count = (this.#counts.get(place) ?? 0) + 1;
    this.#counts.set(place, count);
    return { key: `${label} ${count}`, name: count === 1 ? label : `${label} ${count}` };
  }
}

export function wrongPrompts(path: string, kind: string, why: string): FormatError {
  return new FormatError(`“${path}” cannot be read as ${kind}: ${why}. No prompt was given.`, { path });
}

export function noPromptFrame(path: string, name: string, { video }: ImportInput): FormatError {
  return new FormatError(
    `“${path}” has a box on “${name.slice(0, 80)}”, which is no frame of “${video.name}” (${video.frameCount} frames). No prompt was given.`,
    { path, name: name.slice(0, 80) },
  );
}
