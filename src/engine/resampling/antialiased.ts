import type { FloatMap } from './bilinear';
import { filterTaps, triangle } from './filter-taps';

/** A map at another size by the triangle filter, every sample counting: torch's `interpolate(…, antialias=True)`. */
export function resizeAntialiased(source: FloatMap, width: number, height: number): FloatMap {
  const across = filterTaps(source.width, width, triangle);
  const down = filterTaps(source.height, height, triangle);
  const wide = new Float32Array(width * source.height);
  for (let y = 0; y < source.height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      const at = y * source.width + across.first[x]!;
      for (let j = 0; j < across.count[x]!; j++) {
        sum += source.data[at + j]! * across.weights[x * across.most + j]!;
      }
      wide[y * width + x] = sum;
    }
  }
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      const at = down.first[y]! * width + x;
      for (let j = 0; j < down.count[y]!; j++) {
        sum += wide[at + j * width]! * down.weights[y * down.most + j]!;
      }
      data[y * width + x] = sum;
    }
  }
  return { width, height, data };
}
