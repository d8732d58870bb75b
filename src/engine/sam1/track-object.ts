import {
  bitmapArea,
  bitmapBox,
  bitmapIou,
  createBitmap,
  deepestPoint,
  keepLargeComponents,
} from '../../mask';
import type { Bitmap } from '../../mask';
import type { OnnxGraph } from '../onnx';
import { cropMap, resample } from '../resampling';
import type { FloatMap } from '../resampling';
import type { Segmentation } from '../tracking';
import { carryPrior } from './carry-prior';
import { voteOnQuarters, voteOnSixteenths } from './fine-vote';
import type { Ballot } from './label-vote';
import { label } from './mask-decoder';
import type { DecoderPoint, MaskDecoder } from './mask-decoder';
import type { MobileEmbedding } from './mobile-embedding';
import type { MobileMemory } from './mobile-memory';
import { gridSize, lowResSize, modelSize, toPicture } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';
import { oddsAtPicture } from './picture-odds';
import type { PictureOdds } from './picture-odds';
import type { Rivals } from './rivals';
import { withoutStrangers } from './strangers';
import { held, logit, mostSure, tuning } from './tuning';
import { usualLikeness } from './usual-likeness';

/** What is remembered of how a mask was found. */
export class Trace {
  /** Of the object's cells to their matches, as a mean cosine. */
  readonly likeness: number;

  constructor(likeness: number) {
    this.likeness = likeness;
  }
}

/** Model pixels from one of the decoder's own to the next. */
const step = modelSize / lowResSize;
/** A carried mask of fewer of the decoder's pixels than this is looked at again with a lower bar. */
const fewPixels = 4;

/** What an object claims of a new frame. */
export interface Claim {
  readonly ballots: readonly Ballot[];
  /** float32[rows * columns]: how likely each cell belongs to it. */
  readonly grid: Float32Array;
  /** Of its cells to what is remembered, as a mean cosine. */
  readonly likeness: number;
  /** float32[rows * columns]: how far each cell lies outside of where it is expected, in cells. */
  readonly off: Float32Array;
  /** float32[rows * columns]: what rivals leave it of each cell, above 0; null where there are none. */
  readonly share: Float32Array | null;
}

/** A mask, and what speaks for each of its pixels. */
export interface Drawn {
  readonly segmentation: Segmentation;
  /** The log odds that each pixel belongs to the object. */
  readonly odds: Float32Array;
}

/** What of a frame near those remembered looks like the object; null where nothing does. */
export async function claimOf(
  dotProduct: OnnxGraph,
  memory: MobileMemory,
  embedding: MobileEmbedding,
  rivals: Rivals | null,
): Promise<Claim | null> {
  const { geometry } = embedding;
  const found = await carryPrior(dotProduct, memory, embedding, rivals);
  if (!found) return null;
  const part = memory.missed > 0 ? Math.sqrt(tuning.familiar) : tuning.familiar;
  const { grid, likeness } = withoutStrangers(
    found.grid,
    found.ballots,
    geometry,
    await usualLikeness(dotProduct, memory),
    // A cell of a familiar part may be blurred or turned; where rivals are near it may be theirs.
    { part, cell: rivals ? part : part ** 2 },
  );
  if (likeness === null) return null;
  return { ballots: found.ballots, grid, likeness, off: memory.offExpected(geometry), share: null };
}

/**
 * The mask of what an object claims, null where that is too little to be one: the cells' vote gives the decoder a box, the deepest point and a
 * prior; what both say is the outline along which quarters and sixteenths of cells vote anew; that vote and the decoder draw the mask.
 */
export async function drawClaim(
  decoder: MaskDecoder,
  embedding: MobileEmbedding,
  claim: Claim,
): Promise<Drawn | null> {
  const { geometry } = embedding;
  const { grid, likeness } = claim;
  const likely = onDecoderGrid(grid, geometry);
  const carried = carriedMask(likely);
  const points = promptsOf(carried);
  if (!points) return null;
  const { logits, score } = await decoder.decode(embedding, points, priorLogits(grid, geometry));
  const own = cropMap(logits, likely.width, likely.height);
  const drawn = joined(own, likely);
  const believed = bitmapIou(drawn, carried) >= tuning.believed;
  const outline = believed ? drawn : carried;
  const { mask, odds } = sharpened(embedding, claim, outline, believed ? logits : null);
  return {
    segmentation: {
      mask: mask.data.includes(1) ? mask : enlarged(outline, geometry),
      score,
      trace: new Trace(likeness),
    },
    odds,
  };
}

/**
 * Quarters of cells near the outline, or of cells in doubt, vote, then sixteenths near the outline that comes of it; their vote and
 * the decoder's logits make the mask, along the picture's edges.
 */
function sharpened(
  embedding: MobileEmbedding,
  { grid, ballots, share }: Claim,
  outline: Bitmap,
  logits: FloatMap | null,
): PictureOdds {
  const { geometry, picture } = embedding;
  const { columns, rows } = geometry;
  const known = halved(outline, 2 * columns, 2 * rows);
  const asked = inQuestion(known, doubled({ width: columns, height: rows, data: grid }));
  const quarters = voteOnQuarters(embedding, ballots, asked, Float32Array.from(known.data));
  const likely = doubled({ width: 2 * columns, height: 2 * rows, data: quarters.votes });
  const askedNext = inQuestion(above(likely, 0.5), likely);
  const data = voteOnSixteenths(embedding, ballots, quarters.found, askedNext, likely.data);
  const { mask, odds } = oddsAtPicture(picture, { votes: { ...likely, data }, logits, share }, geometry);
  return { mask: keepLargeComponents(mask, tuning.leastPart), odds };
}

