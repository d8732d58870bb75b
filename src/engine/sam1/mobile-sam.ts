import { bitmapArea, bitmapBox, deepestPoint } from '../../mask';
import type { Bitmap } from '../../mask';
import type { OnnxGraph } from '../onnx';
import { mends, RefinedAnswers } from '../tracking';
import type {
  CarriedChange,
  FramePrompts,
  ModelInfo,
  PointPrompt,
  SeenMask,
  Segmentation,
  TrackingModel,
} from '../tracking';
import type { Frame } from '../video';
import { carriedPart } from './carried-part';
import type { Vouched } from './carried-part';
import { lookAgain, closeupFor } from './closer-look';
import type { MobileCloseup } from './closer-look';
import { fineMap, finestMap, innerMap } from './encoder-maps';
import type { PictureEncoder } from './encoder-maps';
import { freezeEmbedding, thawEmbedding } from './frozen-embedding';
import { likeTheClick } from './like-the-click';
import {
  agreesWith,
  changeAtClick,
  changeByWhatIsThere,
  changesOfBoth,
  changesOfEither,
  dabAtClick,
} from './local-correction';
import { label } from './mask-decoder';
import type { DecoderPoint, MaskDecoder } from './mask-decoder';
import { coarseFeatures, fineFeatures, finestFeatures } from './mobile-embedding';
import type { MobileEmbedding } from './mobile-embedding';
import { MobileMemory, recalledFrames, rememberedOf } from './mobile-memory';
import { maskOfLogits } from './picture-odds';
import { lowResSize, modelSize, pictureGeometry, toModel, wholePicture } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';
import { pictureOn, preprocess } from './preprocess';
import { resample } from '../resampling';
import { Trace } from './track-object';
import { trackTogether } from './track-together';

/** The graphs that MobileSAM is made of here. */
export interface MobileSamParts {
  readonly encoder: PictureEncoder;
  readonly decoder: MaskDecoder;
  readonly dotProduct: OnnxGraph;
  /** Which weights, as {@link ModelInfo.weights}. */
  readonly weights: string;
  /** What computes encoder and decoder, and what is to be said of what does not. */
  readonly computed: ComputedOn;
}

/** What computes a model, as {@link ModelInfo} says it. */
export type ComputedOn = Pick<ModelInfo, 'provider' | 'notes'>;

/** What a mask that the user gave says to the decoder, as logits. */
const givenLogit = 8;

