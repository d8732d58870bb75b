import { VideoError } from '../../errors';
import { collect, ended, startFfmpeg } from './ffmpeg-run';
import type { FfmpegProcess } from './ffmpeg-run';

/** What a decoder needs to begin. */
export interface DecoderStart {
  readonly program: string;
  readonly path: string;
  /** Seconds to seek to, on the file's own clock; null begins at the start. Pictures before it are not shown. */
  readonly seek: number | null;
  /** The time stamp of the first picture wanted; those before it are left out. null wants all that come. */
  readonly from: number | null;
  readonly width: number;
  readonly height: number;
}

/** A picture and its time stamp in units of the file's time base. */
export interface DecodedPicture {
  readonly stamp: number;
  /** uint8[height, width, 3]. */
  readonly data: Uint8Array;
}

/**
 * One ffmpeg at work: pictures in the order in which they are shown, from where it began. Reading slowly slows
 * ffmpeg down; no more than a few pictures are ever held.
 */
export class PictureDecoder {
  readonly #child: FfmpegProcess;
  readonly #pictures: AsyncGenerator<Uint8Array, void, undefined>;
  readonly #stamps: number[] = [];
  readonly #ended: Promise<number | null>;
  #log = '';
  #closed = false;

  readonly #from: number;

  constructor({ program, path, seek, from, width, height }: DecoderStart) {
    this.#from = from ?? -Infinity;
    // With -copyts the seek point is on the file's clock, so that clips that start late need no correction.
    const before = seek === null ? [] : ['-seek_timestamp', '1', '-ss', seek.toFixed(6)];
    this.#child = startFfmpeg(
      program,
      [
        '-copyts',
        ...before,
        '-i',
        path,
        '-map',
        '0:v:0',
        '-fps_mode',
        'passthrough',
        '-vf',
        'showinfo=checksum=0',
        '-pix_fmt',
        'rgb24',
        '-f',
        'rawvideo',
        '-',
      ],
      'info',
    );
    this.#ended = ended(this.#child);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    this.#pictures = splitChunks(this.#child.stdout, width * height * 3);
  }

  /** The next picture, or null after the last. Rejects with a VideoError when ffmpeg fails. */
  async next(): Promise<DecodedPicture | null> {
    for (;;) {
      const picture = await this.#pictures.next();
      if (picture.done === true) break;
      const stamp = await this.#stampOf();
      if (stamp === null) return null;
      if (!(stamp < this.#from)) return { stamp, data: picture.value };
    }
    const code = await this.#ended;
    if (code === 0 || this.#closed) return null;
    throw new VideoError(`ffmpeg stopped while decoding: ${this.#lastWords()}`);
  }

  /** The line about a picture is written before the picture, but by another pipe. null once closed. */
  async #stampOf(): Promise<number | null> {
    while (this.#stamps.length === 0) {
      if (this.#closed) return null;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return this.#stamps.shift()!;
  }

  /** Ends ffmpeg and resolves when it is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#child.stdout.destroy();
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #hear(text: string): void {
    const lines = (this.#log + text).split('\n');
    this.#log = lines.pop()!.slice(-4096);
    for (const line of lines) {
      const stamp = /showinfo.* n: *\d+ pts: *(-?\d+|NOPTS)/.exec(line);
      if (stamp) this.#stamps.push(Number(stamp[1]));
      else if (/error|invalid|fail/i.test(line)) this.#words = line;
    }
  }

  #words = '';

  #lastWords(): string {
    return this.#words.replace(/^\[[^\]]*\] /, '') || 'no reason given';
  }
}

/** Cuts a byte stream into pictures of one size; what is left over at the end is a broken picture and dropped. */
async function* splitChunks(
  stream: AsyncIterable<unknown>,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let picture = new Uint8Array(size);
  let filled = 0;
  try {
    for await (const chunk of stream) {
      let rest = chunk as Uint8Array;
      while (rest.length > 0) {
        const part = rest.subarray(0, size - filled);
        picture.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
        if (filled === size) {
          yield picture;
          picture = new Uint8Array(size);
          filled = 0;
        }
      }
    }
  } catch (error) {
    // Closing a decoder breaks its stream off; that is its end.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Size and pixel shape of a file's pictures as they are shown, rotation applied. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly pixelAspect: number;
}

/** Decodes the first picture to learn its shape; null when the file has pictures in name only. */
export async function readPictureShape(
  program: string,
  path: string,
): Promise<{ shape: PictureShape | null; stderr: string }> {
  const args = [
    '-i',
    path,
    '-map',
    '0:v:0',
    '-frames:v',
    '1',
    '-vf',
    'showinfo=checksum=0',
    '-f',
    'null',
    '-',
  ];
  const child = startFfmpeg(program, args, 'info');
  child.stdout.resume();
  const stderr = await collect(child.stderr);
  await ended(child);
  const found = /showinfo.* sar:(\d+)\/(\d+) s:(\d+)x(\d+)/.exec(stderr);
  if (!found) return { shape: null, stderr };
  const [above, below, width, height] = found.slice(1).map(Number) as [number, number, number, number];
  return { shape: { width, height, pixelAspect: above > 0 && below > 0 ? above / below : 1 }, stderr };
}
