import { bitmapArea, bitmapBox, bitmapIou, deepestPoint, keepLargeComponents } from '../../mask';
import type { Bitmap } from '../../mask';
import type { OnnxGraph } from '../onnx';
import { RefinedAnswers } from '../tracking';
import type { FramePrompts, ModelInfo, SeenMask, Segmentation, TrackingModel } from '../tracking';
import type { Frame } from '../video';
import { carryPrior, gridAtPicture, logit } from './carry-prior';
import { toGridMask } from './grid-mask';
import { agreesWith, changeAtClick, changeByWhatIsThere } from './local-correction';
import { label, logitsAtPicture } from './mask-decoder';
import type { DecoderPoint, MaskDecoder } from './mask-decoder';
import { matchingFeatures } from './mobile-embedding';
import type { MobileEmbedding } from './mobile-embedding';
import { MobileMemory, recalledFrames } from './mobile-memory';
import { gridSize, lowResSize, modelSize, pictureGeometry, toModel } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';
import { preprocess } from './preprocess';
import { resample } from '../resampling';
import type { FloatMap } from '../resampling';

/** The graphs that MobileSAM is made of here. */
export interface MobileSamParts {
  /** input → output (embedding) and {@link innerMap}. */
  readonly encoder: OnnxGraph;
  readonly decoder: MaskDecoder;
  readonly dotProduct: OnnxGraph;
  /** Which weights, as {@link ModelInfo.weights}. */
  readonly weights: string;
}

/** The encoder's map before its last downsampling, 160 × 64 × 64. */
export const innerMap = '/layers.2/downsample/Transpose_output_0';

/** Parts of a carried mask smaller than this share of the largest are noise. */
const leastPart = 0.1;
/** A carried mask of fewer pixels than this is looked at again with a lower bar. */
const fewPixels = 30;
/** Below this likelihood everywhere the object is not in the picture. */
const absentBelow = 0.3;
/** The decoder is believed while its mask overlaps the carried one by this much. */
const believed = 0.4;
/** What a mask that the user gave says to the decoder, as logits. */
const givenLogit = 8;

/** MobileSAM (an image model) with a memory that matches embeddings from frame to frame. */
export class MobileSam implements TrackingModel<MobileEmbedding, MobileMemory> {
  readonly info: ModelInfo;
  readonly looksAhead = false;
  readonly recall: number = recalledFrames;
  readonly #parts: MobileSamParts;
  readonly #answers = new RefinedAnswers<Segmentation>();

  constructor(parts: MobileSamParts) {
    this.#parts = parts;
    this.info = {
      name: 'mobilesam',
      title: 'MobileSAM',
      family: 'sam1',
      licence: 'Apache-2.0',
      weights: parts.weights,
      provider: 'CPU',
      notes: [],
    };
  }

  async encode(frame: Frame): Promise<MobileEmbedding> {
    const geometry = pictureGeometry(frame.width, frame.height);
    const input = { data: preprocess(frame, geometry), shape: [1, 3, modelSize, modelSize] };
    const maps = await this.#parts.encoder.run({ input }, ['output', innerMap]);
    const image = maps.output.data;
    const features = matchingFeatures([image, maps[innerMap].data], geometry);
    const channels = features.length / (geometry.rows * geometry.columns);
    const bytes = image.byteLength + features.byteLength;
    return { frameIndex: frame.index, bytes, geometry, image, features, channels };
  }

