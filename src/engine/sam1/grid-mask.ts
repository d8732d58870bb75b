import type { Bitmap } from '../../mask';
import type { PictureGeometry } from './picture-geometry';
import { gridSize, modelSize } from './picture-geometry';

/** A mask on the embedding's grid: each cell's share of object pixels. */
export interface GridMask {
  readonly columns: number;
  readonly rows: number;
  /** float32[rows * columns], 0 to 1. */
  readonly data: Float32Array;
  /** The same for quarters of cells, of what lies in the picture: float32[2 * rows, 2 * columns]. */
  readonly quarters: Float32Array;
  /** The mask's centre of mass, in cells. */
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

/** Averages a mask over the cells of the embedding, and over their quarters. */
export function toGridMask(mask: Bitmap, { columns, rows, scale }: PictureGeometry): GridMask {
  const cell = modelSize / gridSize / scale;
  const [column, row] = [halves(mask.width, cell, columns), halves(mask.height, cell, rows)];
  const wide = 2 * columns;
  const quarters = new Float32Array(2 * rows * wide);
  for (let y = 0; y < mask.height; y++) {
    const start = row[y]! * wide;
    for (let x = 0; x < mask.width; x++)
      if (mask.data[y * mask.width + x] === 1) quarters[start + column[x]!]!++;
  }
  const [across, down] = [counts(column, wide), counts(row, 2 * rows)];
  const data = new Float32Array(columns * rows);
  for (let i = 0; i < quarters.length; i++) {
    const [x, y] = [i % wide, Math.floor(i / wide)];
    data[(y >> 1) * columns + (x >> 1)]! += quarters[i]! / (cell * cell);
    quarters[i]! /= Math.max(1, across[x]! * down[y]!);
  }
  for (let i = 0; i < data.length; i++) data[i] = Math.min(1, data[i]!);
  return { columns, rows, data, quarters, ...measure(data, columns) };
}

/** For each pixel of a line, which half of which cell it lies in. */
function halves(length: number, cell: number, cells: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => Math.min(2 * cells - 1, Math.floor(((i + 0.5) / cell) * 2)));
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
