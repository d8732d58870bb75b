/** A map of numbers: `data[y * width + x]`. */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** For each place of a line, the two samples of the source it lies between and the weight of the second. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float32Array;
}

function taps(to: number, scale: number, from: number, start: number): Taps {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(from - 1, Math.max(0, start + (i + 0.5) * scale - 0.5));
    low[i] = Math.floor(at);
    high[i] = Math.min(from - 1, low[i]! + 1);
    weight[i] = at - low[i]!;
  }
  return { low, high, weight };
}

/**
 * Bilinear resampling with pixel centres at halves, as in OpenCV's INTER_LINEAR and ONNX's `half_pixel`: place
 * i of the result lies at (i + 0.5) * scale - 0.5 of the source, `from` further on where that is given, held to its edges.
 */
export function resample(
  source: FloatMap,
  width: number,
  height: number,
  scaleX: number,
  scaleY: number,
  from: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
): FloatMap {
  const across = taps(width, scaleX, source.width, from.x);
  const down = taps(height, scaleY, source.height, from.y);
  const data = new Float32Array(width * height);
  // A line of the source, scaled across, serves all lines of the result that lie beside it.
  const lines = [new Float64Array(width), new Float64Array(width)] as const;
  const held = [-1, -1];
  const line = (row: number): Float64Array => {
    const place = row & 1;
    if (held[place] !== row) scaleAcross(source, row, across, lines[place]!);
    held[place] = row;
    return lines[place]!;
  };
  for (let y = 0; y < height; y++) {
    const [above, below, v] = [line(down.low[y]!), line(down.high[y]!), down.weight[y]!];
    const start = y * width;
    for (let x = 0; x < width; x++) data[start + x] = above[x]! * (1 - v) + below[x]! * v;
  }
  return { width, height, data };
}

function scaleAcross(source: FloatMap, row: number, { low, high, weight }: Taps, into: Float64Array): void {
  const start = row * source.width;
  const { data } = source;
  for (let x = 0; x < into.length; x++) {
    const u = weight[x]!;
    into[x] = data[start + low[x]!]! * (1 - u) + data[start + high[x]!]! * u;
  }
}

/** The whole of a map at another size. */
export function resizeMap(source: FloatMap, width: number, height: number): FloatMap {
  return resample(source, width, height, source.width / width, source.height / height);
}

/** A part of a map, from (left, top) on. */
export function cropMap(source: FloatMap, width: number, height: number, left = 0, top = 0): FloatMap {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * source.width + left;
    data.set(source.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}