  async segment(
    embedding: MobileEmbedding,
    prompts: FramePrompts,
    base: Bitmap | null,
  ): Promise<Segmentation> {
    const { points, box, mask } = prompts;
    if (mask && points.length === 0 && !box) return { mask, score: 1 };
    const ground = mask ?? base;
    return this.#answers.answer(embedding, prompts, base, (step, before) => {
      const given = before?.mask ?? ground;
      return ground && !box && given && bitmapArea(given) > 0
        ? this.#correct(embedding, step, given)
        : this.#answer(embedding, step, given);
    });
  }

  /**
   * A click on a mask that is there changes it at the click and nowhere else: the decoder alone, asked for the whole
   * object again, would often lose what was right. It is shown the mask, its box and its deepest point beside the clicks;
   * where that changes nothing at the click, it is asked what lies there.
   */
  async #correct(embedding: MobileEmbedding, step: FramePrompts, mask: Bitmap): Promise<Segmentation> {
    const click = step.points.at(-1)!;
    if (agreesWith(mask, click)) return { mask, score: 1 };
    const { image, geometry } = embedding;
    const { x0, y0, x1, y1 } = bitmapBox(mask)!;
    const grown = step.points.filter((one) => one.positive);
    const box = {
      x0: Math.min(x0, ...grown.map((one) => one.x)),
      y0: Math.min(y0, ...grown.map((one) => one.y)),
      x1: Math.max(x1, ...grown.map((one) => one.x)),
      y1: Math.max(y1, ...grown.map((one) => one.y)),
    };
    const inside = { ...deepestPoint(mask)!, positive: true };
    const shown = promptPoints({ points: [inside, ...step.points], box, mask: null }, geometry);
    const { logits, score } = await this.#parts.decoder.decode(image, shown, bitmapLogits(mask, geometry));
    const mended = changeAtClick(mask, threshold(logitsAtPicture(logits, geometry)), click);
    if (mended) return { mask: mended, score };
    const alone = { points: [{ ...click, positive: true }], box: null, mask: null };
    const there = (await this.#answer(embedding, alone, null)).mask;
    return { mask: changeByWhatIsThere(mask, there, click) ?? mask, score };
  }

  async #answer(
    { image, geometry }: MobileEmbedding,
    prompts: FramePrompts,
    given: Bitmap | null,
  ): Promise<Segmentation> {
    const prior = given && bitmapLogits(given, geometry);
    const { logits, score } = await this.#parts.decoder.decode(image, promptPoints(prompts, geometry), prior);
    return { mask: threshold(logitsAtPicture(logits, geometry)), score };
  }

  createMemory(): MobileMemory {
    return new MobileMemory();
  }

  async remember(
    memory: MobileMemory,
    embedding: MobileEmbedding,
    { mask, prompted, apart = false }: SeenMask,
  ): Promise<void> {
    memory.remember(
      { embedding, mask: toGridMask(mask, embedding.geometry), area: bitmapArea(mask) },
      prompted,
      apart,
    );
  }

  async track(memory: MobileMemory, embedding: MobileEmbedding): Promise<Segmentation> {
    const { width, height } = embedding.geometry;
    const grid = await carryPrior(this.#parts.dotProduct, memory, embedding);
    const empty = { mask: { width, height, data: new Uint8Array(width * height) }, score: 0 };
    if (!grid) return empty;
    const likely = gridAtPicture(grid, embedding);
    const carried = carriedMask(likely);
    const inside = deepestPoint(carried);
    if (!inside) return empty;
    return this.#sharpen(embedding, grid, likely, carried, inside);
  }

  /** The decoder draws the carried mask's edges; where it runs away from it, the carried mask stands. */
  async #sharpen(
    { image, geometry }: MobileEmbedding,
    grid: Float32Array,
    likely: FloatMap,
    carried: Bitmap,
    inside: { x: number; y: number },
  ): Promise<Segmentation> {
    const { x0, y0, x1, y1 } = bitmapBox(carried)!;
    const box = { x0, y0, x1, y1 };
    const points = promptPoints({ points: [{ ...inside, positive: true }], box, mask: null }, geometry);
    let best: { mask: Bitmap; score: number; rank: number } | null = null;
    for (const strength of [1.5, 0.75]) {
      const prior = gridLogits(grid, geometry, strength);
      const { logits, score } = await this.#parts.decoder.decode(image, points, prior);
      const mask = joined(logitsAtPicture(logits, geometry), likely);
      const rank = bitmapIou(mask, carried) + 0.3 * score;
      if (!best || rank > best.rank) best = { mask, score, rank };
    }
    const { mask, score } = best!;
    return bitmapIou(mask, carried) < believed ? { mask: carried, score } : { mask, score };
  }

  async dispose(): Promise<void> {
    await this.#parts.encoder.release();
    await this.#parts.dotProduct.release();
  }
}

