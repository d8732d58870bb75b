import { bitmapArea, depthInside } from '../../mask';
import type { Bitmap } from '../../mask';

/**
 * The mask between two others, `share` (0 to 1) of the way: both are moved to where the object's centre would be, and
 * the edge lies where their distances to the edge, weighed by nearness, add up to nothing. Where one of them is empty
 * the nearer one counts.
 */
export function interpolateMasks(from: Bitmap, to: Bitmap, share: number): Bitmap {
  if (bitmapArea(from) === 0 || bitmapArea(to) === 0) return share < 0.5 ? from : to;
  const start = shaped(from);
  const end = shaped(to);
  const centre = {
    x: start.x + (end.x - start.x) * share,
    y: start.y + (end.y - start.y) * share,
  };
  const { width, height } = from;
  const data = new Uint8Array(width * height);
  const shift = (of: Shape): readonly [number, number] => [
    Math.round(of.x - centre.x),
    Math.round(of.y - centre.y),
  ];
  const [ax, ay] = shift(start);
  const [bx, by] = shift(end);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const a = distanceAt(start, x + ax, y + ay);
      const b = distanceAt(end, x + bx, y + by);
      if (a * (1 - share) + b * share > 0) data[y * width + x] = 1;
    }
  }
  return { width, height, data };
}

interface Shape {
  readonly width: number;
  readonly height: number;
  /** Distances to the edge: above 0 inside, below outside. */
  readonly signed: Int32Array;
  /** The centre of mass. */
  readonly x: number;
  readonly y: number;
}

function shaped(mask: Bitmap): Shape {
  const { width, height, data } = mask;
  const inside = depthInside(mask);
  const outside = depthInside({ width, height, data: data.map((one) => 1 - one) }, true);
  let [sumX, sumY, area] = [0, 0, 0];
  const signed = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    signed[i] = data[i] === 1 ? inside[i]! : -outside[i]!;
    if (data[i] !== 1) continue;
    sumX += i % width;
    sumY += Math.floor(i / width);
    area++;
  }
  return { width, height, signed, x: sumX / area, y: sumY / area };
}

/** Beyond the picture the nearest pixel in it stands. */
function distanceAt({ width, height, signed }: Shape, x: number, y: number): number {
  const column = x < 0 ? 0 : x >= width ? width - 1 : x;
  const row = y < 0 ? 0 : y >= height ? height - 1 : y;
  return signed[row * width + column]!;
}
