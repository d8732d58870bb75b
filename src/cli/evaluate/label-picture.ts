import { readFile } from 'node:fs/promises';
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
 * Reads a picture of the truth, in which each value is an object's number (`decodeIndexedPng`). One of another size (some are a pixel narrower than
 * their frame, or show it finer) is brought to `width` × `height` by nearest neighbour. Rejects with a CommandError for a file that
 * is no PNG, has another shape than its frame, or does not say which object is where.
 */
export async function readLabels(path: string, width: number, height: number): Promise<LabelPicture> {
  const file = await readFile(path);
  // Before anything is unpacked: a file of some kilobytes may claim gigabytes.
  const size = pngSize(file);
  if (size) checkSize(path, size, { width, height });
  const labels = decoded(file, path);
  if (labels.width === width && labels.height === height) return labels;
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

function decoded(file: Uint8Array, path: string): LabelPicture {
  let labels: LabelPicture | null;
  try {
    labels = decodeIndexedPng(file);
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`, { path }, error);
  }
  if (labels) return labels;
  throw new CommandError(
    `${path} is no indexed or grey PNG of 8 bits, or is interlaced, so its objects have no numbers; save it with a palette.`,
    { path },
  );
}

/** The objects in a picture of the truth, by number, rising. */
export function numbersIn({ data }: LabelPicture): number[] {
  return [...new Set(data)].filter((one) => one !== 0 && one !== voidLabel).sort((a, b) => a - b);
}