/** Clicks and box as the decoder takes them. */
function promptPoints({ points, box }: FramePrompts, geometry: PictureGeometry): DecoderPoint[] {
  const at = (x: number, y: number, kind: number): DecoderPoint => ({
    x: toModel(x, geometry),
    y: toModel(y, geometry),
    label: kind,
  });
  return [
    ...points.map(({ x, y, positive }) => at(x, y, positive ? label.positive : label.negative)),
    ...(box ? [at(box.x0, box.y0, label.boxStart), at(box.x1, box.y1, label.boxEnd)] : []),
  ];
}

/** Likely pixels, without crumbs; where hardly any are likely, the likeliest of them, or none. */
function carriedMask(likely: FloatMap): Bitmap {
  const mask = keepLargeComponents(above(likely, 0.5), leastPart);
  if (bitmapArea(mask) >= fewPixels) return mask;
  let most = 0;
  for (const p of likely.data) if (p > most) most = p;
  if (most < absentBelow) return above(likely, 2);
  return keepLargeComponents(above(likely, Math.max(0.15, most * 0.6)), 0.3);
}

function above({ width, height, data }: FloatMap, bar: number): Bitmap {
  const bits = new Uint8Array(data.length);
  for (let i = 0; i < bits.length; i++) bits[i] = data[i]! > bar ? 1 : 0;
  return { width, height, data: bits };
}

function threshold(logits: FloatMap): Bitmap {
  return above(logits, 0);
}

/** Decoder and carried likelihood together: their log odds add up, the decoder's held to ±8. */
function joined(logits: FloatMap, likely: FloatMap): Bitmap {
  const bits = new Uint8Array(logits.data.length);
  for (let i = 0; i < bits.length; i++) {
    const own = Math.min(8, Math.max(-8, logits.data[i]!));
    const p = likely.data[i]!;
    // Log odds lie within ±6.9: a decoder surer than that needs no logarithm.
    const sum = own > 7 ? 1 : own < -7 ? -1 : own + logit(p);
    if (sum > 0) bits[i] = 1;
  }
  return { width: logits.width, height: logits.height, data: bits };
}

/** A grid of probabilities as the decoder's 256 × 256 prior. */
function gridLogits(grid: Float32Array, { columns, rows }: PictureGeometry, strength: number): Float32Array {
  const square = new Float32Array(gridSize * gridSize);
  for (let y = 0; y < rows; y++) square.set(grid.subarray(y * columns, (y + 1) * columns), y * gridSize);
  const scale = gridSize / lowResSize;
  const wide = resample(
    { width: gridSize, height: gridSize, data: square },
    lowResSize,
    lowResSize,
    scale,
    scale,
  );
  return wide.data.map((p) => strength * logit(p));
}

/** A mask as the decoder's 256 × 256 prior. */
function bitmapLogits(mask: Bitmap, { scale }: PictureGeometry): Float32Array {
  const step = modelSize / lowResSize / scale;
  const source = { width: mask.width, height: mask.height, data: Float32Array.from(mask.data) };
  const columns = Math.min(lowResSize, Math.ceil(mask.width / step));
  const rows = Math.min(lowResSize, Math.ceil(mask.height / step));
  const map = resample(source, columns, rows, step, step);
  const logits = new Float32Array(lowResSize * lowResSize).fill(-givenLogit);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++)
      logits[y * lowResSize + x] = (2 * map.data[y * columns + x]! - 1) * givenLogit;
  }
  return logits;
}
