import type { Bitmap } from '../../mask';
import type { PictureGeometry } from './picture-geometry';
import { cellSize, pixelsShown } from './picture-geometry';

/** A mask on the embedding's grid: each cell's share of object pixels. */
export interface GridMask {
  readonly columns: number;
  readonly rows: number;
  /** Where the grid begins in the whole picture's, in cells. */
  readonly left: number;
  readonly top: number;
  /** float32[rows * columns], 0 to 1. */
  readonly data: Float32Array;
  /** The same for quarters of cells, of what lies in the picture: float32[2 * rows, 2 * columns]. */
  readonly quarters: Float32Array;
  /** The same for sixteenths: float32[4 * rows, 4 * columns]. */
  readonly sixteenths: Float32Array;
  /** The mask's centre of mass, in cells of this grid. */
  readonly centre: { readonly x: number; readonly y: number };
  /** Cells that the mask touches; ends inclusive. Null for an empty mask. */
  readonly box: CellBox | null;
}

/** Cells from (x0, y0) to (x1, y1), both included. */
export interface CellBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Averages a mask over the cells of the embedding, their quarters and sixteenths, as far as it is shown. */
export function toGridMask(mask: Bitmap, geometry: PictureGeometry): GridMask {
  const { columns, rows, left, top, scale } = geometry;
  const cell = cellSize / scale;
  const [x0, x1] = pixelsShown(geometry, mask.width, left, geometry.modelWidth);
  const [y0, y1] = pixelsShown(geometry, mask.height, top, geometry.modelHeight);
  const [column, row] = [fourths(x0, x1, cell, left, columns), fourths(y0, y1, cell, top, rows)];
  const [wide, high] = [4 * columns, 4 * rows];
  const sixteenths = new Float32Array(wide * high);
  for (let y = y0; y < y1; y++) {
    const start = row[y - y0]! * wide;
    for (let x = x0; x < x1; x++)
      if (mask.data[y * mask.width + x] === 1) sixteenths[start + column[x - x0]!]!++;
  }
  const [across, down] = [counts(column, wide), counts(row, high)];
  const quarters = summed(sixteenths, wide);
  const data = summed(quarters, 2 * columns).map((pixels) => Math.min(1, pixels / (cell * cell)));
  share(quarters, pairs(across), pairs(down));
  share(sixteenths, across, down);
  return { columns, rows, left, top, data, quarters, sixteenths, ...measure(data, columns) };
}

/** For each pixel of a line from `first` to before `end`, which fourth of which of the `cells` from `from` on it lies in. */
function fourths(first: number, end: number, cell: number, from: number, cells: number): Int32Array {
  const length = Math.max(0, end - first);
  return Int32Array.from({ length }, (_, i) => {
    const fourth = Math.floor(((first + i + 0.5) / cell) * 4) - 4 * from;
    return Math.min(4 * cells - 1, Math.max(0, fourth));
  });
}

/** Each two by two of a map as one. */
function summed(map: Float32Array, width: number): Float32Array {
  const half = new Float32Array(map.length / 4);
  for (let i = 0; i < map.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    half[(y >> 1) * (width / 2) + (x >> 1)]! += map[i]!;
  }
  return half;
}

/** Each two of a line as one. */
function pairs(line: Int32Array): Int32Array {
  return Int32Array.from({ length: line.length / 2 }, (_, i) => line[2 * i]! + line[2 * i + 1]!);
}

/** Pixels of the mask as a share of those that lie there, `across` and `down`. */
function share(map: Float32Array, across: Int32Array, down: Int32Array): void {
  for (let i = 0; i < map.length; i++)
    map[i]! /= Math.max(1, across[i % across.length]! * down[Math.floor(i / across.length)]!);
}

function counts(places: Int32Array, length: number): Int32Array {
  const found = new Int32Array(length);
  for (const place of places) found[place]!++;
  return found;
}

function measure(data: Float32Array, columns: number): Pick<GridMask, 'centre' | 'box'> {
  let [sum, sumX, sumY] = [0, 0, 0];
  let [x0, y0, x1, y1] = [Infinity, Infinity, -1, -1];
  data.forEach((value, i) => {
    if (value <= 0) return;
    const [x, y] = [i % columns, Math.floor(i / columns)];
    sum += value;
    sumX += value * x;
    sumY += value * y;
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  });
  if (sum === 0) return { centre: { x: 0, y: 0 }, box: null };
  return { centre: { x: sumX / sum, y: sumY / sum }, box: { x0, y0, x1, y1 } };
}

/** A box grown by `by` cells on each side and moved, held to the grid; null when nothing of it is left. */
export function growBox(
  box: CellBox,
  by: number,
  dx: number,
  dy: number,
  columns: number,
  rows: number,
): CellBox | null {
  const grown = {
    x0: Math.max(0, Math.floor(box.x0 - by + dx)),
    y0: Math.max(0, Math.floor(box.y0 - by + dy)),
    x1: Math.min(columns - 1, Math.ceil(box.x1 + by + dx)),
    y1: Math.min(rows - 1, Math.ceil(box.y1 + by + dy)),
  };
  return grown.x0 > grown.x1 || grown.y0 > grown.y1 ? null : grown;
}

/** The smallest box around several. */
export function joinBoxes(boxes: readonly CellBox[]): CellBox | null {
  if (boxes.length === 0) return null;
  return {
    x0: Math.min(...boxes.map((one) => one.x0)),
    y0: Math.min(...boxes.map((one) => one.y0)),
    x1: Math.max(...boxes.map((one) => one.x1)),
    y1: Math.max(...boxes.map((one) => one.y1)),
  };
}
