import { bitmapArea, bitmapBox, deepestPoint, keepLargeComponents } from '../../mask';
import type { Bitmap } from '../../mask';
import { ResampledLines } from '../resampling';
import type { Sampling } from '../resampling';
import { RefinedAnswers } from '../tracking';
import type { FramePrompts, Lookable, PointPrompt, Segmentation } from '../tracking';
import { closeupAround, stillShows } from './closer-look';
import type { MobileCloseup } from './closer-look';
import { joinBoxes } from './grid-mask';
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
import type { MobileEmbedding } from './mobile-embedding';
import { cellSize, lowResSize, modelSize, pixelsShown, toModel } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';
import { maskOfLogits } from './picture-odds';
import { tuning } from './tuning';

/** What a mask that the user gave says to the decoder, as logits. */
const givenLogit = 8;

/** A frame that prompts are on. */
export type PromptedFrame = Lookable<MobileEmbedding, MobileCloseup>;

/** An answer, and the closeup that it was found in. */
interface Answer {
  readonly segmentation: Segmentation;
  readonly closeup: MobileCloseup | null;
}

/**
 * Answers prompts; small objects are looked at closer for it, with as much of the picture around them as they take themselves: one of three
 * cells is hardly more to the decoder than a place.
 */
export class PromptAnswers {
  readonly #decoder: Pick<MaskDecoder, 'decode'>;
  readonly #answers = new RefinedAnswers<MobileEmbedding, Answer>();

  constructor(decoder: Pick<MaskDecoder, 'decode'>) {
    this.#decoder = decoder;
  }

  /** As the model port's `segment`. */
  async of(frame: PromptedFrame, prompts: FramePrompts, base: Bitmap | null): Promise<Segmentation> {
    const { points, box, mask } = prompts;
    if (mask && points.length === 0 && !box) return { mask, score: 1 };
    const drawn = mask ?? base;
    const ground = drawn && bitmapArea(drawn) > 0 ? drawn : null;
    let closeup: MobileCloseup | null = null;
    const look = (step: FramePrompts, before: Answer | null): Promise<MobileEmbedding> => {
      const there = before?.segmentation.mask ?? ground;
      closeup = closeupForPrompts(frame, step, there, before?.closeup ?? null);
      return frame.look(closeup);
    };
    const answer = await this.#answers.answer(prompts, base, look, async (embedding, step, before) => {
      const given = before?.segmentation.mask ?? ground;
      if (!given && !step.box) return this.#firstClick(frame, embedding, step);
      const mends = ground && !box && given && bitmapArea(given) > 0;
      return answerWithin(frame, embedding, closeup, given, (seen) =>
        mends ? this.#correct(seen, step, given) : this.#answer(seen, step, given),
      );
    });
    return answer.segmentation;
  }

  /** As the model port's `lookBefore`. */
  async lookBefore(frame: PromptedFrame, mask: Bitmap | null): Promise<void> {
    await frame.look(closeupForPrompts(frame, { points: [], box: null, mask: null }, mask, null));
  }

  /** A click where nothing is yet: how large the object is in the whole picture says how close it can be looked at. */
  async #firstClick(frame: PromptedFrame, whole: MobileEmbedding, click: FramePrompts): Promise<Answer> {
    const segmentation = await this.#answer(whole, click, null);
    const closeup = closeupForPrompts(frame, click, segmentation.mask, null);
    if (!closeup) return { segmentation, closeup };
    return answerWithin(frame, await frame.look(closeup), closeup, null, (seen) =>
      this.#answer(seen, click, null),
    );
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
    // A dab on a small mask may be more than a gap of it; it is made in any case.
    const mended = changeAtClick(mask, found, click) ?? found;
    return { mask: like ? changesOfEither(mask, mended, like) : mended, score };
  }

  /** The decoder's answers to a mask, its deepest point and clicks, with the mask's box and without. */
  async #proposals(
    embedding: MobileEmbedding,
    { points }: FramePrompts,
    mask: Bitmap,
  ): Promise<{ readonly boxed: Bitmap; readonly free: Bitmap; readonly score: number }> {
    const { geometry, picture } = embedding;
    // A closeup need not show crumbs of the mask.
    const large = keepLargeComponents(mask, tuning.leastPart);
    const { x0, y0, x1, y1 } = bitmapBox(large)!;
    const grown = points.filter((one) => one.positive);
    const box = {
      x0: Math.min(x0, ...grown.map((one) => one.x)),
      y0: Math.min(y0, ...grown.map((one) => one.y)),
      x1: Math.max(x1, ...grown.map((one) => one.x)),
      y1: Math.max(y1, ...grown.map((one) => one.y)),
    };
    const shown = [{ ...deepestPoint(large)!, positive: true }, ...points];
    const prior = bitmapLogits(mask, geometry);
    const ask = async (within: FramePrompts['box']): Promise<Segmentation> => {
      const prompts = promptPoints({ points: shown, box: within, mask: null }, geometry);
      const { logits, score } = await this.#decoder.decode(embedding, prompts, prior);
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
    const { logits, score } = await this.#decoder.decode(embedding, promptPoints(prompts, geometry), prior);
    return { mask: maskOfLogits(picture, logits, geometry), score };
  }
}

