// SAM 2's predictor keeps memories as bfloat16 (sam2_video_predictor.py): half the bytes, and part of its numbers.

/** The nearest bfloat16 of each number, ties to even, as torch rounds. */
export function toBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const rounded = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const one = bits[i]!;
    rounded[i] = (one + 0x7fff + ((one >>> 16) & 1)) >>> 16;
  }
  return rounded;
}

/** Writes bfloat16 numbers as float32 into `target` from `at` on. */
export function writeBfloat16(values: Uint16Array, target: Float32Array, at: number): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset + at * 4, values.length);
  for (let i = 0; i < values.length; i++) bits[i] = values[i]! << 16;
}
