import { unzlibSync, zlibSync } from 'fflate';
import { FormatError } from '../errors';

/** A picture of numbers: `data[y * width + x]`. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

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
  const raw = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) raw.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  return join([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', vocPalette()),
    chunk('IDAT', zlibSync(raw, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/**
 * The numbers of an indexed or grey PNG of 1, 2, 4 or 8 bits, or null when the file is a PNG of another kind
 * (its colours are then for an ordinary decoder). Throws a FormatError for a damaged file.
 */
export function decodeIndexedPng(file: Uint8Array): IndexedPicture | null {
  const chunks = readChunks(file);
  const header = chunks.find((one) => one.type === 'IHDR')?.data;
  if (!header || header.length !== 13) throw damaged('it has no header');
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, kind, , , interlaced] = header.subarray(8);
  if ((kind !== 3 && kind !== 0) || depth! > 8 || interlaced !== 0) return null;
  if (width * height > 1 << 28) throw damaged(`it claims to be ${width} × ${height} pixels`);
  const packed = join(chunks.filter((one) => one.type === 'IDAT').map((one) => one.data));
  const stride = Math.ceil((width * depth!) / 8);
  const raw = new Uint8Array((stride + 1) * height);
  try {
    if (unzlibSync(packed, { out: raw }).length !== raw.length) throw new Error('too short');
  } catch (error) {
    throw damaged('its pixels cannot be unpacked', error);
  }
  const rows = unfilter(raw, stride, height);
  return { width, height, data: unpackBits(rows, width, height, stride, depth!) };
}

function unfilter(raw: Uint8Array, stride: number, height: number): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    if (filter > 4) throw damaged(`row ${y} has a filter that PNG does not know`);
    for (let x = 0; x < stride; x++) {
      const left = x > 0 ? rows[y * stride + x - 1]! : 0;
      const up = y > 0 ? rows[(y - 1) * stride + x]! : 0;
      const upLeft = x > 0 && y > 0 ? rows[(y - 1) * stride + x - 1]! : 0;
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

function unpackBits(
  rows: Uint8Array,
  width: number,
  height: number,
  stride: number,
  depth: number,
): Uint8Array {
  if (depth === 8) return rows;
  const data = new Uint8Array(width * height);
  const perByte = 8 / depth;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = rows[y * stride + Math.floor(x / perByte)]!;
      data[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & ((1 << depth) - 1);
    }
  }
  return data;
}

function readChunks(file: Uint8Array): { type: string; data: Uint8Array }[] {
  if (!signature.every((byte, i) => file[i] === byte)) throw damaged('it does not begin as a PNG does');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at);
    if (at + 12 + length > file.length) throw damaged('it ends in the middle');
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
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

/** CRC of the PNG specification, annex D: polynomial 0xEDB88320, reflected. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
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
