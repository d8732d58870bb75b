import type { PromptRecord } from '../../annotation';
import type { Stroke } from '../../mask';
import type { Point, PromptHit } from '../drawing';

/** One event of a pointer, as a plain record. */
export interface Pointer {
  /** CSS pixels in the stage. */
  readonly screen: Point;
  /** Stored pixels of the picture, not rounded. */
  readonly picture: Point;
  /** 0 left, 1 middle, 2 right; what a pen's eraser sends is 5. */
  readonly button: number;
  /** Places between the last event and this one, as fine as the device tells them; stored pixels. */
  readonly between?: readonly Point[];
}

/** A box, a moved prompt or a stroke that is not recorded yet. */
export type Draft =
  | { readonly kind: 'box'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'moved'; readonly prompt: PromptRecord }
  | { readonly kind: 'stroke'; readonly stroke: Stroke; readonly adds: boolean };

/** What the tools may ask of the canvas. */
export interface ToolPort {
  /** True while the chosen sign of the tools is turned around. */
  isFlipped(): boolean;
  promptAt(screen: Point): PromptHit | null;
  movedPrompt(hit: PromptHit, from: Point, to: Point): PromptRecord;
  addPoint(picture: Point, positive: boolean): void;
  addBox(from: Point, to: Point): void;
  movePrompt(prompt: PromptRecord): void;
  /** Stored pixels. */
  brushRadius(): number;
  /** Adds what a stroke covers to the object's mask on this frame, or takes it away. */
  draw(stroke: Stroke, adds: boolean): void;
  choosePrompt(hit: PromptHit | null): void;
  chooseObjectAt(picture: Point): void;
  panBy(by: Point): void;
  draft(draft: Draft | null): void;
  isInPicture(picture: Point): boolean;
}