/** A map with four places in the place of one. */
function doubled(map: FloatMap): FloatMap {
  return resample(map, 2 * map.width, 2 * map.height, 0.5, 0.5);
}

/** Places near the outline, and those that are neither likely nor unlikely. */
function inQuestion(outlined: Bitmap, { data }: FloatMap): Bitmap {
  const asked = nearOutline(outlined, tuning.band);
  for (let i = 0; i < data.length; i++) if (data[i]! > 0.05 && data[i]! < 0.95) asked.data[i] = 1;
  return asked;
}

/** A grid of likelihoods at the decoder's resolution, as far as the picture goes. */
function onDecoderGrid(
  grid: Float32Array,
  { columns, rows, modelWidth, modelHeight }: PictureGeometry,
): FloatMap {
  const cell = gridSize / lowResSize;
  const [width, height] = [Math.ceil(modelWidth / step), Math.ceil(modelHeight / step)];
  return resample({ width: columns, height: rows, data: grid }, width, height, cell, cell);
}

/** Likely pixels, without crumbs; where hardly any are likely, the likeliest of them, or none. */
function carriedMask(likely: FloatMap): Bitmap {
  const mask = keepLargeComponents(above(likely, 0.5), tuning.leastPart);
  if (bitmapArea(mask) >= fewPixels) return mask;
  let most = 0;
  for (const p of likely.data) if (p > most) most = p;
  if (most < tuning.doubtful) return createBitmap(likely.width, likely.height);
  return keepLargeComponents(above(likely, Math.max(0.15, most * 0.6)), 0.3);
}

/** A mask's deepest point and its box, in model pixels; null for an empty one. */
function promptsOf(mask: Bitmap): DecoderPoint[] | null {
  const inside = deepestPoint(mask);
  const box = bitmapBox(mask);
  if (!inside || !box) return null;
  const centre = (value: number): number => (value + 0.5) * step - 0.5;
  return [
    { x: centre(inside.x), y: centre(inside.y), label: label.positive },
    { x: box.x0 * step, y: box.y0 * step, label: label.boxStart },
    { x: (box.x1 + 1) * step - 1, y: (box.y1 + 1) * step - 1, label: label.boxEnd },
  ];
}

/** A grid of likelihoods as the decoder's 256 × 256 prior. */
function priorLogits(grid: Float32Array, { columns, rows }: PictureGeometry): Float32Array {
  const square = new Float32Array(gridSize * gridSize);
  for (let y = 0; y < rows; y++) square.set(grid.subarray(y * columns, (y + 1) * columns), y * gridSize);
  const cell = gridSize / lowResSize;
  const wide = resample(
    { width: gridSize, height: gridSize, data: square },
    lowResSize,
    lowResSize,
    cell,
    cell,
  );
  const logits = wide.data;
  for (let i = 0; i < logits.length; i++) logits[i] = tuning.priorStrength * logit(logits[i]!);
  return logits;
}

/** Decoder and carried likelihood together: their log odds add up. */
function joined(own: FloatMap, likely: FloatMap): Bitmap {
  const mask = createBitmap(own.width, own.height);
  for (let i = 0; i < mask.data.length; i++) {
    if (held(own.data[i]!, mostSure) + logit(likely.data[i]!) > 0) mask.data[i] = 1;
  }
  return mask;
}

/** A mask at half its size; what reaches beyond it counts as its edge. */
function halved(mask: Bitmap, width: number, height: number): Bitmap {
  const half = createBitmap(width, height);
  const at = (x: number, y: number): number =>
    mask.data[Math.min(mask.height - 1, y) * mask.width + Math.min(mask.width - 1, x)]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
      if (sum > 2) half.data[y * width + x] = 1;
    }
  }
  return half;
}

/** Pixels from which one of the other kind is at most `by` away, across, down or both. */
function nearOutline(mask: Bitmap, by: number): Bitmap {
  const { width, height } = mask;
  const near = createBitmap(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = mask.data[y * width + x];
      const across = x + 1 < width && mask.data[y * width + x + 1] !== here;
      const down = y + 1 < height && mask.data[(y + 1) * width + x] !== here;
      if (!across && !down) continue;
      const [toX, toY] = [Math.min(width - 1, x + by), Math.min(height - 1, y + by)];
      for (let v = Math.max(0, y - by + 1); v <= toY; v++)
        near.data.fill(1, v * width + Math.max(0, x - by + 1), v * width + toX + 1);
    }
  }
  return near;
}

function above({ width, height, data }: FloatMap, bar: number): Bitmap {
  const mask = createBitmap(width, height);
  for (let i = 0; i < data.length; i++) if (data[i]! > bar) mask.data[i] = 1;
  return mask;
}

/** A mask of the decoder's resolution at the picture's size. */
function enlarged(mask: Bitmap, geometry: PictureGeometry): Bitmap {
  const map = { width: mask.width, height: mask.height, data: Float32Array.from(mask.data) };
  const { width, height } = geometry;
  return above({ width, height, data: toPicture(map, geometry, step, 0) }, 0.5);
}
