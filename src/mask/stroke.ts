import type { Bitmap } from './bitmap';

/** A hand's way over the picture: x, y, x, y …, stored pixels, (0, 0) the centre of the first pixel. */
export type StrokePath = readonly number[];

/** What a brush or a lasso covers. */
export type Stroke =
  /** Every pixel whose centre is within `radius` pixels of the path; a path of one place is a dab. */
  | { readonly kind: 'brush'; readonly radius: number; readonly path: StrokePath }
  /** Every pixel whose centre the path goes round, closed by a straight line; what it goes round twice as well. */
  | { readonly kind: 'lasso'; readonly path: StrokePath };

/**
 * Sets the pixels that a stroke covers to 1, or to 0 where it takes away. Outside the picture nothing happens. Answers
 * with the number of pixels that are not what they were.
 */
export function applyStroke(mask: Bitmap, stroke: Stroke, adds: boolean): number {
  const value = adds ? 1 : 0;
  if (stroke.kind === 'lasso') return fillLoop(mask, stroke.path, value);
  const { path, radius } = stroke;
  let changed = 0;
  for (let i = 0; i + 1 < path.length; i += 2) {
    const next = Math.min(i + 2, path.length - 2);
    changed += fillCapsule(mask, [path[i]!, path[i + 1]!, path[next]!, path[next + 1]!], radius, value);
  }
  return changed;
}

/** Sets a row's pixels from the first centre at or after `from` to the last at or before `to`. */
function fillRow(mask: Bitmap, y: number, from: number, to: number, value: 0 | 1): number {
  const first = Math.max(0, Math.ceil(from));
  const last = Math.min(mask.width - 1, Math.floor(to));
  let changed = 0;
  for (let at = y * mask.width + first, end = y * mask.width + last; at <= end; at++) {
    if (mask.data[at] === value) continue;
    mask.data[at] = value;
    changed++;
  }
  return changed;
}

/** Everything within `radius` of the line from (x0, y0) to (x1, y1): row by row, since a capsule is convex. */
function fillCapsule(
  mask: Bitmap,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  radius: number,
  value: 0 | 1,
): number {
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - radius));
  const bottom = Math.min(mask.height - 1, Math.floor(Math.max(y0, y1) + radius));
  let changed = 0;
  for (let y = top; y <= bottom; y++) {
    const span = capsuleRow([x0, y0, x1, y1], radius, y);
    if (span) changed += fillRow(mask, y, span[0], span[1], value);
  }
  return changed;
}

/** Where a row lies in a capsule: the union of its two discs' and its rectangle's parts of the row, which touch. */
function capsuleRow(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  radius: number,
  y: number,
): readonly [number, number] | null {
  let [from, to] = [Infinity, -Infinity];
  const take = (a: number, b: number): void => {
    from = Math.min(from, a, b);
    to = Math.max(to, a, b);
  };
  for (const [x, centre] of [
    [x0, y0],
    [x1, y1],
  ] as const) {
    const half = Math.sqrt(radius ** 2 - (y - centre) ** 2);
    if (half >= 0) take(x - half, x + half);
  }
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length > 0) {
    const [nx, ny] = [(-(y1 - y0) / length) * radius, ((x1 - x0) / length) * radius];
    const corners = [
      [x0 + nx, y0 + ny],
      [x1 + nx, y1 + ny],
      [x1 - nx, y1 - ny],
      [x0 - nx, y0 - ny],
    ] as const;
    corners.forEach(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % 4]!;
      if (Math.min(ay, by) > y || Math.max(ay, by) < y) return;
      if (ay === by) take(ax, bx);
      else take(ax + ((y - ay) / (by - ay)) * (bx - ax), ax + ((y - ay) / (by - ay)) * (bx - ax));
    });
  }
  return from <= to ? [from, to] : null;
}

/** Fills a loop by the non-zero winding rule, row by row. */
function fillLoop(mask: Bitmap, path: StrokePath, value: 0 | 1): number {
  let changed = 0;
  const corners = path.length >> 1;
  if (corners < 3) return 0;
  for (let y = 0; y < mask.height; y++) {
    const crossings: { readonly x: number; readonly way: 1 | -1 }[] = [];
    for (let i = 0; i < corners; i++) {
      const j = (i + 1) % corners;
      const [ay, by] = [path[2 * i + 1]!, path[2 * j + 1]!];
      if (ay <= y === by <= y) continue;
      const [ax, bx] = [path[2 * i]!, path[2 * j]!];
      crossings.push({ x: ax + ((y - ay) / (by - ay)) * (bx - ax), way: by > ay ? 1 : -1 });
    }
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach(({ x, way }, i) => {
      winding += way;
      const next = crossings[i + 1];
      if (winding !== 0 && next) changed += fillRow(mask, y, x, next.x, value);
    });
  }
  return changed;
}
