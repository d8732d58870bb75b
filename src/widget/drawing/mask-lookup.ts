import type { PixelBox, RunLength } from '../../mask';

/** True when the pixel is set; outside the mask nothing is. Without decoding. */
export function isPixelSet(mask: RunLength, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= mask.width || y >= mask.height) return false;
  const wanted = x * mask.height + y;
  let end = 0;
  for (let i = 0; i < mask.counts.length; i++) {
    end += mask.counts[i]!;
    if (wanted < end) return (i & 1) === 1;
  }
  return false;
}

/** Calls `visit` with each run of set pixels down a column, `y1` not included, column by column. */
export function forEachColumnRun(mask: RunLength, visit: (x: number, y0: number, y1: number) => void): void {
  const { height, counts } = mask;
  let position = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = position + counts[i]!;
    if ((i & 1) === 1) {
      while (position < end) {
        const x = Math.floor(position / height);
        const stop = Math.min(end, (x + 1) * height);
        visit(x, position - x * height, stop - x * height);
        position = stop;
      }
    }
    position = end;
  }
}

/** The smallest box around the set pixels, edges inclusive, or null for an empty mask. */
export function runLengthBox(mask: RunLength): PixelBox | null {
  let x0 = Infinity;
  let x1 = -1;
  let y0 = Infinity;
  let y1 = -1;
  forEachColumnRun(mask, (x, top, bottom) => {
    x0 = Math.min(x0, x);
    x1 = x;
    y0 = Math.min(y0, top);
    y1 = Math.max(y1, bottom - 1);
  });
  return x1 < 0 ? null : { x0, y0, x1, y1 };
}
