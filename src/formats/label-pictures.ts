import { FormatError } from '../errors';
import { encodeRunLength } from '../mask';
import type { ImportedMask, ImportInput } from './format';
import { decodeIndexedPng } from './indexed-png';
import { pngSize } from './png';
import { stem } from './text';

/** Each object's mask in a folder of indexed pictures, one a frame, named by frame. */
export async function* readLabelPictures(
  input: ImportInput,
  paths: readonly string[],
  named: (number: number) => { readonly name: string; readonly className: string | null },
): AsyncGenerator<ImportedMask, void, undefined> {
  for (const path of paths) {
    const frame = input.frameOf(stem(path));
    if (frame === null) throw noFrame(path, input);
    const file = await input.read(path);
    // Before anything is unpacked: what claims to be larger than the video is not of it.
    const size = pngSize(file);
    if (size) checkSize(path, size, input);
    const picture = decodeIndexedPng(file);
    if (!picture)
      throw new FormatError(
        `“${path}” is no indexed PNG, so its objects have no numbers. Nothing was imported; save it with a palette.`,
        { path },
      );
    checkSize(path, picture, input);
    yield* masksOfLabels(input, picture.data, frame, named);
  }
}

/** Each object's mask in one label map. */
export function* masksOfLabels(
  { video: { width, height } }: ImportInput,
  labels: ArrayLike<number>,
  frame: number,
  named: (number: number) => { readonly name: string; readonly className: string | null },
): Generator<ImportedMask, void, undefined> {
  const numbers = new Set<number>();
  for (let i = 0; i < labels.length; i++) numbers.add(labels[i]!);
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (number === 0) continue;
    const data = Uint8Array.from(labels, (value) => (value === number ? 1 : 0));
    const mask = encodeRunLength({ width, height, data });
    yield { key: String(number), frame, mask, ...named(number) };
  }
}

/** Objects that have no name but a number. */
export function byNumber(number: number): { name: string; className: null } {
  return { name: `object ${number}`, className: null };
}

export function checkSize(
  path: string,
  size: { readonly width: number; readonly height: number },
  { video }: ImportInput,
): void {
  if (size.width === video.width && size.height === video.height) return;
  throw new FormatError(
    `“${path}” is ${size.width} × ${size.height} pixels, and the video ${video.width} × ${video.height}. Nothing was imported; it belongs to another video or was scaled.`,
    { path },
  );
}

export function noFrame(path: string, { video }: ImportInput): FormatError {
  return new FormatError(
    `“${path}” names no frame of “${video.name}” (${video.frameCount} frames). Nothing was imported; the names must be those of the frames, such as 00000.`,
    { path },
  );
}

/** The paths of one extension below the folder whose name it begins with, or else all of that extension. */
export function pathsBelow(paths: readonly string[], folder: string, extension: string): string[] {
  const all = paths.filter((one) => one.toLowerCase().endsWith(extension));
  const inside = all.filter((one) => one.split('/').includes(folder));
  return inside.length > 0 ? inside : all;
}

/** Throws a FormatError when there is no file to read. */
export function requireFiles(paths: readonly string[], what: string): void {
  if (paths.length === 0)
    throw new FormatError(`There is no ${what} here. Nothing was imported; choose the folder that holds it.`);
}
