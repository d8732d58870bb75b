import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { VideoError } from '../../errors';
import { checkFrame } from './check-frame';
import { FrameCache } from './frame-cache';
import type { Frame, FrameRange, FrameSource, VideoInfo } from './frame-source';

const extensions = new Set(['.jpg', '.jpeg', '.png']);
const cacheBytes = 64 * 1024 * 1024;

/** A folder of pictures of one size, in natural order of their names (2 before 10). */
export class ImageFolder implements FrameSource {
  readonly info: VideoInfo;
  readonly #files: readonly string[];
  readonly #cache = new FrameCache(cacheBytes);

  constructor(info: VideoInfo, files: readonly string[]) {
    this.info = info;
    this.#files = files;
  }

  sourceIndex(index: number): number {
    return index;
  }

  frameName(index: number): string {
    const file = this.#files[index]!;
    return basename(file, extname(file));
  }

  timeOf(): null {
    return null;
  }

  async frameAt(index: number): Promise<Frame> {
    checkFrame(this.info, index);
    const file = this.#files[index]!;
    const { width, height } = this.info;
    const kept = this.#cache.get(index);
    if (kept) return kept;
    const picture = await decodePicture(file);
    if (picture.width !== width || picture.height !== height) {
      throw new VideoError(
        `${file} is ${picture.width} × ${picture.height} pixels, and the first picture of its folder is ${width} × ${height}. All must have one size; move the odd ones elsewhere.`,
        { path: file, index },
      );
    }
    const frame = { index, width, height, data: picture.data };
    this.#cache.put(frame);
    return frame;
  }

  async *frames(range: FrameRange, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    checkFrame(this.info, range.first);
    checkFrame(this.info, range.last);
    const count = range.last - range.first + 1;
    const indexOf = (i: number): number => (range.reverse ? range.last - i : range.first + i);
    let ahead: Promise<Frame> | null = null;
    for (let i = 0; i < count && !signal?.aborted; i++) {
      const frame = await (ahead ?? this.frameAt(indexOf(i)));
      ahead = i + 1 < count ? this.frameAt(indexOf(i + 1)) : null;
      // Whoever leaves the loop never sees the picture ahead fail.
      ahead?.catch(() => undefined);
      yield frame;
    }
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** The pictures among a folder's files, in natural order (2 before 10): the frames. Hidden files are none. */
export function pictureNames(names: readonly string[]): string[] {
  const pictures = names.filter(
    (name) => !name.startsWith('.') && extensions.has(extname(name).toLowerCase()),
  );
  return pictures.sort(new Intl.Collator('en', { numeric: true }).compare);
}

/** Opens a folder of pictures. Rejects with a VideoError for one without any, or of several sizes. */
export async function openImageFolder(path: string): Promise<ImageFolder> {
  const names = pictureNames(await readdir(path));
  if (names.length === 0) {
    throw new VideoError(`The folder ${path} has no pictures in it (jpg, jpeg or png).`, {
      path,
      code: 'no-pictures',
    });
  }
  const files = names.map((name) => join(path, name));
  const { width, height } = await decodePicture(files[0]!);
  const info: VideoInfo = {
    name: basename(path),
    path,
    width,
    height,
    pixelAspect: 1,
    frameCount: files.length,
    frameRate: null,
    duration: null,
  };
  return new ImageFolder(info, files);
}

/** A picture file as uint8[height, width, 3], turned as its EXIF says; transparent parts on black. */
async function decodePicture(file: string): Promise<{ width: number; height: number; data: Uint8Array }> {
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(file).rotate().flatten({ background: '#000' }).toColourspace('srgb');
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return { width: info.width, height: info.height, data };
  } catch (error) {
    throw new VideoError(
      `${file} is not a picture that can be read; the other frames can.`,
      { path: file },
      error,
    );
  }
}
