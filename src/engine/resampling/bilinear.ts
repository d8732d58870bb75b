/** A map of numbers: `data[y * width + x]`. */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** For each place of a line of `to` samples, the two of `from` samples it lies between and the weight of the second. */
function taps(
  to: number,
  scale: number,
  from: number,
): { low: Int32Array; high: Int32Array; weight: Float32Array } {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(from - 1, Math.max(0, (i + 0.5) * scale - 0.5));
    low[i] = Math.floor(at);
    high[i] = Math.min(from - 1, low[i]! + 1);
    weight[i] = at - low[i]!;
  }
  return { low, high, weight };
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
  const across = taps(width, scaleX, source.width);
  const down = taps(height, scaleY, source.height);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = down.low[y]! * source.width;
    const bottom = down.high[y]! * source.width;
    const v = down.weight[y]!;
    for (let x = 0; x < width; x++) {
      const [l, r, u] = [across.low[x]!, across.high[x]!, across.weight[x]!];
      const above = source.data[top + l]! * (1 - u) + source.data[top + r]! * u;
      const below = source.data[bottom + l]! * (1 - u) + source.data[bottom + r]! * u;
      data[y * width + x] = above * (1 - v) + below * v;
    }
  }
  return { width, height, data };
}

/** The whole of a map at another size. */
export function resizeMap(source: FloatMap, width: number, height: number): FloatMap {
  return resample(source, width, height, source.width / width, source.height / height);
}

/** The top left part of a map. */
export function cropMap(source: FloatMap, width: number, height: number): FloatMap {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    data.set(source.data.subarray(y * source.width, y * source.width + width), y * width);
  return { width, height, data };
}
