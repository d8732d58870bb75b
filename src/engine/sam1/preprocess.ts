import { halvePicture } from '../resampling';
import type { BytePicture } from '../resampling';
import type { Frame } from '../video';
import { cellSize, modelSize } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';

/** Mean and deviation of ImageNet's red, green and blue, as SAM was trained with (segment-anything, sam.py). */
const mean = [123.675, 116.28, 103.53] as const;
const deviation = [58.395, 57.12, 57.375] as const;

/**
 * float32[3, 1024, 1024]: the picture scaled bilinearly so that its longest side fills the square, normalised,
 * zero where there is no picture. Of a closeup, the part that it shows.
 */
export function preprocess(frame: Frame, geometry: PictureGeometry): Float32Array {
  const picture = halveWhile(frame, 2 * geometry.zoom);
  const { modelWidth, modelHeight } = geometry;
  const [fromX, fromY] = [geometry.left * cellSize, geometry.top * cellSize];
  const tensor = new Float32Array(3 * modelSize * modelSize);
  const plane = modelSize * modelSize;
  const scaleX = picture.width / Math.round(frame.width * geometry.scale);
  const scaleY = picture.height / Math.round(frame.height * geometry.scale);
  const left = new Int32Array(modelWidth);
  const right = new Int32Array(modelWidth);
  const weight = new Float32Array(modelWidth);
  for (let x = 0; x < modelWidth; x++) {
    const at = Math.min(picture.width - 1, Math.max(0, (fromX + x + 0.5) * scaleX - 0.5));
    left[x] = Math.floor(at) * 3;
    right[x] = Math.min(picture.width - 1, Math.floor(at) + 1) * 3;
    weight[x] = at - Math.floor(at);
  }
  const { data } = picture;
  for (let y = 0; y < modelHeight; y++) {
    const at = Math.min(picture.height - 1, Math.max(0, (fromY + y + 0.5) * scaleY - 0.5));
    const top = Math.floor(at) * picture.width * 3;
    const bottom = Math.min(picture.height - 1, Math.floor(at) + 1) * picture.width * 3;
    const v = at - Math.floor(at);
    for (let channel = 0; channel < 3; channel++) {
      const [offset, factor] = [mean[channel]!, 1 / deviation[channel]!];
      let out = channel * plane + y * modelSize;
      for (let x = 0; x < modelWidth; x++) {
        const [l, r, u] = [left[x]! + channel, right[x]! + channel, weight[x]!];
        const above = data[top + l]! * (1 - u) + data[top + r]! * u;
        const below = data[bottom + l]! * (1 - u) + data[bottom + r]! * u;
        tensor[out++] = (above * (1 - v) + below * v - offset) * factor;
      }
    }
  }
  return tensor;
}

/** The picture on a square that {@link preprocess} made, its colours as bytes again. */
export function pictureOn(square: Float32Array, { modelWidth, modelHeight }: PictureGeometry): BytePicture {
  const data = new Uint8ClampedArray(3 * modelWidth * modelHeight);
  for (let channel = 0; channel < 3; channel++) {
    const [offset, factor] = [mean[channel]!, deviation[channel]!];
    for (let y = 0; y < modelHeight; y++) {
      const from = (channel * modelSize + y) * modelSize;
      for (let x = 0, out = 3 * y * modelWidth + channel; x < modelWidth; x++, out += 3)
        data[out] = square[from + x]! * factor + offset;
    }
  }
  return { width: modelWidth, height: modelHeight, data: new Uint8Array(data.buffer) };
}

/** Large pictures are averaged down by twos first: bilinear sampling alone would skip pixels. */
function halveWhile(frame: Frame, factor: number): BytePicture {
  let picture: BytePicture = frame;
  while (Math.max(picture.width, picture.height) >= modelSize * factor)
    picture = halvePicture(picture, picture.width >> 1, picture.height >> 1);
  return picture;
}
