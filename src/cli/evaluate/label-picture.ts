import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { CommandError } from '../../errors';
import { decodeIndexedPng, pngSize } from '../../formats';
import { voidLabel } from '../../mask';

/** A picture of the truth: each pixel an object's number, 0 for none. */
export interface LabelPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Truth of a finer picture than the frames is brought to their size, up to as many times each way. */
const largest = 8;

/**
 * Reads a picture of the truth. An indexed PNG counts by index; a grey one or one in colours has one object, wherever it is
 * bright. One of another size (some are a pixel narrower than their frame) is brought to `width` × `height` by nearest
 * neighbour. Rejects with a CommandError for a file that is no picture.
 */
export async function readLabels(path: string, width: number, height: number): Promise<LabelPicture> {
  const file = await readFile(path);
  // Before anything is unpacked: a file of some kilobytes may claim gigabytes.
  const size = pngSize(file);
  if (size && (size.width > largest * width || size.height > largest * height))
    throw new CommandError(
      `${path} is ${size.width} × ${size.height} pixels, and its frame ${width} × ${height}. It belongs to another picture.`,
      { path },
    );
  const labels =
    (size && indexed(file, path)) ?? (await bright(file, path, largest * largest * width * height));
  if (labels.width === width && labels.height === height) return labels;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [Math.floor((x * labels.width) / width), Math.floor((y * labels.height) / height)];
      data[y * width + x] = labels.data[sy * labels.width + sx]!;
    }
  return { width, height, data };
}

function indexed(file: Uint8Array, path: string): LabelPicture | null {
  try {
    return decodeIndexedPng(file);
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`, { path }, error);
  }
}

async function bright(file: Uint8Array, path: string, limitInputPixels: number): Promise<LabelPicture> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const grey = Uint8Array.from({ length: info.width * info.height }, (_, i) =>
      data[i * info.channels]! > 127 ? 1 : 0,
    );
    return { width: info.width, height: info.height, data: grey };
  } catch (error) {
    throw new CommandError(`${path} is not a picture that can be read.`, { path }, error);
  }
}

/** The objects in a picture of the truth, by number, rising. */
export function numbersIn({ data }: LabelPicture): number[] {
  return [...new Set(data)].filter((one) => one !== 0 && one !== voidLabel).sort((a, b) => a - b);
}
