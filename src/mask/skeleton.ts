import type { Bitmap } from './bitmap';
import { bitmapBox } from './bitmap';
import { connectedComponents, keepLargeComponents } from './components';

/** A place in stored pixels, x to the right, y down. */
export interface SkeletonPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * A mask thinned to lines one pixel wide, by the parallel algorithm of Zhang and Suen (Communications of the ACM 27
 * (3), 1984): pixels of the border go in two alternating passes for as long as the parts stay connected.
 */
export function skeletonOf(mask: Bitmap): Bitmap {
  const box = bitmapBox(mask);
  const data = Uint8Array.from(mask.data);
  const { width, height } = mask;
  if (!box) return { width, height, data };
  const at = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < width && y < height ? data[y * width + x]! : 0;
  for (let changed = true; changed;) {
    changed = false;
    for (const pass of [0, 1]) {
      const gone: number[] = [];
      for (let y = box.y0; y <= box.y1; y++)
        for (let x = box.x0; x <= box.x1; x++)
          if (data[y * width + x] === 1 && isBorder(neighbours(at, x, y), pass)) gone.push(y * width + x);
      gone.forEach((one) => (data[one] = 0));
      changed ||= gone.length > 0;
    }
  }
  return { width, height, data };
}

/** The eight neighbours, from the one above on, clockwise: P2 to P9 of the paper. */
function neighbours(at: (x: number, y: number) => number, x: number, y: number): readonly number[] {
  return [
    at(x, y - 1),
    at(x + 1, y - 1),
    at(x + 1, y),
    at(x + 1, y + 1),
    at(x, y + 1),
    at(x - 1, y + 1),
    at(x - 1, y),
    at(x - 1, y - 1),
  ];
}

function isBorder(p: readonly number[], pass: number): boolean {
  const count = p.reduce((sum, one) => sum + one, 0);
  if (count < 2 || count > 6) return false;
  const risings = p.filter((one, i) => one === 0 && p[(i + 1) % 8] === 1).length;
  if (risings !== 1) return false;
  const [up, right, down, left] = [p[0]!, p[2]!, p[4]!, p[6]!];
  return pass === 0
    ? up * right * down === 0 && right * down * left === 0
    : up * right * left === 0 && up * down * left === 0;
}

/**
 * SAMannot's rule for the points that a block starts from: the end points of the skeleton of the mask's largest part,
 * and one point for each junction, the skeleton's pixel nearest to the junction's centre. None for an empty mask; the
 * skeleton's middle pixel where it has neither end nor junction, as a ring or a dot.
 */
export function skeletonPoints(mask: Bitmap): SkeletonPoint[] {
  const skeleton = skeletonOf(keepLargeComponents(mask, 1));
  const { width, height, data } = skeleton;
  const pixels = Array.from(data.keys()).filter((i) => data[i] === 1);
  const at = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < width && y < height ? data[y * width + x]! : 0;
  const around = (i: number): number =>
    neighbours(at, i % width, Math.floor(i / width)).reduce((sum, one) => sum + one, 0);
  const point = (i: number): SkeletonPoint => ({ x: i % width, y: Math.floor(i / width) });
  const ends = pixels.filter((i) => around(i) === 1).map(point);
  const junctions = { width, height, data: new Uint8Array(data.length) };
  for (const i of pixels) if (around(i) >= 3) junctions.data[i] = 1;
  const { labels, sizes } = connectedComponents(junctions, true);
  const centres = sizes.map((_, part) => {
    const members = pixels.filter((i) => labels[i] === part + 1).map(point);
    return nearestToMean(members);
  });
  const points = [...ends, ...centres];
  return points.length > 0 || pixels.length === 0 ? points : [nearestToMean(pixels.map(point))];
}

function nearestToMean(points: readonly SkeletonPoint[]): SkeletonPoint {
  const mean = (of: (one: SkeletonPoint) => number): number =>
    points.reduce((sum, one) => sum + of(one), 0) / points.length;
  const [x, y] = [mean((one) => one.x), mean((one) => one.y)];
  const distance = (one: SkeletonPoint): number => (one.x - x) ** 2 + (one.y - y) ** 2;
  return points.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}
