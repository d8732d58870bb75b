import { ResampledLines } from '../resampling';
import type { FloatMap, Sampling } from '../resampling';

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

/** Places of a map from `left` to `right` and `top` to `bottom`, the ends not included. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A map of what a closeup shows, one place to `step` model pixels, at the whole picture's size; `beyond` the closeup, and where the map says
 * nothing else all around: it does `within` at most.
 */
export function toPicture(
  map: FloatMap,
  geometry: PictureGeometry,
  step: number,
  beyond: number,
  within: Window = { left: 0, top: 0, right: map.width, bottom: map.height },
): Float32Array {
  const { width, height, left, top, modelWidth, modelHeight } = geometry;
  const scale = geometry.scale / step;
  const across = alongLine(pixelsShown(geometry, width, left, modelWidth), scale, (left * cellSize) / step);
  const down = alongLine(pixelsShown(geometry, height, top, modelHeight), scale, (top * cellSize) / step);
  const columns = touching(across, within.left, within.right, map.width);
  const rows = touching(down, within.top, within.bottom, map.height);
  const lines = new ResampledLines(map, columns, rows);
  const data = new Float32Array(width * height).fill(beyond);
  const first = (down.start + rows.first) * width + across.start + columns.first;
  for (let y = 0; y < rows.length; y++) lines.put(y, data, first + y * width);
  return data;
}

/** Pixels from `start` on, and how they lie on a map. */
interface ShownPixels extends Required<Sampling> {
  readonly start: number;
}

function alongLine([start, end]: readonly [number, number], scale: number, cut: number): ShownPixels {
  // The place that the first pixel's centre has on the map, less the half pixel that resampling adds by itself.
  return { start, first: 0, length: end - start, scale, from: start * scale - cut };
}

/** Those of the pixels for which places of the map from `first` to before `end` count, and perhaps a few beside them. */
function touching(shown: ShownPixels, first: number, end: number, size: number): Required<Sampling> {
  const { length, scale, from } = shown;
  const pixelAt = (place: number): number => (place - from + 0.5) / scale - 0.5;
  const low = first <= 0 ? 0 : Math.max(0, Math.floor(pixelAt(first - 1)) - 1);
  const high = end >= size ? length : Math.min(length, Math.ceil(pixelAt(end)) + 2);
  return { first: low, length: Math.max(0, high - low), scale, from };
}
