import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { CommandError } from '../../errors';
import { decodeIndexedPng, pngSize } from '../../formats';
import { voidLabel } from '../../mask';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture of the truth: each pixel an object's number, 0 for none. */
export interface LabelPicture extends Size {
  readonly data: Uint8Array;
}

/** Truth of a finer picture than the frames is brought to their size, up to as many times each way. */
const largest = 8;
/** Sides that differ by so many pixels more or less than their frame's are rounded. */
const rounded = 2;

/**
 * Reads a picture of the truth. An indexed or grey PNG counts by value; one that is black and white in any other way has one
 * object, wherever it is white. One of another size (some are a pixel narrower than their frame, or show it finer) is brought
 * to `width` × `height` by nearest neighbour. Rejects with a CommandError for a file that is no picture, has another shape
 * than its frame, or does not say which object is where.
 */
export async function readLabels(path: string, width: number, height: number): Promise<LabelPicture> {
  const file = await readFile(path);
  // Before anything is unpacked: a file of some kilobytes may claim gigabytes.
  const size = pngSize(file);
  if (size) checkSize(path, size, { width, height });
  const labels =
    (size && indexed(file, path)) ?? (await blackAndWhite(file, path, largest * largest * width * height));
  if (labels.width === width && labels.height === height) return labels;
  checkSize(path, labels, { width, height });
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [Math.floor((x * labels.width) / width), Math.floor((y * labels.height) / height)];
      data[y * width + x] = labels.data[sy * labels.width + sx]!;
    }
  return { width, height, data };
}

/** The same shape as the frame's, at any size that the frame could have been made smaller or larger from. */
function checkSize(path: string, { width, height }: Size, frame: Size): void {
  const asWide = (height * frame.width) / frame.height;
  const asHigh = (width * frame.height) / frame.width;
  const isAlike = Math.abs(width - asWide) <= rounded || Math.abs(height - asHigh) <= rounded;
  if (isAlike && width <= largest * frame.width && height <= largest * frame.height) return;
  throw new CommandError(
    `${path} is ${width} × ${height} pixels, and its frame ${frame.width} × ${frame.height}. It belongs to another picture.`,
    { path },
  );
}

function indexed(file: Uint8Array, path: string): LabelPicture | null {
  try {
    return decodeIndexedPng(file);
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`, { path }, error);
  }
}

async function blackAndWhite(
  file: Uint8Array,
  path: string,
  limitInputPixels: number,
): Promise<LabelPicture> {
  const { data, width, height } = await decoded(file, path, limitInputPixels);
  let most = 0;
  const labels = Uint8Array.from({ length: width * height }, (_, i) => {
    const [r, g, b] = [data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!];
    if (r !== g || g !== b) throw withoutNumbers(path, 'is in colours');
    most = Math.max(most, r);
    return r > 127 ? 1 : 0;
  });
  if (most > 0 && most <= 127) throw withoutNumbers(path, 'has no white');
  return { width, height, data: labels };
}

function withoutNumbers(path: string, why: string): CommandError {
  return new CommandError(
    `${path} ${why} and is no indexed PNG, so its objects have no numbers; save it with a palette, or grey with 8 bits.`,
    { path },
  );
}

/** uint8[height, width, 3], transparent parts on black. */
async function decoded(
  file: Uint8Array,
  path: string,
  limitInputPixels: number,
): Promise<Size & { readonly data: Uint8Array }> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels })
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (error) {
    throw new CommandError(`${path} is not a picture that can be read.`, { path }, error);
  }
}

/** The objects in a picture of the truth, by number, rising. */
export function numbersIn({ data }: LabelPicture): number[] {
  return [...new Set(data)].filter((one) => one !== 0 && one !== voidLabel).sort((a, b) => a - b);
}
