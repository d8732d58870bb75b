import type { Bitmap } from '../../mask';
import { resizeAntialiased } from '../resampling';
import type { FloatMap } from '../resampling';

/** A mask that the user gave, at the model's size: 0 and 1 (sam2_video_predictor.py, add_new_mask). */
export function squareMask({ width, height, data }: Bitmap, size: number): FloatMap {
  const whole = { width, height, data: Float32Array.from(data) };
  if (width === size && height === size) return whole;
  const square = resizeAntialiased(whole, size, size);
  return { ...square, data: square.data.map((one) => (one >= 0.5 ? 1 : 0)) };
}

/** Such a mask as low-resolution logits: 10 inside, -10 outside (sam2_base.py, _use_mask_as_output). */
export function maskLogits(square: FloatMap): Float32Array {
  const logits = { ...square, data: square.data.map((one) => one * 20 - 10) };
  return resizeAntialiased(logits, square.width / 4, square.height / 4).data;
}

/** SAM 2's `mask_downsample`: a 4 × 4 convolution with stride 4, one channel. `weight` is float32[4, 4]. */
export function downsampleMask(square: FloatMap, weight: Float32Array, bias: number): Float32Array {
  const side = square.width / 4;
  const out = new Float32Array(side * side).fill(bias);
  for (let y = 0; y < square.height; y++) {
    for (let x = 0; x < square.width; x++) {
      out[(y >> 2) * side + (x >> 2)]! += square.data[y * square.width + x]! * weight[(y & 3) * 4 + (x & 3)]!;
    }
  }
  return out;
}
