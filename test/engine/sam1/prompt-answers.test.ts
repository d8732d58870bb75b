import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MobileCloseup } from '../../../src/engine/sam1/closer-look';
import type { DecodedMask, DecoderPoint } from '../../../src/engine/sam1/mask-decoder';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { pictureGeometry, wholePicture } from '../../../src/engine/sam1/picture-geometry';
import { pictureOn, preprocess } from '../../../src/engine/sam1/preprocess';
import { PromptAnswers } from '../../../src/engine/sam1/prompt-answers';
import type { BoxPrompt, FramePrompts, PointPrompt } from '../../../src/engine/tracking';
import { bitmapArea, bitmapIou, createBitmap } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';
import { blankEmbedding } from '../../support/blank-embedding';

// Prompts on a picture of a white box on black, with a decoder that finds what is white: in the box that it is given, or within so many of the
// picture's pixels of the last click.

const [width, height] = [1280, 720];

function boxMask({ x0, y0, x1, y1 }: BoxPrompt): Bitmap {
  const mask = createBitmap(width, height);
  for (let y = y0; y <= y1; y++) mask.data.fill(1, y * width + x0, y * width + x1 + 1);
  return mask;
}

const small: BoxPrompt = { x0: 600, y0: 300, x1: 640, y1: 340 };
const large: BoxPrompt = { x0: 200, y0: 100, x1: 900, y1: 600 };
const click = (x: number, y: number, positive = true): PointPrompt => ({ x, y, positive });
const prompts = (points: readonly PointPrompt[], box: BoxPrompt | null = null): FramePrompts => ({
  points,
  box,
  mask: null,
});

interface Asked {
  readonly points: readonly DecoderPoint[];
  readonly prior: Float32Array | null;
  readonly scale: number;
}

/** A frame that shows a mask in white, and what was looked at and asked. */
class Scene {
  readonly width = width;
  readonly height = height;
  readonly looks: (MobileCloseup | null)[] = [];
  readonly asked: Asked[] = [];
  readonly answers = new PromptAnswers(this);
  readonly #embeddings = new Map<string, MobileEmbedding>();
  readonly #frame;
  readonly #shown: Bitmap;

  readonly #around: number;

  constructor(shown: Bitmap, around = 50) {
    this.#around = around;
    this.#shown = shown;
    const data = new Uint8Array(3 * width * height);
    shown.data.forEach((one, i) => data.fill(255 * one, 3 * i, 3 * i + 3));
    this.#frame = { index: 0, width, height, data };
  }

  async look(closeup: MobileCloseup | null): Promise<MobileEmbedding> {
    this.looks.push(closeup);
    const key = closeup?.key ?? '';
    const known = this.#embeddings.get(key) ?? this.#see(closeup);
    this.#embeddings.set(key, known);
    return known;
  }

