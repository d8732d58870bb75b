import { resample } from '../resampling';
import type { FloatMap } from '../resampling';

/** Side of the square that MobileSAM's encoder looks at, in pixels. */
export const modelSize = 1024;
/** Side of the square of its embedding, in cells. */
export const gridSize = 64;
/** Side of the decoder's own masks. */
export const lowResSize = 256;

/** Columns and rows of cells, from the upper left of the square on. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
}

/** All cells of the square. */
export const wholeSquare: Cells = { columns: gridSize, rows: gridSize };

/**
 * TinyViT's attention looks in windows of 7 half cells, of 14 cells and of 7 cells (tiny_vit_5m): a multiple of this many cells
 * holds whole windows of all three.
 */
const window = 14;

/** All of the square that a picture touches, in whole windows. */
export function partOf({ columns, rows }: Cells): Cells {
  const whole = (cells: number): number => Math.min(gridSize, Math.ceil(cells / window) * window);
  return { columns: whole(columns), rows: whole(rows) };
}

/** A picture enlarged `zoom` times, seen from its cell (left, top) on. */
export interface Framing {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

/** All of a picture. */
export const wholePicture: Framing = { zoom: 1, left: 0, top: 0 };

/**
 * How a picture lies in the model's square: longest side to the edge, top left aligned, the rest zero. Or the part of it that a closeup shows,
 * which takes no more of the square than the whole picture does.
 */
export interface PictureGeometry extends Framing {
  readonly width: number;
  readonly height: number;
  /** Model pixels per picture pixel. */
  readonly scale: number;
  /** Model pixels that show the picture. */
  readonly modelWidth: number;
  readonly modelHeight: number;
  /** Cells of the embedding that show it. */
  readonly columns: number;
  readonly rows: number;
}

export function pictureGeometry(
  width: number,
  height: number,
  closeup: Framing = wholePicture,
): PictureGeometry {
  const { zoom, left, top } = closeup;
  const longest = Math.max(width, height);
  const scale = (modelSize * zoom) / longest;
  const all = cellsOf(width, height, zoom);
  const shown = partOf(cellsOf(width, height, 1));
  const [columns, rows] = [Math.min(shown.columns, all.columns - left), Math.min(shown.rows, all.rows - top)];
  return {
    width,
    height,
    zoom,
    left,
    top,
    scale,
    modelWidth: Math.min(columns * cellSize, Math.round(width * scale) - left * cellSize),
    modelHeight: Math.min(rows * cellSize, Math.round(height * scale) - top * cellSize),
    columns,
    rows,
  };
}

/** Model pixels along a side of a cell. */
export const cellSize: number = modelSize / gridSize;

/** All cells of a picture that is enlarged. */
export function cellsOf(width: number, height: number, zoom: number): Cells {
  const longest = Math.max(width, height);
  return {
    columns: Math.ceil((width * gridSize * zoom) / longest),
    rows: Math.ceil((height * gridSize * zoom) / longest),
  };
}

/** A place in the picture (0 = centre of the first pixel) in model pixels (likewise) of the whole. */
export function toModel(value: number, { scale }: PictureGeometry): number {
  return (value + 0.5) * scale - 0.5;
}

/** The quarter of a cell of a closeup that a place in the picture lies in, or the nearest. */
export function quarterAt(
  place: { readonly x: number; readonly y: number },
  { scale, left, top, columns, rows }: PictureGeometry,
): readonly [x: number, y: number] {
  const quarter = (at: number, from: number, cells: number): number =>
    Math.max(0, Math.min(2 * cells - 1, Math.floor(((at + 0.5) * scale * 2) / cellSize) - 2 * from));
  return [quarter(place.x, left, columns), quarter(place.y, top, rows)];
}

/** Picture pixels whose centres a closeup shows, across or down: from `first` to before `end`. */
export function pixelsShown(
  { scale }: PictureGeometry,
  size: number,
  fromCell: number,
  shown: number,
): readonly [first: number, end: number] {
  const from = fromCell * cellSize;
  const first = Math.max(0, Math.ceil(from / scale - 0.5));
  const toTheEnd = from + shown >= Math.round(size * scale);
  return [first, toTheEnd ? size : Math.min(size, Math.ceil((from + shown) / scale - 0.5))];
}

/**
 * A map of what a closeup shows, one place to `step` model pixels, at the whole picture's size; `beyond` the closeup.
 */
export function toPicture(
  map: FloatMap,
  geometry: PictureGeometry,
  step: number,
  beyond: number,
): Float32Array {
  const { width, height, left, top, modelWidth, modelHeight } = geometry;
  const scale = geometry.scale / step;
  const [x0, x1] = pixelsShown(geometry, width, left, modelWidth);
  const [y0, y1] = pixelsShown(geometry, height, top, modelHeight);
  // The place that the first pixel's centre has on the map, less the half pixel that resampling adds by itself.
  const first = (pixel: number, cell: number): number => pixel * scale - (cell * cellSize) / step;
  const from = { x: first(x0, left), y: first(y0, top) };
  const shown = resample(map, x1 - x0, y1 - y0, scale, scale, from);
  if (shown.width === width && shown.height === height) return shown.data;
  const data = new Float32Array(width * height).fill(beyond);
  for (let y = y0; y < y1; y++)
    data.set(shown.data.subarray((y - y0) * shown.width, (y - y0 + 1) * shown.width), y * width + x0);
  return data;
}
