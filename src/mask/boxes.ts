import type { PixelBox } from './bitmap';

/** A box with so much of its size more to each side, 1 being all of it. It may reach beyond the picture. */
export function grownBox({ x0, y0, x1, y1 }: PixelBox, by: number): PixelBox {
  const [wide, high] = [by * (x1 - x0 + 1), by * (y1 - y0 + 1)];
  return { x0: x0 - wide, y0: y0 - high, x1: x1 + wide, y1: y1 + high };
}

/** True where two boxes have a place in common, their edges included. */
export function boxesMeet(a: PixelBox, b: PixelBox): boolean {
  return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}
