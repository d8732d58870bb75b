import { resizeBicubic } from '../resampling';
import type { BytePicture } from '../resampling';

/** Mean and deviation of ImageNet's red, green and blue on a scale of 0 to 1 (sam2/utils/misc.py). */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;

/** The 256 values that a channel can take, in the float32 steps of the reference. */
const levels: readonly Float32Array[] = mean.map((middle, channel) =>
  Float32Array.from({ length: 256 }, (_, byte) => {
    const scaled = Math.fround(Math.fround(byte / 255) - Math.fround(middle));
    return Math.fround(scaled / Math.fround(deviation[channel]!));
  }),
);

/** float32[3, size, size]: the picture scaled to the square (its sides' ratio is not kept), normalised. */
export function preprocess(picture: BytePicture, size: number): Float32Array {
  const planes = resizeBicubic(picture, size, size);
  const plane = size * size;
  const tensor = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const values = levels[channel]!;
    for (let i = channel * plane; i < (channel + 1) * plane; i++) tensor[i] = values[planes[i]!]!;
  }
  return tensor;
}
