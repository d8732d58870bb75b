import { FormatError } from '../errors';
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
    checkClaim(path, file, input);
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
  // One walk down the columns, however many numbers there are: where each run of one begins and ends.
  const runs = new Map<number, number[]>();
  let [value, begin] = [0, 0];
  const endRun = (end: number): void => {
    if (value === 0) return;
    const known = runs.get(value);
    if (known) known.push(begin, end);
    else runs.set(value, [begin, end]);
    if (runs.size > mostObjects) throw tooManyObjects();
  };
  for (let x = 0, at = 0; x < width; x++)
    for (let y = 0; y < height; y++, at++) {
      const here = labels[y * width + x]!;
      if (here === value) continue;
      endRun(at);
      [value, begin] = [here, at];
    }
  endRun(width * height);
  for (const [number, ends] of [...runs].sort(([a], [b]) => a - b)) {
    const counts = ends.map((end, i) => end - (ends[i - 1] ?? 0));
    const rest = width * height - ends.at(-1)!;
    const mask = { width, height, counts: Uint32Array.from(rest > 0 ? [...counts, rest] : counts) };
    yield { key: String(number), frame, mask, ...named(number) };
  }
}

/** A picture with more numbers is no picture of objects. */
export const mostObjects = 10_000;

export function tooManyObjects(): FormatError {
  return new FormatError(
    `There are more than ${mostObjects} objects here. Nothing was imported; is it a picture of something else?`,
  );
}

/** Objects that have no name but a number. */
export function byNumber(number: number): { name: string; className: null } {
  return { name: `object ${number}`, className: null };
}

/** Before anything is unpacked: a PNG that claims another size than the video’s is not of it. Throws a FormatError. */
export function checkClaim(path: string, file: Uint8Array, input: ImportInput): void {
  const size = pngSize(file);
  if (size) checkSize(path, size, input);
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
