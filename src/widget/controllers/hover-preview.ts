import { runLengthArea } from '../../mask';
import type { RunLength } from '../../mask';
import { nearestPixel } from '../drawing';
import type { Size } from '../drawing';
import type { RequestSender } from '../link';
import { readCounts } from './mask-feed';

/** A point that might be given. */
export interface PreviewWish {
  readonly objectId: string | null;
  readonly frame: number;
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
}

/** What the point would make of the mask. */
export interface Preview {
  readonly wish: PreviewWish;
  /** Null until the first answer. */
  readonly mask: RunLength | null;
  /** Pixels set. */
  readonly area: number | null;
}

/** What the preview needs of the canvas. */
export interface PreviewPort {
  readonly request: RequestSender;
  changed(): void;
}

/** Asks what a click would do while Shift is held: one question at a time, the latest wins, nothing is recorded. */
export class HoverPreview {
  readonly #port: PreviewPort;
  #wish: PreviewWish | null = null;
  #answer: Preview | null = null;
  #asking = false;

  constructor(port: PreviewPort) {
    this.#port = port;
  }

  /** What to show now; null while nothing is wished. */
  get shown(): Preview | null {
    if (!this.#wish) return null;
    const { objectId, frame } = this.#wish;
    const fits = this.#answer?.wish.objectId === objectId && this.#answer.wish.frame === frame;
    return {
      wish: this.#wish,
      mask: (fits && this.#answer?.mask) || null,
      area: fits ? this.#answer!.area : null,
    };
  }

  /** Shows what a point at a place of the picture would do; null: nothing any more. */
  want(wish: PreviewWish | null, picture: Size): void {
    const pixel = wish && { ...wish, ...nearestPixel(picture, wish) };
    if (same(pixel, this.#wish)) return;
    this.#wish = pixel;
    if (!pixel) this.#answer = null;
    this.#port.changed();
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const wish = this.#wish;
    if (this.#asking || !wish || same(wish, this.#answer?.wish ?? null)) return;
    this.#asking = true;
    try {
      const { value, buffers } = await this.#port.request({ kind: 'preview', ...wish });
      const { width, height } = value;
      const mask = { width, height, counts: readCounts(buffers[0]!) };
      if (this.#wish) this.#answer = { wish, mask, area: runLengthArea(mask) };
    } catch {
      // A click there will say what is wrong; a preview only shows nothing.
      this.#answer = { wish, mask: null, area: null };
    }
    this.#asking = false;
    this.#port.changed();
    void this.#ask();
  }
}

function same(a: PreviewWish | null, b: PreviewWish | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The words at the pointer: `+ adds 1 906 px`. */
export function previewChange(
  before: number,
  after: number,
): { readonly sign: '+' | '−' | '='; readonly pixels: number } {
  if (after === before) return { sign: '=', pixels: 0 };
  return { sign: after > before ? '+' : '−', pixels: Math.abs(after - before) };
}