  #see(closeup: MobileCloseup | null): MobileEmbedding {
    const geometry = pictureGeometry(width, height, closeup ?? wholePicture);
    return blankEmbedding(0, geometry, pictureOn(preprocess(this.#frame, geometry), geometry));
  }

  async decode(
    { geometry }: Pick<MobileEmbedding, 'geometry'>,
    points: readonly DecoderPoint[],
    prior: Float32Array | null,
  ): Promise<DecodedMask> {
    this.asked.push({ points, prior, scale: geometry.scale });
    const [start, end] = [2, 3].map((label) => points.find((one) => one.label === label));
    const last = points.filter((one) => one.label === 1).at(-1)!;
    const reach = this.#around * geometry.scale;
    const inside = (x: number, y: number): boolean =>
      start && end
        ? x >= start.x && x <= end.x && y >= start.y && y <= end.y
        : Math.abs(x - last.x) <= reach && Math.abs(y - last.y) <= reach;
    const { scale, left, top } = geometry;
    const pixel = (at: number, cell: number): number => Math.floor((at + 0.5 + 16 * cell) / scale);
    const isWhite = (x: number, y: number): boolean =>
      this.#shown.data[pixel(y, top) * width + pixel(x, left)] === 1;
    const data = Float32Array.from({ length: 256 * 256 }, (_, i) => {
      const [x, y] = [4 * (i % 256) + 1.5, 4 * Math.floor(i / 256) + 1.5];
      return inside(x, y) && isWhite(x, y) ? 8 : -8;
    });
    return { logits: { width: 256, height: 256, data }, score: 0.9 };
  }

  get zooms(): number[] {
    return this.looks.map((one) => one?.zoom ?? 1);
  }
}

let scene: Scene;
beforeEach(() => {
  scene = new Scene(boxMask(small));
});

describe('prompts', () => {
  it('of a small object are answered where it is seen large, to the pixel', async () => {
    const { mask } = await scene.answers.of(scene, prompts([], small), null);
    expect(scene.zooms[0]).toBeGreaterThan(2);
    expect(bitmapIou(mask, boxMask(small))).toBeGreaterThan(0.95);
  });

  it('of a large object are answered on the whole frame', async () => {
    const wide = new Scene(boxMask(large));
    const { mask } = await wide.answers.of(wide, prompts([], large), null);
    expect(wide.looks).toEqual([null]);
    expect(bitmapIou(mask, boxMask(large))).toBeGreaterThan(0.97);
  });

  it('that begin with a click learn from the whole frame how large the object is', async () => {
    const { mask } = await scene.answers.of(scene, prompts([click(620, 320)]), null);
    expect(scene.zooms[0]).toBe(1);
    expect(scene.zooms[1]).toBeGreaterThan(2);
    expect(scene.looks).toHaveLength(2);
    expect(bitmapIou(mask, boxMask(small))).toBeGreaterThan(0.95);
  });

  it('go on in the closeup that they began in, while what they are about is well seen there', async () => {
    const points = [click(610, 310), click(630, 330), click(648, 320)];
    await scene.answers.of(scene, prompts(points, small), null);
    expect(new Set(scene.looks.map((one) => one?.key)).size).toBe(1);
    expect(scene.looks).toHaveLength(4);
  });

  it('go on further off with a click outside of the closeup', async () => {
    await scene.answers.of(scene, prompts([click(620, 320), click(100, 100)]), null);
    expect(scene.zooms.at(-1)).toBeLessThan(scene.zooms[1]!);
    const { points, scale } = scene.asked.at(-1)!;
    const { left } = scene.looks.at(-1) ?? wholePicture;
    expect((points[1]!.x + 0.5 + 16 * left) / scale - 0.5).toBeCloseTo(100, 3);
  });

  it('on a mask that is there look at that mask closer, and show it to the decoder where it lies', async () => {
    const base = boxMask({ ...small, x1: 630 });
    const { mask } = await scene.answers.of(scene, prompts([click(636, 320)]), base);
    expect(scene.zooms[0]).toBeGreaterThan(2);
    const { prior, scale } = scene.asked[0]!;
    const likely = prior!.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
    expect(likely / (bitmapArea(base) * (scale / 4) ** 2)).toBeCloseTo(1, 1);
    expect(bitmapIou(mask, boxMask(small))).toBeGreaterThan(bitmapIou(base, boxMask(small)));
  });

  it('on an empty mask are answered as where there is none', async () => {
    const on = async (base: Bitmap | null): Promise<Bitmap> =>
      (await scene.answers.of(scene, prompts([click(620, 320)]), base)).mask;
    expect(await on(createBitmap(width, height))).toEqual(await on(null));
  });

  it('have the answer that they had, whatever was asked in between, and without asking again', async () => {
    const asked = prompts([click(620, 320), click(650, 320)]);
    const first = await scene.answers.of(scene, asked, null);
    await scene.answers.of(scene, prompts([click(100, 100)]), null);
    await scene.answers.of(scene, prompts([], small), null);
    const times = scene.asked.length;
    expect(await scene.answers.of(scene, asked, null)).toEqual(first);
    expect(scene.asked).toHaveLength(times);
    const fresh = new Scene(boxMask(small));
    expect(await fresh.answers.of(fresh, asked, null)).toEqual(first);
  });

  it('get all of an object that is larger than what was there of it', async () => {
    const wide = new Scene(boxMask(large), 1000);
    const base = boxMask({ x0: 500, y0: 300, x1: 530, y1: 330 });
    for (const [points, there] of [
      [[click(545, 315)], base],
      [[click(515, 315), click(545, 315)], null],
    ] as const) {
      const { mask } = await wide.answers.of(wide, prompts(points), there);
      expect(bitmapIou(mask, boxMask(large))).toBeGreaterThan(0.97);
    }
  });

  it('do not take the background with them that a closeup is full of', async () => {
    const all = new Scene(boxMask({ x0: 0, y0: 0, x1: width - 1, y1: height - 1 }), 2000);
    const base = boxMask({ x0: 500, y0: 300, x1: 530, y1: 330 });
    const { mask } = await all.answers.of(all, prompts([click(545, 315)]), base);
    expect(bitmapArea(mask)).toBeLessThan(2 * bitmapArea(base));
  });

  it('show the decoder the object, and not crumbs of its mask elsewhere', async () => {
    const base = boxMask({ ...small, x1: 630 });
    for (let y = 20; y < 25; y++) base.data.fill(1, y * width + 20, y * width + 25);
    await scene.answers.of(scene, prompts([click(636, 320)]), base);
    for (const { points } of scene.asked)
      for (const { x, y } of points) expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1);
  });

  it('find ready what was looked at before, also where a click adds to the mask', async () => {
    const base = boxMask(small);
    await scene.answers.lookBefore(scene, base);
    for (const x of [610, 645, 655, 665]) await scene.answers.of(scene, prompts([click(x, 320)]), base);
    expect(new Set(scene.looks.map((one) => one?.key)).size).toBe(1);
  });

  it('do as they say also in a mask so small that a dab is more than a gap of it', async () => {
    const black = new Scene(createBitmap(width, height));
    const base = boxMask({ x0: 600, y0: 300, x1: 604, y1: 300 });
    base.data.set(boxMask({ x0: 600, y0: 304, x1: 604, y1: 304 }).data.subarray(303 * width), 303 * width);
    const { mask } = await black.answers.of(black, prompts([click(602, 302)]), base);
    expect(mask.data[302 * width + 602]).toBe(1);
  });

  it('that are a mask and nothing else stand as they are', async () => {
    const mask = boxMask(small);
    const given = await scene.answers.of(scene, { points: [], box: null, mask }, null);
    expect(given.mask).toBe(mask);
    expect(scene.looks).toEqual([]);
  });
});
