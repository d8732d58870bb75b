import type { PixelBox } from './bitmap';
import type { RunLength } from './run-length';

/** Size and place of a mask. Pixels; (0, 0) is the centre of the first, x to the right, y down. */
export interface MaskShape {
  readonly area: number;
  /** Of the centroid; 0 for an empty mask. */
  readonly x: number;
  readonly y: number;
  /** Edges inclusive; null for an empty mask. */
  readonly box: PixelBox | null;
}

/** Size and place of run lengths, without decoding: a few operations a run. */
export function runLengthShape({ width, height, counts }: RunLength): MaskShape {
  let [area, sumX, sumY, position] = [0, 0, 0, 0];
  let [x0, x1, y0, y1] = [width, -1, height, -1];
  for (let i = 0; i < counts.length; i++) {
    const length = counts[i]!;
    if ((i & 1) === 1 && length > 0) {
      const [from, to] = [position, position + length - 1];
      const [left, right] = [Math.floor(from / height), Math.floor(to / height)];
      const [top, bottom] = [from - left * height, to - right * height];
      area += length;
      x0 = Math.min(x0, left);
      x1 = Math.max(x1, right);
      if (left === right) {
        sumX += left * length;
        sumY += ((top + bottom) * length) / 2;
        y0 = Math.min(y0, top);
        y1 = Math.max(y1, bottom);
      } else {
        // Down to the end of its first column, over whole columns, and down its last to the end of the run.
        const [first, whole, last] = [height - top, right - left - 1, bottom + 1];
        sumX += left * first + ((left + right) / 2) * whole * height + right * last;
        sumY += ((top + height - 1) * first) / 2 + ((height - 1) / 2) * height * whole + (bottom * last) / 2;
        y0 = 0;
        y1 = height - 1;
      }
    }
    position += length;
  }
  if (area === 0) return { area: 0, x: 0, y: 0, box: null };
  return { area, x: sumX / area, y: sumY / area, box: { x0, y0, x1, y1 } };
}
