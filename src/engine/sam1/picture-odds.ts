import { createBitmap, withoutSpecks } from '../../mask';
import type { Bitmap } from '../../mask';
import { cropMap, halvePicture, resample } from '../resampling';
import type { BytePicture, FloatMap } from '../resampling';
import { fitToColours } from './guided-filter';
import { gridSize, modelSize, toPicture } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';
import { held, logit, mostLogit, mostSure, tuning } from './tuning';

/** What speaks for an object at each place of a picture. */
export interface Evidence {
  /** How likely each sixteenth of a cell belongs to it. */
  readonly votes: FloatMap;
  /** The decoder's logits, null where it is not believed. */
  readonly logits: FloatMap | null;
  /** float32[rows * columns]: what rivals leave it of each cell, above 0; null where there are none. */
  readonly share: Float32Array | null;
}

/** A mask at the picture's size, and the log odds of each of its pixels. */
export interface PictureOdds {
  readonly mask: Bitmap;
  readonly odds: Float32Array;
}

/** Places from `left` to `right` and `top` to `bottom`, the ends not included. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Evidence is added up for every second of the model's pixels, which is twice as fine as sixteenths of cells are. */
const pixels = 2;
/** An outline follows the picture's edges as far as a sixteenth of a cell off, in these places. */
const radius = 2;

/** Votes' log odds, the decoder's logits and what rivals leave, added up, along the picture's edges and at its size. */
export function oddsAtPicture(
  picture: BytePicture,
  evidence: Evidence,
  geometry: PictureGeometry,
): PictureOdds {
  return atPicture(picture, addedUp(evidence, geometry), geometry);
}

/** What the decoder's logits say by themselves, along the picture's edges and at its size. */
export function maskOfLogits(picture: BytePicture, logits: FloatMap, geometry: PictureGeometry): Bitmap {
  const map = onHalf(logits, geometry);
  for (let i = 0; i < map.data.length; i++) map.data[i] = held(map.data[i]!, mostLogit);
  return atPicture(picture, map, geometry).mask;
}

function atPicture(picture: BytePicture, evidence: FloatMap, geometry: PictureGeometry): PictureOdds {
  const { width, height, scale } = geometry;
  const odds = toPicture(alongEdges(picture, evidence), geometry, 1, -mostLogit);
  const mask = createBitmap(width, height);
  for (let i = 0; i < odds.length; i++) if (odds[i]! > 0) mask.data[i] = 1;
  // Colours alone tell pixels apart that are smaller than a sixteenth of a cell; no evidence does.
  return { mask: withoutSpecks(mask, (modelSize / (4 * gridSize) / scale) ** 2), odds };
}

function addedUp({ votes, logits, share }: Evidence, geometry: PictureGeometry): FloatMap {
  const likely = onHalf(votes, geometry);
  const own = logits && onHalf(logits, geometry).data;
  const { columns, rows } = geometry;
  const left = share && onHalf({ width: columns, height: rows, data: share }, geometry, 1 / 8).data;
  const { data } = likely;
  for (let i = 0; i < data.length; i++) {
    const drawn = own ? held(own[i]!, mostSure) : 0;
    const sum = logit(data[i]!) + tuning.decoderWeight * drawn + (left ? Math.log(left[i]!) : 0);
    data[i] = held(sum, mostLogit);
  }
  return likely;
}

/** A map of sixteenths of cells, or another `scale`, for every second of the model's pixels that show the picture. */
function onHalf(map: FloatMap, { modelWidth, modelHeight }: PictureGeometry, scale = 1 / 2): FloatMap {
  const [width, height] = [Math.ceil(modelWidth / pixels), Math.ceil(modelHeight / pixels)];
  return resample(map, width, height, scale, scale);
}

/**
 * The evidence for each pixel of the model's, as it goes with the picture's colours around it. What is linear in them is looked for among
 * every second pixel, as in He and Sun, "Fast guided filter" (2015).
 */
function alongEdges(picture: BytePicture, evidence: FloatMap): FloatMap {
  const { width, height } = picture;
  const data = new Float32Array(width * height).fill(-mostLogit);
  const window = possible(evidence, 2 * radius);
  if (!window) return { width, height, data };
  const [wide, high] = [window.right - window.left, window.bottom - window.top];
  const map = cropMap(evidence, wide, high, window.left, window.top);
  const [left, top] = [pixels * window.left, pixels * window.top];
  const colours = halvePicture(picture, wide, high, left, top);
  const fit = fitToColours(colours, map, radius, tuning.evenness);
  const [across, down] = [
    Math.min(width, pixels * window.right) - left,
    Math.min(height, pixels * window.bottom) - top,
  ];
  const enlarged = (one: Float32Array): Float32Array =>
    resample({ ...map, data: one }, across, down, 1 / pixels, 1 / pixels).data;
  const [red, green, blue, rest] = [fit.red, fit.green, fit.blue, fit.rest].map(enlarged) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let y = 0, i = 0; y < down; y++) {
    for (let x = 0, to = (top + y) * width + left; x < across; x++, i++, to++) {
      const at = 3 * to;
      const [r, g, b] = [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!];
      data[to] = (red[i]! * r + green[i]! * g + blue[i]! * b) / 255 + rest[i]!;
    }
  }
  return { width, height, data };
}

/** The window of places that are not wholly unlikely, and `by` more to each side; null where there are none. */
function possible({ width, height, data }: FloatMap, by: number): Window | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! <= -mostLogit) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), y + 1];
    }
  }
  if (right === 0) return null;
  return {
    left: Math.max(0, left - by),
    top: Math.max(0, top - by),
    right: Math.min(width, right + by),
    bottom: Math.min(height, bottom + by),
  };
}
