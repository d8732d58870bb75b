import { describe, expect, it } from '@jest/globals';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { MobileMemory, rememberedOf } from '../../../src/engine/sam1/mobile-memory';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { Rivals } from '../../../src/engine/sam1/rivals';
import { createBitmap } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';
import { blankEmbedding } from '../../support/blank-embedding';

function embedding(frameIndex: number, geometry = pictureGeometry(64, 16)): MobileEmbedding {
  return blankEmbedding(frameIndex, geometry);
}

/** A memory of an object whose mask is the columns from `first` to `last`, a pixel to a cell, on frames 0 to 2. */
function memoryOf(first: number, last: number): MobileMemory {
  const mask = createBitmap(64, 16);
  for (let y = 0; y < 16; y++) mask.data.fill(1, y * 64 + first, y * 64 + last + 1);
  const memory = new MobileMemory();
  for (const frame of [0, 1, 2]) memory.remember(rememberedOf(embedding(frame), mask), frame === 0);
  return memory;
}

/** The columns whose cells bear no witness for an object. */
function silent(rivals: Rivals, memory: MobileMemory): number[] {
  const cells = rivals.cellsOf(memory, memory.recent[0]!);
  return cells ? [...cells.subarray(0, 64).keys()].filter((x) => cells[x] === 1) : [];
}

describe('what objects of a run remember of each other', () => {
  it('is which cells belong to the others: they do not bear witness against the object', () => {
    const [left, right] = [memoryOf(4, 7), memoryOf(8, 10)];
    const rivals = new Rivals([left, right]);
    expect(silent(rivals, left)).toEqual([8, 9, 10]);
    expect(silent(rivals, right)).toEqual([4, 5, 6, 7]);
  });

  it('leaves the object its own cells, also where another is said to be there too', () => {
    const [small, large] = [memoryOf(5, 5), memoryOf(4, 7)];
    expect(silent(new Rivals([small, large]), small)).toEqual([4, 6, 7]);
    expect(silent(new Rivals([small, large]), large)).toEqual([]);
  });

  it('is the same cells where each was seen in a closeup of its own', () => {
    const mask = (first: number, last: number): Bitmap => {
      const drawn = createBitmap(128, 36);
      for (let y = 8; y < 16; y++) drawn.data.fill(1, y * 128 + first, y * 128 + last + 1);
      return drawn;
    };
    const seenAt = (left: number, top: number, drawn: Bitmap): MobileMemory => {
      const memory = new MobileMemory();
      const seen = embedding(0, pictureGeometry(128, 36, { zoom: 2, left, top }));
      memory.remember(rememberedOf(seen, drawn), true);
      return memory;
    };
    // A pixel to a cell. The other's closeup begins further right and lower, and ends beyond this one's.
    const [own, other] = [seenAt(4, 2, mask(20, 29)), seenAt(24, 6, mask(30, 36))];
    const cells = new Rivals([own, other]).cellsOf(own, own.recent[0]!)!;
    const { columns, rows } = own.recent[0]!.mask;
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const [u, v] = [x + 4, y + 2];
        expect([x, y, cells[y * columns + x]]).toEqual([
          x,
          y,
          u >= 30 && u <= 36 && v >= 8 && v < 16 ? 1 : 0,
        ]);
      }
    const elsewhere = new MobileMemory();
    elsewhere.remember(rememberedOf(embedding(0, pictureGeometry(128, 36)), mask(30, 36)), true);
    expect(new Rivals([own, elsewhere]).cellsOf(own, own.recent[0]!)).toBeNull();
  });

  it('is nothing for an object by itself', () => {
    const alone = memoryOf(4, 7);
    expect(new Rivals([alone]).cellsOf(alone, alone.recent[0]!)).toBeNull();
  });
});

describe('where an object is expected', () => {
  it('is where its motion takes its last mask', () => {
    const memory = memoryOf(4, 7);
    const there = createBitmap(64, 16);
    for (let y = 0; y < 16; y++) there.data.fill(1, y * 64 + 8, y * 64 + 12);
    memory.remember(rememberedOf(embedding(3), there), false);
    // It has moved by four cells, of which half is believed.
    const off = memory.offExpected({ left: 0, top: 0 }).subarray(0, 64);
    expect([...off.keys()].filter((x) => off[x] === 0)).toEqual([10, 11, 12, 13]);
    expect([off[9], off[8], off[0], off[14]]).toEqual([1, 2, 4, 1]);
  });
});
