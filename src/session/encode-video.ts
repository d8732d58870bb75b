import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findFfmpeg } from '../engine/video';
import { FormatError } from '../errors';
import type { Picture } from '../formats';

/**
 * An mp4 of pictures of one size, H.264, in pieces. An odd size has a black line added, since H.264 in 4:2:0 has even sizes.
 * Rejects with a FormatError when ffmpeg cannot do it.
 */
export async function* encodeVideo(
  pictures: AsyncIterable<Picture>,
  frameRate: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = pictures[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) throw new FormatError('There is no frame to make a video of. Nothing was written.');
  const { width, height } = first.value;
  const folder = await mkdtemp(join(tmpdir(), 'masklet-overlay-'));
  // The index of an mp4 comes first for players on the web, and is known last: it is made in a file.
  const file = join(folder, 'overlay.mp4');
  try {
    const { path } = await findFfmpeg();
    const child = spawn(path, argumentsFor(width, height, frameRate, file), {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
    const closed = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.once('error', () => resolve(null));
    });
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield first.value.data;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value.data;
    };
    const fed = pipeline(Readable.from(bytes(), { objectMode: true }), child.stdin).then(
      () => null,
      (error: unknown) => error,
    );
    const [code, problem] = await Promise.all([closed, fed]);
    if (code !== 0 || problem)
      throw new FormatError(
        `ffmpeg could not write the video: ${said.trim() || (problem instanceof Error ? problem.message : 'it ended early')}. Nothing was written.`,
        {},
        problem,
      );
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } finally {
    await iterator.return?.();
    await rm(folder, { recursive: true, force: true });
  }
}

function argumentsFor(width: number, height: number, frameRate: number, file: string): string[] {
  return [
    ...['-hide_banner', '-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
    ...['-s', `${width}x${height}`, '-r', String(frameRate), '-i', 'pipe:0'],
    ...['-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18'],
    ...['-pix_fmt', 'yuv420p', '-movflags', '+faststart', file],
  ];
}
