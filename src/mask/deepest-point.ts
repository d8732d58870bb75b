import type { Bitmap } from './bitmap';

/**
 * The set pixel farthest from any pixel that is not set (outside the picture counts as not set), or null for an
 * empty mask. Distances are those of the 3-4 chamfer (Borgefors 1986), within 8% of Euclid's.
 */
export function deepestPoint({ width, height, data }: Bitmap): { x: number; y: number } | null {
  const stride = width + 2;
  const depth = new Int32Array(stride * (height + 2));
  const far = 1 << 29;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (data[y * width + x] === 1) depth[(y + 1) * stride + x + 1] = far;
  }
  for (let i = stride + 1; i < depth.length - stride - 1; i++) {
    if (depth[i] !== 0)
      depth[i] = Math.min(depth[i]!, near(depth, i - 1, i - stride, i - stride - 1, i - stride + 1));
  }
  let best = -1;
  for (let i = depth.length - stride - 2; i > stride; i--) {
    if (depth[i] === 0) continue;
    depth[i] = Math.min(depth[i]!, near(depth, i + 1, i + stride, i + stride + 1, i + stride - 1));
    if (best < 0 || depth[i]! >= depth[best]!) best = i;
  }
  return best < 0 ? null : { x: (best % stride) - 1, y: Math.floor(best / stride) - 1 };
}

function near(depth: Int32Array, side: number, above: number, left: number, right: number): number {
  return Math.min(depth[side]! + 3, depth[above]! + 3, depth[left]! + 4, depth[right]! + 4);
}
