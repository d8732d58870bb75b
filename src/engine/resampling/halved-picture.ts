import type { BytePicture } from './bicubic-picture';

/**
 * A picture in places of two by two pixels, their mean: `width` × `height` of them, from pixel (left, top) on. What reaches beyond the picture
 * counts as its edge.
 */
export function halvePicture(
  source: BytePicture,
  width: number,
  height: number,
  left = 0,
  top = 0,
): BytePicture {
  const half = new Uint8Array(3 * width * height);
  const { data } = source;
  const last = { x: source.width - 1, y: source.height - 1 };
  for (let y = 0, out = 0; y < height; y++) {
    const above = (top + 2 * y) * source.width;
    const below = Math.min(last.y, top + 2 * y + 1) * source.width;
    for (let x = 0; x < width; x++) {
      const from = left + 2 * x;
      const to = Math.min(last.x, from + 1);
      const [a, b, c, d] = [3 * (above + from), 3 * (above + to), 3 * (below + from), 3 * (below + to)];
      for (let channel = 0; channel < 3; channel++, out++)
        half[out] =
          (data[a + channel]! + data[b + channel]! + data[c + channel]! + data[d + channel]! + 2) >> 2;
    }
  }
  return { width, height, data: half };
}
