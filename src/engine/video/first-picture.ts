import { existsSync, statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { VideoError } from '../../errors';
import { findFfmpeg } from './ffmpeg-program';
import { startFfmpeg } from './ffmpeg-run';
import type { Frame } from './frame-source';
import { openImageFolder } from './image-folder';
import { samplePath } from './open-source';

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

/** One run of ffmpeg: the size comes with the picture, in a PPM file (netpbm, “ppm”). */
async function firstOfFile(path: string): Promise<Frame> {
  const { path: program } = await findFfmpeg();
  const first = ['-map', '0:v:0', '-frames:v', '1', '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24'];
  const child = startFfmpeg(program, [
    '-copyts',
    '-i',
    path,
    ...first,
    '-c:v',
    'ppm',
    '-f',
    'image2pipe',
    '-',
  ]);
  child.stderr.resume();
  const picture = readPpm(await buffer(child.stdout));
  if (picture) return picture;
  throw new VideoError(`${path} has no picture that can be decoded.`, { path, code: 'no-frames' });
}

function readPpm(file: Buffer): Frame | null {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64));
  if (!header) return null;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const data = file.subarray(header[0].length, header[0].length + width * height * 3);
  return data.length === width * height * 3 ? { index: 0, width, height, data } : null;
}
