import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { encodeIndexedPng } from '../../src/formats';
import { blue, red, SyntheticVideo } from './synthetic-video';

/** Two squares that move, as many frames as a dataset here has. */
export const drawnFrames = 30;
export const drawnVideo = new SyntheticVideo(drawnFrames, [red, blue]);

/** Where the squares are, each in its number. */
export function labelsOf(frame: number): Uint8Array {
  const labels = new Uint8Array(drawnVideo.info.width * drawnVideo.info.height);
  [red, blue].forEach((square, n) =>
    drawnVideo.truth(square, frame).data.forEach((one, at) => one && (labels[at] = n + 1)),
  );
  return labels;
}

/** What is drawn otherwise than five digits, every frame with a truth, as an indexed PNG. */
export interface DrawnOptions {
  readonly sequence?: string;
  /** The folder between `JPEGImages` and the sequence's. */
  readonly between?: string;
  /** Only every so many frames have a truth. */
  readonly every?: number;
  readonly frames?: number;
  readonly truthOf?: (frame: number) => Uint8Array;
  readonly nameOf?: (frame: number) => string;
  /** The file of a label picture. */
  readonly encode?: (labels: Uint8Array, width: number, height: number) => Uint8Array | Promise<Uint8Array>;
}

/** Draws the two squares as pictures, and a truth as label pictures in a layout. */
export async function drawDataset(root: string, options: DrawnOptions = {}): Promise<void> {
  const {
    sequence = 'squares',
    between = '480p',
    every = 1,
    frames = drawnFrames,
    truthOf = labelsOf,
    nameOf = (frame: number): string => String(frame).padStart(5, '0'),
    encode = (data: Uint8Array, width: number, height: number): Uint8Array =>
      encodeIndexedPng({ width, height, data }),
  } = options;
  const folder = (kind: string): string => join(root, kind, between, sequence);
  for (const kind of ['JPEGImages', 'Annotations']) mkdirSync(folder(kind), { recursive: true });
  for (let i = 0; i < frames; i++) {
    const { width, height, data } = await drawnVideo.frameAt(i);
    const raw = { width, height, channels: 3 as const };
    await sharp(data, { raw })
      .png()
      .toFile(join(folder('JPEGImages'), `${nameOf(i)}.png`));
    if (i % every === 0)
      writeFileSync(join(folder('Annotations'), `${nameOf(i)}.png`), await encode(truthOf(i), width, height));
  }
}
