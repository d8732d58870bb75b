/** A map of numbers: `data[y * width + x]`. */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** How one side of a map is sampled. */
export interface Sampling {
  /** Places of the result, and the first of them. */
  readonly length: number;
  readonly first?: number;
  /** Samples of the source from one place to the next. */
  readonly scale: number;
  /** How much further on in the source the result begins. */
  readonly from?: number;
}

/** For each place of a line, the two samples of the source it lies between and the weight of the second. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float32Array;
}

function taps({ length, first = 0, scale, from = 0 }: Sampling, samples: number): Taps {
  const low = new Int32Array(length);
  const high = new Int32Array(length);
  const weight = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = Math.min(samples - 1, Math.max(0, from + (first + i + 0.5) * scale - 0.5));
    low[i] = Math.floor(at);
    high[i] = Math.min(samples - 1, low[i]! + 1);
    weight[i] = at - low[i]!;
  }
  return { low, high, weight };
}

/**
 * A map at another size, line by line, for who needs no more at once: place i of a line of the result lies at (i + 0.5) * scale - 0.5 of the
 * source, `from` further on, held to its edges; and so does line i down.
 */
export class ResampledLines {
  readonly #source: FloatMap;
  readonly #across: Taps;
  readonly #down: Taps;
  /** Lines of the source, scaled across: each serves all lines of the result that lie beside it. */
  readonly #lines: readonly [Float64Array, Float64Array];
  readonly #held: [number, number] = [-1, -1];

  constructor(source: FloatMap, across: Sampling, down: Sampling) {
    this.#source = source;
    this.#across = taps(across, source.width);
    this.#down = taps(down, source.height);
    this.#lines = [new Float64Array(across.length), new Float64Array(across.length)];
  }

  /** Puts line `y`, counted from the first, into an array from `start` on. */
  put(y: number, into: Float32Array, start: number): void {
    const { low, high, weight } = this.#down;
    const above = this.#line(low[y]!);
    const below = this.#line(high[y]!);
    const v = weight[y]!;
    for (let x = 0; x < above.length; x++) into[start + x] = above[x]! * (1 - v) + below[x]! * v;
  }

  #line(row: number): Float64Array {
    const place = (row & 1) as 0 | 1;
    const line = this.#lines[place];
    if (this.#held[place] !== row) scaleAcross(this.#source, row, this.#across, line);
    this.#held[place] = row;
    return line;
  }
}

/**
 * Bilinear resampling with pixel centres at halves, as in OpenCV's INTER_LINEAR and ONNX's `half_pixel`: place
 * i of the result lies at (i + 0.5) * scale - 0.5 of the source, held to its edges.
 */
export function resample(
  source: FloatMap,
  width: number,
  height: number,
  scaleX: number,
  scaleY: number,
): FloatMap {
  const lines = new ResampledLines(
    source,
    { length: width, scale: scaleX },
    { length: height, scale: scaleY },
  );
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) lines.put(y, data, y * width);
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