/** MobileSAM (an image model) with a memory that matches embeddings from frame to frame. */
export class MobileSam implements TrackingModel<MobileEmbedding, MobileMemory, MobileCloseup> {
  readonly info: ModelInfo;
  readonly looksAhead = false;
  readonly carriesChanges = true;
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
      ...parts.computed,
    };
  }

  async encode(
    frame: Frame,
    _prepared?: object,
    closeup: MobileCloseup | null = null,
  ): Promise<MobileEmbedding> {
    const geometry = pictureGeometry(frame.width, frame.height, closeup ?? wholePicture);
    const square = preprocess(frame, geometry);
    const picture = pictureOn(square, geometry);
    const maps = await this.#parts.encoder.encode(square, geometry);
    const image = maps.output.data;
    const coarse = coarseFeatures(image, maps[innerMap].data, geometry, maps.shown);
    const fine = fineFeatures(maps[fineMap].data, geometry, maps.shown);
    const finest = finestFeatures(maps[finestMap].data, geometry, maps.shown);
    const bytes = [picture.data, image, coarse.data, fine.data, finest.data].reduce(
      (sum, one) => sum + one.byteLength,
      0,
    );
    return { frameIndex: frame.index, bytes, geometry, picture, image, coarse, fine, finest };
  }

  freeze(embedding: MobileEmbedding): Uint8Array[] {
    return freezeEmbedding(embedding);
  }

  thaw(frameIndex: number, bytes: Uint8Array): MobileEmbedding {
    return thawEmbedding(frameIndex, bytes);
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
   * object again, would often lose what was right. What it says with the mask's box and what it says without must agree,
   * since each by itself goes too far now and then; in the place of an answer that does, or changes nothing at the click, what
   * lies there counts, else a dab. What looks like the place under the click changes with it.
   */
  async #correct(embedding: MobileEmbedding, step: FramePrompts, mask: Bitmap): Promise<Segmentation> {
    const click = step.points.at(-1)!;
    if (agreesWith(mask, click)) return { mask, score: 1 };
    const { boxed, free, score } = await this.#proposals(embedding, step, mask);
    const [one, other] = [boxed, free].map((proposed) => changeAtClick(mask, proposed, click));
    const there = one && other ? null : await this.#changeThere(embedding, mask, click);
    const found = changesOfBoth(mask, one ?? there!, other ?? there!);
    const alike = likeTheClick(embedding, mask, click);
    const like = alike && changeAtClick(mask, alike, click);
    const mended = changeAtClick(mask, found, click)!;
    return { mask: like ? changesOfEither(mask, mended, like) : mended, score };
  }

  /** The decoder's answers to a mask, its deepest point and clicks, with the mask's box and without. */
  async #proposals(
    embedding: MobileEmbedding,
    { points }: FramePrompts,
    mask: Bitmap,
  ): Promise<{ readonly boxed: Bitmap; readonly free: Bitmap; readonly score: number }> {
    const { geometry, picture } = embedding;
    const { x0, y0, x1, y1 } = bitmapBox(mask)!;
    const grown = points.filter((one) => one.positive);
    const box = {
      x0: Math.min(x0, ...grown.map((one) => one.x)),
      y0: Math.min(y0, ...grown.map((one) => one.y)),
      x1: Math.max(x1, ...grown.map((one) => one.x)),
      y1: Math.max(y1, ...grown.map((one) => one.y)),
    };
    const shown = [{ ...deepestPoint(mask)!, positive: true }, ...points];
    const prior = bitmapLogits(mask, geometry);
    const ask = async (within: FramePrompts['box']): Promise<Segmentation> => {
      const prompts = promptPoints({ points: shown, box: within, mask: null }, geometry);
      const { logits, score } = await this.#parts.decoder.decode(embedding, prompts, prior);
      return { mask: maskOfLogits(picture, logits, geometry), score };
    };
    const [boxed, free] = [await ask(box), await ask(null)];
    return { boxed: boxed.mask, free: free.mask, score: boxed.score };
  }

  /** The mask changed by what the decoder finds at a click by itself, or by a dab where that is no change of the object. */
  async #changeThere(embedding: MobileEmbedding, mask: Bitmap, click: PointPrompt): Promise<Bitmap> {
    const alone = { points: [{ ...click, positive: true }], box: null, mask: null };
    const there = (await this.#answer(embedding, alone, null)).mask;
    return changeByWhatIsThere(mask, there, click) ?? dabAtClick(mask, click);
  }

  async #answer(
    embedding: MobileEmbedding,
    prompts: FramePrompts,
    given: Bitmap | null,
  ): Promise<Segmentation> {
    const { geometry, picture } = embedding;
    const prior = given && bitmapLogits(given, geometry);
    const { logits, score } = await this.#parts.decoder.decode(
      embedding,
      promptPoints(prompts, geometry),
      prior,
    );
    return { mask: maskOfLogits(picture, logits, geometry), score };
  }

  createMemory(): MobileMemory {
    return new MobileMemory();
  }

  async remember(
    memory: MobileMemory,
    embedding: MobileEmbedding,
    { mask, prompted, apart = false, trace, base }: SeenMask,
  ): Promise<void> {
    // A click on a carried mask vouches for what it changed, not for all the rest: that is remembered as any mask is.
    const vouched = prompted && !(base && mends(base, mask));
    memory.remember(
      rememberedOf(embedding, mask),
      vouched,
      apart,
      trace instanceof Trace ? trace.likeness : null,
    );
  }

  carriedPart(
    embedding: MobileEmbedding,
    { mask, base, clicks }: CarriedChange,
    vouched: readonly Vouched[],
  ): Bitmap {
    return carriedPart(embedding, base, mask, clicks, vouched);
  }

  closeupFor(memories: readonly MobileMemory[], coming: readonly Bitmap[]): MobileCloseup | null {
    return closeupFor(memories, coming);
  }

  lookAgain(
    memories: readonly MobileMemory[],
    closeup: MobileCloseup | null,
    embed: (frame: number, closeup: MobileCloseup | null) => Promise<MobileEmbedding>,
  ): Promise<void> {
    return lookAgain(memories, closeup, embed);
  }

  async track(memory: MobileMemory, embedding: MobileEmbedding): Promise<Segmentation> {
    return (await this.trackTogether([memory], embedding))[0]!;
  }

  async trackTogether(
    memories: readonly MobileMemory[],
    embedding: MobileEmbedding,
  ): Promise<Segmentation[]> {
    return trackTogether(this.#parts, memories, embedding);
  }

  async dispose(): Promise<void> {
    await this.#parts.encoder.release();
    await this.#parts.decoder.release();
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

/** A mask as the decoder's 256 × 256 prior. */
function bitmapLogits(mask: Bitmap, { scale }: PictureGeometry): Float32Array {
  const step = modelSize / lowResSize / scale;
  const source = { width: mask.width, height: mask.height, data: new Float32Array(mask.data) };
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
