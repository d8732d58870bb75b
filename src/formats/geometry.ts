import { bitmapBox } from '../mask';
import type { Bitmap, PixelBox } from '../mask';
import { tracePolygons } from './contours';
import type { Place, Ring } from './contours';

/** What is measured of one mask, in pixels; angles in degrees. */
export interface Geometry {
  readonly area: number;
  /** Mean of the pixels' centres; x to the right, y down, (0, 0) is the first pixel's centre. */
  readonly centroid: Place;
  readonly box: PixelBox;
  /** Length of all outlines, holes' too, through the centres of the pixels along them: OpenCV's arcLength. */
  readonly perimeter: number;
  /** Area over the area of the convex hull around the pixels (their corners); 1 for a convex shape along the axes. */
  readonly solidity: number;
  /** The long axis against the x axis, clockwise on the screen, in (-90, 90]; null for a shape with no long axis. */
  readonly orientation: number | null;
}

/** Null for an empty mask. */
export function measure(mask: Bitmap): Geometry | null {
  const box = bitmapBox(mask);
  if (!box) return null;
  const { area, centroid, orientation } = moments(mask, box);
  const parts = tracePolygons(mask);
  const outlines = parts.flatMap(({ outer, holes }) => [outer, ...holes]);
  const perimeter = outlines.reduce((sum, one) => sum + ringLength(one.centres), 0);
  const hull = hullArea(parts.flatMap(({ outer }) => outer.corners));
  return { area, centroid, box, perimeter, solidity: area / hull, orientation };
}

/** Area, centroid and long axis from the image moments (Hu 1962) up to the second order. */
function moments(
  { width, data }: Bitmap,
  { x0, y0, x1, y1 }: PixelBox,
): Pick<Geometry, 'area' | 'centroid' | 'orientation'> {
  let [area, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      if (data[y * width + x] !== 1) continue;
      // Counted from the box, so that the sums of squares stay exact.
      const [dx, dy] = [x - x0, y - y0];
      area++;
      sx += dx;
      sy += dy;
      sxx += dx * dx;
      syy += dy * dy;
      sxy += dx * dy;
    }
  }
  const [mx, my] = [sx / area, sy / area];
  const [xx, yy, xy] = [sxx / area - mx * mx, syy / area - my * my, sxy / area - mx * my];
  const round = Math.abs(xx - yy) < 1e-9 && Math.abs(xy) < 1e-9;
  const angle = (0.5 * Math.atan2(2 * xy, xx - yy) * 180) / Math.PI;
  return { area, centroid: [x0 + mx, y0 + my], orientation: round ? null : angle };
}

function ringLength(ring: Ring): number {
  let length = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x0, y0] = ring[i]!;
    const [x1, y1] = ring[(i + 1) % ring.length]!;
    length += Math.hypot(x1 - x0, y1 - y0);
  }
  return length;
}

/** Area of the convex hull, by Andrew's monotone chain (1979). */
function hullArea(places: readonly Place[]): number {
  const sorted = [...places].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const chain = (list: readonly Place[]): Place[] => {
    const hull: Place[] = [];
    for (const place of list) {
      while (hull.length >= 2 && turn(hull[hull.length - 2]!, hull[hull.length - 1]!, place) <= 0) hull.pop();
      hull.push(place);
    }
    return hull.slice(0, -1);
  };
  const hull = [...chain(sorted), ...chain(sorted.reverse())];
  const twice = hull.reduce((sum, [x0, y0], i) => {
    const [x1, y1] = hull[(i + 1) % hull.length]!;
    return sum + x0 * y1 - x1 * y0;
  }, 0);
  return Math.abs(twice) / 2;
}

function turn([ax, ay]: Place, [bx, by]: Place, [cx, cy]: Place): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}
