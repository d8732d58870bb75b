import { unzlibSync, zlibSync } from 'fflate';
import { FormatError } from '../errors';

/** How the pixels of a PNG are kept: `kind` is its colour type (0 grey, 2 RGB, 3 palette), `depth` the bits of a sample. */
export interface PngPixels {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly kind: number;
  /** Rows from the top, each from a whole byte, samples of 16 bits with the high byte first. */
  readonly rows: Uint8Array;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A PNG file. `palette`: uint8[n * 3] for kind 3. Masks are even, so rows are left unfiltered. */
export function writePng({ width, height, depth, kind, rows }: PngPixels, palette?: Uint8Array): Uint8Array {
  const stride = strideOf(width, depth, kind);
  const raw = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) raw.set(rows.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, kind, 0, 0, 0], 8);
  return join([
    signature,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', zlibSync(raw, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/**
 * The size that a PNG says it has, without its pixels: a file of some kilobytes may claim gigabytes. Null for what does
 * not begin as a PNG.
 */
export function pngSize(file: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (file.length < 24 || signature.some((byte, i) => file[i] !== byte)) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * The pixels of a PNG that is not interlaced and whose kind and depth are accepted; null for another, of which nothing is
 * unpacked. Throws a FormatError for a damaged file.
 */
export function readPng(
  file: Uint8Array,
  accepts: (header: Pick<PngPixels, 'kind' | 'depth'>) => boolean,
): PngPixels | null {
  const chunks = readChunks(file);
  const [first] = chunks;
  // Only what comes first is the header: pngSize looks there too.
  const header = first?.type === 'IHDR' ? first.data : null;
  if (!header || header.length !== 13) throw damaged('it has no header');
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, kind, , , interlaced] = [...header.subarray(8)] as [number, number, number, number, number];
  if (interlaced !== 0) return null;
  if (!(kind in channelsOf) || ![1, 2, 4, 8, 16].includes(depth)) throw damaged('its header makes no sense');
  if (!accepts({ kind, depth })) return null;
  if (width * height > 1 << 28) throw damaged(`it claims to be ${width} × ${height} pixels`);
  const packed = join(chunks.filter((one) => one.type === 'IDAT').map((one) => one.data));
  const stride = strideOf(width, depth, kind);
  // Deflate makes a thousandth of it at best: what claims more is refused before memory is asked for.
  if ((stride + 1) * height > packed.length * 1100 + 1024) throw damaged('it claims more pixels than it has');
  const raw = new Uint8Array((stride + 1) * height);
  try {
    if (unzlibSync(packed, { out: raw }).length !== raw.length) throw new Error('too short');
  } catch (error) {
    throw damaged('its pixels cannot be unpacked', error);
  }
  const step = Math.max(1, (channelsOf[kind]! * depth) >> 3);
  return { width, height, depth, kind, rows: unfilter(raw, stride, height, step) };
}

function strideOf(width: number, depth: number, kind: number): number {
  return Math.ceil((width * depth * channelsOf[kind]!) / 8);
}

function unfilter(raw: Uint8Array, stride: number, height: number, step: number): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    if (filter > 4) throw damaged(`row ${y} has a filter that PNG does not know`);
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? rows[y * stride + x - step]! : 0;
      const up = y > 0 ? rows[(y - 1) * stride + x]! : 0;
      const upLeft = x >= step && y > 0 ? rows[(y - 1) * stride + x - step]! : 0;
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + predicted(filter, left, up, upLeft);
    }
  }
  return rows;
}

/** The five row filters of the PNG specification, section 9. */
function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - upLeft),
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

function readChunks(file: Uint8Array): { type: string; data: Uint8Array }[] {
  if (!signature.every((byte, i) => file[i] === byte)) throw damaged('it does not begin as a PNG does');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at);
    if (at + 12 + length > file.length) throw damaged('it ends in the middle');
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    // Parts that a reader may pass over begin with a small letter.
    if (type < 'a' && crc32(file.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      throw damaged(`the checksum of its part ${type.replace(/[^A-Za-z]/g, '?')} is wrong`);
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function damaged(why: string, cause?: unknown): FormatError {
  return new FormatError(`This PNG cannot be read: ${why}. Nothing was changed.`, {}, cause);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

/** CRC of the PNG specification, annex D: polynomial 0xEDB88320, reflected. Zip has the same. */
export function crc32(bytes: Uint8Array, before: number = 0): number {
  let crc = ~before >>> 0;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
