import { existsSync, statSync } from 'node:fs';
import { VideoError } from '../../errors';
import { findFfmpeg } from './ffmpeg-program';
import type { Frame } from './frame-source';
import { openImageFolder } from './image-folder';
import { samplePath } from './open-source';
import { PictureDecoder, readPictureShape } from './picture-decoder';

/**
 * The first picture of a file, an image folder or `sample:NAME`, without reading which frames there are: as quick for
 * an hour as for a second. Rejects with a VideoError where there is none.
 */
export async function firstPicture(path: string): Promise<Frame> {
  const where = path.startsWith('sample:') ? samplePath(path.slice(7)) : path;
  if (!existsSync(where))
    throw new VideoError(`There is no file or folder ${where}. Is the path right?`, {
      path: where,
      code: 'missing',
    });
  if (!statSync(where).isDirectory()) return firstOfFile(where);
  const folder = await openImageFolder(where);
  try {
    return await folder.frameAt(0);
  } finally {
    await folder.dispose();
  }
}

async function firstOfFile(path: string): Promise<Frame> {
  const { path: program } = await findFfmpeg();
  const { shape } = await readPictureShape(program, path);
  const decoder = shape && new PictureDecoder({ program, path, seek: null, from: null, ...sizeOf(shape) });
  const picture = await decoder?.next();
  await decoder?.close();
  if (shape && picture) return { index: 0, ...sizeOf(shape), data: picture.data };
  throw new VideoError(`${path} has no picture that can be decoded.`, { path, code: 'no-frames' });
}

function sizeOf({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width, height };
}