/**
 * The closeup for prompts: of the mask that is there, of box and clicks; null for the whole picture. `before`: the closeup of the step
 * before, which serves as long as it shows all that well: another one for each click would have the user wait for each.
 */
function closeupForPrompts(
  frame: PromptedFrame,
  { points, box }: FramePrompts,
  mask: Bitmap | null,
  before: MobileCloseup | null,
): MobileCloseup | null {
  const there = mask && bitmapBox(keepLargeComponents(mask, tuning.leastPart));
  if (!there && !box) return null;
  const clicks = points.map(({ x, y }) => ({ x0: x, y0: y, x1: x, y1: y }));
  const all = joinBoxes([there, box, ...clicks].filter((one) => one !== null))!;
  // What was looked at before the first click is that of the mask alone.
  const known = before ?? (there && closeupAround(there, frame));
  return known && stillShows(known, all, frame) ? known : closeupAround(all, frame);
}

/** An answer in a closeup; where it goes on beyond that, the one on the whole frame, of which it is only known then how large it is. */
async function answerWithin(
  frame: PromptedFrame,
  embedding: MobileEmbedding,
  closeup: MobileCloseup | null,
  given: Bitmap | null,
  ask: (seen: MobileEmbedding) => Promise<Segmentation>,
): Promise<Answer> {
  const segmentation = await ask(embedding);
  if (!closeup || !isCutOff(segmentation.mask, given, embedding.geometry)) return { segmentation, closeup };
  return { segmentation: await ask(await frame.look(null)), closeup: null };
}

/** True for a mask with more than was given along an edge of a closeup that is none of the picture. */
function isCutOff({ width, height, data }: Bitmap, given: Bitmap | null, geometry: PictureGeometry): boolean {
  const [x0, x1] = pixelsShown(geometry, width, geometry.left, geometry.modelWidth);
  const [y0, y1] = pixelsShown(geometry, height, geometry.top, geometry.modelHeight);
  const isMore = (x: number, y: number): boolean =>
    data[y * width + x] === 1 && given?.data[y * width + x] !== 1;
  const columns = [...(x0 > 0 ? [x0] : []), ...(x1 < width ? [x1 - 1] : [])];
  const rows = [...(y0 > 0 ? [y0] : []), ...(y1 < height ? [y1 - 1] : [])];
  for (let y = y0; y < y1; y++) if (columns.some((x) => isMore(x, y))) return true;
  for (let x = x0; x < x1; x++) if (rows.some((y) => isMore(x, y))) return true;
  return false;
}

/** Clicks and box as the decoder takes them. */
function promptPoints({ points, box }: FramePrompts, geometry: PictureGeometry): DecoderPoint[] {
  const at = (x: number, y: number, kind: number): DecoderPoint => ({
    x: toModel(x, geometry) - geometry.left * cellSize,
    y: toModel(y, geometry) - geometry.top * cellSize,
    label: kind,
  });
  return [
    ...points.map(({ x, y, positive }) => at(x, y, positive ? label.positive : label.negative)),
    ...(box ? [at(box.x0, box.y0, label.boxStart), at(box.x1, box.y1, label.boxEnd)] : []),
  ];
}

/** A mask as the decoder's 256 × 256 prior. */
function bitmapLogits(mask: Bitmap, geometry: PictureGeometry): Float32Array {
  const { scale, left, top, modelWidth, modelHeight } = geometry;
  const low = modelSize / lowResSize;
  const source = { width: mask.width, height: mask.height, data: new Float32Array(mask.data) };
  const sampled = (shown: number, cell: number): Sampling => ({
    length: Math.ceil(shown / low),
    scale: low / scale,
    from: (cell * cellSize) / scale,
  });
  const [across, down] = [sampled(modelWidth, left), sampled(modelHeight, top)];
  const lines = new ResampledLines(source, across, down);
  const logits = new Float32Array(lowResSize * lowResSize).fill(-givenLogit);
  for (let y = 0; y < down.length; y++) {
    const start = y * lowResSize;
    lines.put(y, logits, start);
    for (let x = start; x < start + across.length; x++) logits[x] = (2 * logits[x]! - 1) * givenLogit;
  }
  return logits;
}
