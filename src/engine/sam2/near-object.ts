/**
 * The places of a frame's memory tokens that lie within `margin` cells of the object, or all where there is no
 * object. `logits` is float32[4n × 4n], a cell is four of its pixels wide. Unverified in quality: SAM 2 keeps all.
 */
export function placesNearObject(logits: Float32Array, grid: number, margin: number): Int32Array {
  const side = grid * 4;
  let [left, top, right, bottom] = [grid, grid, -1, -1];
  for (let i = 0; i < logits.length; i++) {
    if (logits[i]! <= 0) continue;
    const x = (i % side) >> 2;
    const y = Math.floor(i / side) >> 2;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return Int32Array.from({ length: grid * grid }, (_, i) => i);
  const places: number[] = [];
  for (let y = Math.max(0, top - margin); y <= Math.min(grid - 1, bottom + margin); y++)
    for (let x = Math.max(0, left - margin); x <= Math.min(grid - 1, right + margin); x++)
      places.push(y * grid + x);
  return Int32Array.from(places);
}

/** Only the tokens of some places. `tokens` is bfloat16[cells, width]. */
export function pickTokens(tokens: Uint16Array, places: Int32Array, width: number): Uint16Array {
  const picked = new Uint16Array(places.length * width);
  places.forEach((place, i) => picked.set(tokens.subarray(place * width, (place + 1) * width), i * width));
  return picked;
}
