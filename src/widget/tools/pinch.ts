import type { Point } from '../drawing';

/** What two fingers did to the picture since they last moved. */
export interface PinchStep {
  readonly factor: number;
  /** Where the zoom stays: the fingers' middle, CSS pixels in the stage. */
  readonly at: Point;
  readonly pan: Point;
}

/**
 * Touching fingers: the first one uses the tool, a second one zooms and pans and takes the tool's gesture back.
 */
export class Pinch {
  readonly #fingers = new Map<number, Point>();

  /** True while two fingers or more are down. */
  get active(): boolean {
    return this.#fingers.size > 1;
  }

  down(id: number, at: Point): void {
    this.#fingers.set(id, at);
  }

  up(id: number): void {
    this.#fingers.delete(id);
  }

  /** A finger moved. Null while fewer than two are down. */
  move(id: number, at: Point): PinchStep | null {
    if (!this.#fingers.has(id)) return null;
    const before = this.#pair();
    this.#fingers.set(id, at);
    const after = this.#pair();
    if (!before || !after) return null;
    return {
      factor: before.distance > 0 ? after.distance / before.distance : 1,
      at: after.middle,
      pan: { x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y },
    };
  }

  #pair(): { readonly distance: number; readonly middle: Point } | null {
    const [a, b] = [...this.#fingers.values()];
    if (!a || !b) return null;
    return {
      distance: Math.hypot(a.x - b.x, a.y - b.y),
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
    };
  }
}
