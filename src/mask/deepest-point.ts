import type { Bitmap } from './bitmap';

const far = 1 << 29;

/**
 * How far each set pixel lies from the nearest that is not set, in thirds of a pixel; 0 for those that are not set.
 * Beyond the picture nothing is set, or, with `open`, everything. Distances are those of the 3-4 chamfer (Borgefors
 * 1986), within 8% of Euclid's.
 */
export function depthInside(mask: Bitmap, open = false): Int32Array {
  const { width, height } = mask;
  const padded = paddedDepth(mask, open);
  const depth = new Int32Array(width * height);
  const stride = width + 2;
  for (let y = 0; y < height; y++)
    depth.set(padded.subarray((y + 1) * stride + 1, (y + 1) * stride + 1 + width), y * width);
  return depth;
}

/** The set pixel farthest from any pixel that is not set (outside the picture counts as not set), or null. */
export function deepestPoint(mask: Bitmap): { x: number; y: number } | null {
  const depth = paddedDepth(mask, false);
  const stride = mask.width + 2;
  let best = -1;
  for (let i = depth.length - stride - 2; i > stride; i--)
    if (depth[i] !== 0 && (best < 0 || depth[i]! >= depth[best]!)) best = i;
  return best < 0 ? null : { x: (best % stride) - 1, y: Math.floor(best / stride) - 1 };
}

/** The same with a border of one pixel. */
function paddedDepth({ width, height, data }: Bitmap, open: boolean): Int32Array {
  const stride = width + 2;
  const depth = new Int32Array(stride * (height + 2)).fill(open ? far : 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) depth[(y + 1) * stride + x + 1] = data[y * width + x] === 1 ? far : 0;
  }
  for (let i = stride + 1; i < depth.length - stride - 1; i++) {
    if (depth[i] !== 0)
      depth[i] = Math.min(depth[i]!, near(depth, i - 1, i - stride, i - stride - 1, i - stride + 1));
  }
  for (let i = depth.length - stride - 2; i > stride; i--) {
    if (depth[i] === 0) continue;
    depth[i] = Math.min(depth[i]!, near(depth, i + 1, i + stride, i + stride + 1, i + stride - 1));
  }
  return depth;
}

function near(depth: Int32Array, side: number, above: number, left: number, right: number): number {
  return Math.min(depth[side]! + 3, depth[above]! + 3, depth[left]! + 4, depth[right]! + 4);
}
