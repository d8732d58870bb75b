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

/** How a picture lies in the model's square: longest side to the edge, top left aligned, the rest zero. */
export interface PictureGeometry {
  readonly width: number;
  readonly height: number;
  /** Model pixels per picture pixel. */
  readonly scale: number;
  /** Model pixels that the picture covers. */
  readonly modelWidth: number;
  readonly modelHeight: number;
  /** Cells of the embedding that the picture touches. */
  readonly columns: number;
  readonly rows: number;
}

export function pictureGeometry(width: number, height: number): PictureGeometry {
  const longest = Math.max(width, height);
  const scale = modelSize / longest;
  return {
    width,
    height,
    scale,
    modelWidth: Math.round(width * scale),
    modelHeight: Math.round(height * scale),
    columns: Math.ceil((width * gridSize) / longest),
    rows: Math.ceil((height * gridSize) / longest),
  };
}

/** A place in the picture (0 = centre of the first pixel) in model pixels (likewise). */
export function toModel(value: number, { scale }: PictureGeometry): number {
  return (value + 0.5) * scale - 0.5;
}
