import type { Bitmap } from '../../mask';
import type { OnnxGraph } from '../onnx';
import { mends } from '../tracking';
import type {
  CarriedChange,
  FramePrompts,
  ModelInfo,
  SeenMask,
  Segmentation,
  Sought,
  TrackingModel,
  WhereToLook,
} from '../tracking';
import type { Frame } from '../video';
import { carriedPart } from './carried-part';
import type { Vouched } from './carried-part';
import { lookAgain, closeupFor } from './closer-look';
import type { MobileCloseup } from './closer-look';
import { fineMap, finestMap, innerMap } from './encoder-maps';
import type { PictureEncoder } from './encoder-maps';
import { freezeEmbedding, thawEmbedding } from './frozen-embedding';
import type { MaskDecoder } from './mask-decoder';
import { coarseFeatures, fineFeatures, finestFeatures } from './mobile-embedding';
import type { MobileEmbedding } from './mobile-embedding';
import { MobileMemory, recalledFrames, rememberedOf } from './mobile-memory';
import { pictureGeometry, wholePicture } from './picture-geometry';
import { pictureOn, preprocess } from './preprocess';
import { PromptAnswers } from './prompt-answers';
import type { PromptedFrame } from './prompt-answers';
import { Trace } from './track-object';
import { trackTogether } from './track-together';
import { whereToLook } from './where-to-look';

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

/** MobileSAM (an image model) with a memory that matches embeddings from frame to frame. */
export class MobileSam implements TrackingModel<MobileEmbedding, MobileMemory, MobileCloseup> {
  readonly info: ModelInfo;
  readonly looksAhead = false;
  readonly carriesChanges = true;
  readonly recall: number = recalledFrames;
  readonly #parts: MobileSamParts;
  readonly #answers: PromptAnswers;

  constructor(parts: MobileSamParts) {
    this.#parts = parts;
    this.#answers = new PromptAnswers(parts.decoder);
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

  segment(frame: PromptedFrame, prompts: FramePrompts, base: Bitmap | null): Promise<Segmentation> {
    return this.#answers.of(frame, prompts, base);
  }

  lookBefore(frame: PromptedFrame, mask: Bitmap | null): Promise<void> {
    return this.#answers.lookBefore(frame, mask);
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

  startAnew(memory: MobileMemory): void {
    memory.startAnew();
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

  whereToLook(objects: readonly Sought<MobileMemory>[]): WhereToLook {
    return whereToLook(objects);
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
    taken: readonly Bitmap[] = [],
  ): Promise<Segmentation[]> {
    return trackTogether(this.#parts, memories, embedding, taken);
  }

  async dispose(): Promise<void> {
    await this.#parts.encoder.release();
    await this.#parts.decoder.release();
    await this.#parts.dotProduct.release();
  }
}
