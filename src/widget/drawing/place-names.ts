import type { Size } from './view-transform';

/** A name to put at an object, on the screen. */
export interface NameRequest extends Size {
  readonly id: string;
  /** The object's box on the screen. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** Where a name goes: its top left corner on the screen. */
export interface PlacedName {
  readonly id: string;
  readonly left: number;
  readonly top: number;
}

const gap = 6;

/**
 * Puts each name above its object, or below or inside where there is no room or another name is. The first of the
 * list is placed first. Objects outside the stage get none.
 */
export function placeNames(requests: readonly NameRequest[], stage: Size): PlacedName[] {
  const placed: (PlacedName & Size)[] = [];
  for (const request of requests) {
    const { box, width, height } = request;
    if (box.right < 0 || box.bottom < 0 || box.left > stage.width || box.top > stage.height) continue;
    const left = within((box.left + box.right - width) / 2, stage.width - width);
    const tops = [box.top - height - gap, box.bottom + gap, box.top + gap, box.top - 2 * (height + gap)];
    const choices = tops.map((top) => ({ left, top: within(top, stage.height - height), width, height }));
    const free = choices.find((one) => !placed.some((other) => overlap(one, other))) ?? choices[0]!;
    placed.push({ id: request.id, ...free });
  }
  return placed.map(({ id, left, top }) => ({ id, left, top }));
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 2), Math.max(2, most - 2));
}

type Rectangle = Size & { readonly left: number; readonly top: number };

function overlap(a: Rectangle, b: Rectangle): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}
