import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeupAround, lookAgain, closeupFor, stillShows } from '../../../src/engine/sam1/closer-look';
import type { MobileCloseup } from '../../../src/engine/sam1/closer-look';
import { toGridMask } from '../../../src/engine/sam1/grid-mask';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { MobileMemory, rememberedOf } from '../../../src/engine/sam1/mobile-memory';
import { pictureGeometry, toPicture, wholePicture } from '../../../src/engine/sam1/picture-geometry';
import { pictureOn, preprocess } from '../../../src/engine/sam1/preprocess';
import { bitmapBox, createBitmap } from '../../../src/mask';
import type { Bitmap, PixelBox } from '../../../src/mask';
import { blankEmbedding } from '../../support/blank-embedding';

const [width, height] = [1280, 720];

function boxMask(x0: number, y0: number, x1: number, y1: number, size = { width, height }): Bitmap {
  const mask = createBitmap(size.width, size.height);
  for (let y = y0; y <= y1; y++) mask.data.fill(1, y * size.width + x0, y * size.width + x1 + 1);
  return mask;
}

/** A frame as memories see it: its maps are nobody's business here. */
function seen(frameIndex: number, closeup: MobileCloseup | null): MobileEmbedding {
  return blankEmbedding(frameIndex, pictureGeometry(width, height, closeup ?? wholePicture));
}

/** A memory that follows masks frame by frame, as a run does. */
async function follow(
  masks: readonly Bitmap[],
  memory = new MobileMemory(),
  from = 0,
): Promise<MobileMemory> {
  for (const [i, mask] of masks.entries()) {
    const first = from + i === 0;
    const closeup = closeupFor(first ? [] : [memory], first ? [mask] : []);
    await lookAgain([memory], closeup, async (frame, closer) => seen(frame, closer));
    memory.remember(rememberedOf(seen(from + i, closeup), mask), first);
  }
  return memory;
}

/** Pixels that a closeup shows. */
function shownBy(closeup: MobileCloseup | null): PixelBox {
  const { left, top, scale, modelWidth, modelHeight } = pictureGeometry(
    width,
    height,
    closeup ?? wholePicture,
  );
  const [x0, y0] = [(16 * left) / scale, (16 * top) / scale];
  return { x0, y0, x1: x0 + modelWidth / scale, y1: y0 + modelHeight / scale };
}

