import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { CommandError } from '../errors';
import { decodeIndexedPng, pngSize } from '../formats';
import type { Bitmap } from '../mask';

/**
 * A mask from a picture file: any pixel that is not zero is object. An indexed PNG counts by index, whatever
 * its palette; other pictures by colour, alpha left aside. Rejects with a CommandError for a file that is not
 * there, is no picture, or is not `width` × `height` pixels.
 */
export async function readMaskPicture(path: string, width: number, height: number): Promise<Bitmap> {
  let file: Uint8Array;
  try {
    file = await readFile(path);
  } catch (error) {
    throw new CommandError(`The mask ${path} cannot be read. Is the path right?`, { path }, error);
  }
  // Before anything is unpacked: a file of some kilobytes may claim gigabytes.
  const size = pngSize(file) ?? (await sizeOf(file, path));
  if (size.width !== width || size.height !== height) {
    throw new CommandError(
      `The mask ${path} is ${size.width} × ${size.height} pixels, and the video is ${width} × ${height}. Nothing was computed.`,
      { path },
    );
  }
  return indexed(file) ?? coloured(file, path);
}

function indexed(file: Uint8Array): Bitmap | null {
  if (file[0] !== 0x89 || file[1] !== 0x50) return null;
  const picture = decodeIndexedPng(file);
  return picture && { ...picture, data: picture.data.map((value) => (value === 0 ? 0 : 1)) };
}

async function sizeOf(
  file: Uint8Array,
  path: string,
): Promise<{ readonly width: number; readonly height: number }> {
  try {
    const { width, height } = await sharp(file).metadata();
    return { width, height };
  } catch (error) {
    throw new CommandError(`The mask ${path} is not a picture that can be read.`, { path }, error);
  }
}

async function coloured(file: Uint8Array, path: string): Promise<Bitmap> {
  try {
    const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const mask = new Uint8Array(info.width * info.height);
    for (let i = 0; i < data.length; i++) if (data[i] !== 0) mask[Math.floor(i / info.channels)] = 1;
    return { width: info.width, height: info.height, data: mask };
  } catch (error) {
    throw new CommandError(`The mask ${path} is not a picture that can be read.`, { path }, error);
  }
}
