import { readPng, writePng } from './png';
import type { PngPixels } from './png';

/** A picture of numbers: `data[y * width + x]`. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * The palette of PASCAL VOC, which DAVIS, YouTube-VOS and LVOS use: uint8[256 * 3]. The bits of an index are
 * dealt out to red, green and blue from the highest bit down.
 */
export function vocPalette(): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  for (let index = 0; index < 256; index++) {
    let bits = index;
    for (let shift = 7; shift >= 0; shift--, bits >>= 3) {
      for (let channel = 0; channel < 3; channel++) {
        palette[index * 3 + channel]! |= ((bits >> channel) & 1) << shift;
      }
    }
  }
  return palette;
}

/** An 8-bit PNG with the VOC palette whose pixel values are the picture's numbers. */
export function encodeIndexedPng({ width, height, data }: IndexedPicture): Uint8Array {
  return writePng({ width, height, depth: 8, kind: 3, rows: data }, vocPalette());
}

/**
 * The numbers of an indexed or grey PNG of 1, 2, 4 or 8 bits. Where a program saved such a picture in colours or with alpha, which is left aside, its
 * numbers are the shades, all up to 127, or black and white (0 and 255): DAVIS's own bear has one such picture among its masks. Null when
 * the file is a PNG of another kind (its colours are then for an ordinary decoder). Throws a FormatError for a damaged file.
 */
export function decodeIndexedPng(file: Uint8Array): IndexedPicture | null {
  const png = readPng(file, ({ kind, depth }) => (kind === 3 || kind === 0 ? depth <= 8 : depth === 8));
  if (!png) return null;
  const data = png.kind === 3 || png.kind === 0 ? unpackBits(png) : shadesOf(png);
  return data && { width: png.width, height: png.height, data };
}

/** Null where there are colours, or shades as along the soft edge of a drawing. */
function shadesOf({ width, height, kind, rows }: PngPixels): Uint8Array | null {
  const [colours, channels] = kind === 4 ? [1, 2] : [3, kind === 2 ? 3 : 4];
  const data = new Uint8Array(width * height);
  const seen = new Set<number>();
  for (let i = 0; i < data.length; i++) {
    const shade = rows[i * channels]!;
    for (let c = 1; c < colours; c++) if (rows[i * channels + c] !== shade) return null;
    data[i] = shade;
    seen.add(shade);
  }
  const all = [...seen];
  return all.every((one) => one === 0 || one === 255) || all.every((one) => one <= 127) ? data : null;
}

function unpackBits({ width, height, depth, rows }: PngPixels): Uint8Array {
  if (depth === 8) return rows;
  const data = new Uint8Array(width * height);
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = rows[y * stride + Math.floor(x / perByte)]!;
      data[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & ((1 << depth) - 1);
    }
  }
  return data;
}
