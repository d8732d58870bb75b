import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { FormatError } from '../../src/errors';
import { decodeIndexedPng, encodeIndexedPng, vocPalette } from '../../src/formats';
import type { IndexedPicture } from '../../src/formats';

const anyPicture: fc.Arbitrary<IndexedPicture> = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data) => ({ width, height, data })),
  );

/** CRC-32 by definition, bit by bit. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let i = 0; i < 8; i++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG put together by hand: `rows` begin with their filter byte. */
function png(
  width: number,
  height: number,
  depth: number,
  kind: number,
  rows: Uint8Array,
  interlaced = 0,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, kind, 0, 0, interlaced], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Filters rows as the PNG specification says, section 9.2, in its own words of a, b and c. */
function filtered({ width, height, data }: IndexedPicture, filter: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : data[y * width + x]!);
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = filter;
    for (let x = 0; x < width; x++) {
      const [a, b, c] = [at(x - 1, y), at(x, y - 1), at(x - 1, y - 1)];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      rows[y * (width + 1) + 1 + x] = at(x, y) - [0, a, b, Math.floor((a + b) / 2), paeth][filter]!;
    }
  }
  return rows;
}

describe('an indexed PNG', () => {
  it('gives the same numbers back', () => {
    fc.assert(
      fc.property(anyPicture, (picture) =>
        expect(decodeIndexedPng(encodeIndexedPng(picture))).toEqual(picture),
      ),
    );
  });

  it('is read by another decoder as the colours of the VOC palette', () => {
    const palette = vocPalette();
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { width, height, data } = PNG.sync.read(Buffer.from(encodeIndexedPng(picture)));
        expect([width, height]).toEqual([picture.width, picture.height]);
        picture.data.forEach((value, i) => {
          expect([...data.subarray(i * 4, i * 4 + 3)]).toEqual([
            ...palette.subarray(value * 3, value * 3 + 3),
          ]);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('has the palette of PASCAL VOC', () => {
    const palette = vocPalette();
    const color = (index: number): number[] => [...palette.subarray(index * 3, index * 3 + 3)];
    expect([0, 1, 2, 3, 4, 8, 255].map(color)).toEqual([
      [0, 0, 0],
      [128, 0, 0],
      [0, 128, 0],
      [128, 128, 0],
      [0, 0, 128],
      [64, 0, 0],
      [224, 224, 192],
    ]);
  });

  it.each([0, 1, 2, 3, 4])('is read whatever its rows are filtered by: filter %i', (filter) => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const file = png(picture.width, picture.height, 8, 3, filtered(picture, filter));
        expect(decodeIndexedPng(file)).toEqual(picture);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [1, [0, 0b10110000], [1, 0, 1, 1]],
    [2, [0, 0b11100100], [3, 2, 1, 0]],
    [4, [0, 0x1f, 0x20], [1, 15, 2, 0]],
  ])('is read with %i bits a pixel', (depth, row, values) => {
    expect([...decodeIndexedPng(png(4, 1, depth, 0, Uint8Array.from(row)))!.data]).toEqual(values);
  });

  it.each([
    [2, (one: number) => [one, one, one]],
    [4, (one: number) => [one, 255 - one]],
    [6, (one: number) => [one, one, one, 7]],
  ])('is read by its shades where it was saved as kind %i, alpha left aside', (kind, pixel) => {
    for (const values of [
      [0, 255, 255, 0],
      [0, 1, 127, 2],
    ]) {
      const file = png(4, 1, 8, kind, Uint8Array.from([0, ...values.flatMap(pixel)]));
      expect(decodeIndexedPng(file)).toEqual({ width: 4, height: 1, data: Uint8Array.from(values) });
    }
  });

  it('leaves pictures in colours, 16 bits and interlaced ones to an ordinary decoder', () => {
    expect(decodeIndexedPng(png(1, 1, 8, 2, Uint8Array.of(0, 128, 0, 0)))).toBeNull();
    // Shades as along a soft edge are no numbers.
    expect(decodeIndexedPng(png(3, 1, 8, 4, Uint8Array.of(0, 0, 255, 130, 255, 255, 255)))).toBeNull();
    expect(decodeIndexedPng(png(3, 1, 8, 2, Uint8Array.of(0, 0, 0, 0, 9, 9, 9, 255, 255, 255)))).toBeNull();
    expect(decodeIndexedPng(png(1, 1, 16, 0, Uint8Array.of(0, 1, 2)))).toBeNull();
    expect(decodeIndexedPng(png(1, 1, 8, 3, Uint8Array.of(0, 1), 1))).toBeNull();
  });

  it('that is damaged anywhere is refused or read, and never more than that', () => {
    const good = encodeIndexedPng({
      width: 9,
      height: 7,
      data: Uint8Array.from({ length: 63 }, (_, i) => i),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(good.length),
        (flips, cut) => {
          const bad = good.slice(0, cut > good.length / 2 ? cut : good.length);
          for (const [at, value] of flips) if (at < bad.length) bad[at] = value;
          try {
            const picture = decodeIndexedPng(bad);
            if (picture) expect(picture.data.length).toBe(picture.width * picture.height);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('that claims to be enormous is refused before memory is asked for', () => {
    expect(() => decodeIndexedPng(png(1_000_000, 1_000_000, 8, 3, Uint8Array.of(0)))).toThrow('claims to be');
  });
});