describe('what of a frame is looked at', () => {
  it('is all of it for an object that fills it', () => {
    expect(closeupFor([], [boxMask(10, 10, 1260, 700)])).toBeNull();
  });

  it('is a part around a small object, in which it is as large as it can be', async () => {
    const memory = await follow([boxMask(600, 300, 700, 380), boxMask(602, 300, 702, 380)]);
    const closeup = closeupFor([memory], [])!;
    expect(closeup.zoom).toBeGreaterThan(2);
    const { x0, x1, y0, y1 } = shownBy(closeup);
    expect(x0).toBeLessThan(600);
    expect(x1).toBeGreaterThan(705);
    expect(y0).toBeLessThan(300);
    expect(y1).toBeGreaterThan(380);
  });

  it('always shows every object, with some room around it as far as the picture goes', () => {
    const place = fc.record({
      x: fc.nat(width - 40),
      y: fc.nat(height - 40),
      side: fc.integer({ min: 2, max: 39 }),
    });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), (places) => {
        const masks = places.map(({ x, y, side }) => boxMask(x, y, x + side, y + side));
        const closeup = closeupFor([], masks);
        const shown = shownBy(closeup);
        const { scale } = pictureGeometry(width, height, closeup ?? wholePicture);
        const room = 16 / scale;
        for (const mask of masks) {
          const { x0, y0, x1, y1 } = bitmapBox(mask)!;
          expect(shown.x0).toBeLessThanOrEqual(Math.max(0, x0 - room));
          expect(shown.y0).toBeLessThanOrEqual(Math.max(0, y0 - room));
          expect(shown.x1).toBeGreaterThanOrEqual(Math.min(width, x1 + 1 + room) - 1);
          expect(shown.y1).toBeGreaterThanOrEqual(Math.min(height, y1 + 1 + room) - 1);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('goes with the object, in whole cells', async () => {
    const memory = await follow(
      [0, 1, 2, 3, 4].map((frame) => boxMask(300 + 20 * frame, 300, 400 + 20 * frame, 380)),
    );
    const [before, now] = [memory.recent[0]!.mask, closeupFor([memory], [])!];
    expect(now.left).toBeGreaterThan(before.left);
    expect(Number.isInteger(now.left)).toBe(true);
  });

  it('is no closer than a quick object can be followed, nor than one may whose motion is not known yet', async () => {
    const still = [0, 1, 2, 3].map(() => boxMask(300, 300, 340, 340));
    const quick = [0, 1, 2, 3].map((frame) => boxMask(300 + 60 * frame, 300, 340 + 60 * frame, 340));
    const once = closeupFor([await follow(still.slice(0, 1))], [])!;
    expect(once.zoom).toBeLessThan(closeupFor([await follow(still)], [])!.zoom);
    expect(closeupFor([await follow(quick)], [])?.zoom ?? 1).toBeLessThan(once.zoom);
  });

  it('is further off at once where the object grows, and closer only when all that is remembered has more room', async () => {
    const small = boxMask(500, 250, 800, 400);
    const large = boxMask(300, 150, 1000, 500);
    const memory = await follow(Array.from({ length: 8 }, () => small));
    const near = closeupFor([memory], [])!.zoom;
    await follow([large, large, large], memory, 8);
    const far = closeupFor([memory], [])?.zoom ?? 1;
    expect(far).toBeLessThan(near);
    await follow([small, small, small, small, small], memory, 11);
    expect(closeupFor([memory], [])?.zoom ?? 1).toBe(far);
    await follow(
      Array.from({ length: 24 }, () => small),
      memory,
      16,
    );
    expect(closeupFor([memory], [])!.zoom).toBeGreaterThan(far);
  });

  it('is all of it while an object is out of sight for long', async () => {
    const memory = await follow([0, 1, 2].map(() => boxMask(300, 300, 340, 340)));
    expect(closeupFor([memory], [])).not.toBeNull();
    await follow(
      [0, 1, 2, 3].map(() => createBitmap(width, height)),
      memory,
      3,
    );
    expect(closeupFor([memory], [])).toBeNull();
  });
});

describe('what is remembered', () => {
  it('shows each frame that is seen anew with what it is remembered for', async () => {
    // One that comes back was prompted far from where it is found, on the same frame as the other.
    const [stays, returns] = [new MobileMemory(), new MobileMemory()];
    const [here, there] = [boxMask(100, 300, 160, 360), boxMask(1140, 300, 1200, 360)];
    stays.remember(rememberedOf(seen(0, null), here), true);
    returns.remember(rememberedOf(seen(0, null), there), true);
    for (let frame = 1; frame < 8; frame++) {
      const closeup = closeupFor([stays], []);
      await lookAgain([stays], closeup, async (again, closer) => seen(again, closer));
      stays.remember(rememberedOf(seen(frame, closeup), here), false);
      returns.remember(rememberedOf(seen(frame, null), boxMask(200, 300, 260, 360)), false);
    }
    expect(stays.recent[0]!.zoom).toBeGreaterThan(2);
    const closeup = closeupFor([stays, returns], []);
    await lookAgain([stays, returns], closeup, async (again, closer) => seen(again, closer));
    for (const memory of [stays, returns]) for (const one of memory.kept) expect(one.mask.box).not.toBeNull();
  });

  it('is seen again at the size at which the next frame is looked at, and its motion told in those cells', async () => {
    const masks = [0, 1, 2, 3].map((frame) => boxMask(300 + 10 * frame, 300, 400 + 10 * frame, 380));
    const memory = new MobileMemory();
    masks.forEach((mask, i) => memory.remember(rememberedOf(seen(i, null), mask), i === 0));
    const before = memory.expectedBox();
    const closeup = { zoom: 2, left: 10, top: 10, key: '' };
    const asked: number[] = [];
    await lookAgain([memory], closeup, async (frame, closer) => {
      asked.push(frame);
      return seen(frame, closer);
    });
    expect(asked.sort()).toEqual([0, 1, 2, 3]);
    expect(memory.kept.every((one) => one.zoom === 2)).toBe(true);
    expect(memory.expectedBox()).toEqual(before);
    // The mask's share of what there is stays: 101 by 81 pixels, of cells of 10 by 10.
    const shares = memory.recent[3]!.mask.data.reduce((sum, one) => sum + one, 0);
    expect(shares).toBeCloseTo((101 * 81) / 100, 1);
    await lookAgain([memory], closeup, () => Promise.reject(new Error('seen already')));
  });
});

describe('the motion of what is remembered', () => {
  it('is the same at whatever zoom each frame was seen', () => {
    const masks = [0, 1, 2, 3].map((frame) => boxMask(300 + 10 * frame, 300, 400 + 10 * frame, 380));
    const [plain, mixed] = [new MobileMemory(), new MobileMemory()];
    const zooms = [1, 2, 2, 1];
    masks.forEach((mask, i) => {
      plain.remember(rememberedOf(seen(i, null), mask), i === 0);
      const closeup = {
        zoom: zooms[i]!,
        left: zooms[i] === 1 ? 0 : 12,
        top: zooms[i] === 1 ? 0 : 9,
        key: '',
      };
      mixed.remember(rememberedOf(seen(i, closeup), mask), i === 0);
    });
    expect(mixed.speed).toBeCloseTo(plain.speed!, 2);
    expect(mixed.expectedCentre()!.x).toBeCloseTo(plain.expectedCentre()!.x, 2);
    expect(mixed.expectedCentre()!.y).toBeCloseTo(plain.expectedCentre()!.y, 2);
  });
});

describe('a closeup', () => {
  const closeup = { zoom: 2, left: 30, top: 20 };
  const geometry = pictureGeometry(width, height, closeup);

  it('shows the same as the same part of the picture at twice the size', () => {
    const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) % 251);
    const shown = pictureOn(preprocess({ index: 0, width, height, data }, geometry), geometry);
    // Cells are ten pixels wide here, so that the closeup begins at pixel (300, 200).
    const at = (x: number, y: number): number => data[3 * (y * width + x)]!;
    const of = (x: number, y: number): number => shown.data[3 * (y * shown.width + x)]!;
    for (const [x, y] of [
      [0, 0],
      [160, 80],
      [800, 480],
    ] as const) {
      // Pixel (x, y) of the model lies at 0.625 (x + 0.5) - 0.5 of the picture's.
      const [u, v] = [300 + 0.625 * (x + 0.5) - 0.5, 200 + 0.625 * (y + 0.5) - 0.5];
      const [a, b] = [Math.floor(u), Math.floor(v)];
      const above = at(a, b) * (1 - u + a) + at(a + 1, b) * (u - a);
      const below = at(a, b + 1) * (1 - u + a) + at(a + 1, b + 1) * (u - a);
      expect(Math.abs(of(x, y) - (above * (1 - v + b) + below * (v - b)))).toBeLessThan(1);
    }
  });

  it('takes a mask there and back, within it; beyond it there is nothing', () => {
    const mask = boxMask(350, 250, 449, 349);
    const grid = toGridMask(mask, geometry);
    expect(grid.data.reduce((sum, one) => sum + one, 0)).toBeCloseTo(100, 3);
    expect(grid.box).toEqual({ x0: 5, y0: 5, x1: 14, y1: 14 });
    const map = { width: 4 * grid.columns, height: 4 * grid.rows, data: grid.sixteenths };
    const back = toPicture(map, geometry, 4, -1);
    const found = { width, height, data: Uint8Array.from(back, (one) => (one > 0.5 ? 1 : 0)) };
    expect(bitmapBox(found)).toEqual(bitmapBox(mask));
    expect(back[0]).toBe(-1);
    expect(back[height * width - 1]).toBe(-1);
  });

  it('draws a map that says something in a window only as all of it, bit for bit', () => {
    const anyWindow = fc.record({ x0: fc.nat(80), y0: fc.nat(60), x1: fc.nat(80), y1: fc.nat(60) });
    const anyFraming = fc.constantFrom(wholePicture, { zoom: 2, left: 10, top: 6 });
    fc.assert(
      fc.property(anyWindow, anyFraming, fc.integer({ min: 90, max: 2200 }), (box, framing, w) => {
        const shown = pictureGeometry(w, Math.ceil(w * 0.6), framing);
        const [wide, high] = [Math.ceil(shown.modelWidth / 8), Math.ceil(shown.modelHeight / 8)];
        const within = {
          left: Math.min(box.x0, box.x1),
          top: Math.min(box.y0, box.y1),
          right: Math.min(wide, Math.max(box.x0, box.x1)),
          bottom: Math.min(high, Math.max(box.y0, box.y1)),
        };
        const map = { width: wide, height: high, data: new Float32Array(wide * high).fill(-6.9) };
        for (let y = within.top; y < within.bottom; y++)
          for (let x = within.left; x < within.right; x++)
            map.data[y * wide + x] = ((x * 7 + y * 5) % 13) - 6;
        const all = toPicture(map, shown, 8, -6.9);
        const part = toPicture(map, shown, 8, -6.9, within);
        expect(Buffer.from(part.buffer).equals(Buffer.from(all.buffer))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('of all of a picture is the picture as it was always seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 4096 }), fc.integer({ min: 16, max: 4096 }), (w, h) => {
        const { columns, rows, modelWidth, modelHeight } = pictureGeometry(w, h);
        const longest = Math.max(w, h);
        expect([columns, rows]).toEqual([Math.ceil((w * 64) / longest), Math.ceil((h * 64) / longest)]);
        const most = (size: number): number => Math.round(size * (1024 / longest));
        expect([modelWidth, modelHeight]).toEqual([most(w), most(h)]);
      }),
    );
    const full = toGridMask(boxMask(0, 0, 99, 2, { width: 100, height: 3 }), pictureGeometry(100, 3));
    expect(full.sixteenths.every((one) => one === 1 || one === 0)).toBe(true);
  });
});

describe('what of a frame is looked at to answer prompts', () => {
  const box = fc
    .record({ x0: fc.nat(width - 30), y0: fc.nat(height - 30), wide: fc.nat(500), high: fc.nat(400) })
    .map(({ x0, y0, wide, high }) => ({
      x0,
      y0,
      x1: Math.min(width - 1, x0 + wide),
      y1: Math.min(height - 1, y0 + high),
    }));

  it('shows the object with as much around it as it takes itself, as far as the picture goes', () => {
    fc.assert(
      fc.property(box, ({ x0, y0, x1, y1 }) => {
        const closeup = closeupAround({ x0, y0, x1, y1 }, { width, height });
        const shown = shownBy(closeup);
        const [wide, high] = [x1 - x0 + 1, y1 - y0 + 1];
        // The closeup lies on whole cells.
        const cell = 20 / (closeup?.zoom ?? 1);
        expect(shown.x1 - shown.x0).toBeGreaterThanOrEqual(
          Math.min(width, x1 + wide) - Math.max(0, x0 - wide) - cell,
        );
        expect(shown.x0).toBeLessThanOrEqual(x0);
        expect(shown.x1).toBeGreaterThanOrEqual(x1);
        expect(shown.y0).toBeLessThanOrEqual(y0);
        expect(shown.y1).toBeGreaterThanOrEqual(y1);
        expect(shown.y1 - shown.y0).toBeGreaterThanOrEqual(
          Math.min(height, y1 + high) - Math.max(0, y0 - high) - cell,
        );
      }),
    );
  });

  it('stays what it is for the object that it was chosen for', () => {
    fc.assert(
      fc.property(box, (one) => {
        const closeup = closeupAround(one, { width, height });
        if (closeup) expect(stillShows(closeup, one, { width, height })).toBe(true);
      }),
    );
  });

  it('is another one where the object lies beyond it, or could be seen much larger', () => {
    const size = { width, height };
    const closeup = closeupAround({ x0: 500, y0: 300, x1: 640, y1: 400 }, size)!;
    expect(stillShows(closeup, { x0: 500, y0: 300, x1: 1000, y1: 400 }, size)).toBe(false);
    expect(stillShows(closeup, { x0: 500, y0: 0, x1: 640, y1: 100 }, size)).toBe(false);
    expect(stillShows(closeup, { x0: 560, y0: 340, x1: 580, y1: 350 }, size)).toBe(false);
    expect(stillShows(closeup, { x0: 510, y0: 300, x1: 650, y1: 410 }, size)).toBe(true);
  });
});
