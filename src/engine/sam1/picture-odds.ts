import { createBitmap, withoutSpecks } from '../../mask';
import type { Bitmap } from '../../mask';
import { resample } from '../resampling';
import type { BytePicture, FloatMap } from '../resampling';
import { fitToColours } from './guided-filter';
import { gridSize, modelSize } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';
import { logit, mostLogit, tuning } from './tuning';

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

/** The decoder's logits are held to this. */
export const mostSure = 8;
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
  for (let i = 0; i < map.data.length; i++)
    map.data[i] = Math.min(mostLogit, Math.max(-mostLogit, map.data[i]!));
  return atPicture(picture, map, geometry).mask;
}

function atPicture(picture: BytePicture, evidence: FloatMap, geometry: PictureGeometry): PictureOdds {
  const { width, height, scale } = geometry;
  const fine = alongEdges(picture, evidence);
  const odds = resample(fine, width, height, scale, scale).data;
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
    const held = own ? Math.min(mostSure, Math.max(-mostSure, own[i]!)) : 0;
    const sum = logit(data[i]!) + tuning.decoderWeight * held + (left ? Math.log(left[i]!) : 0);
    data[i] = Math.min(mostLogit, Math.max(-mostLogit, sum));
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
  const map = cutOut(evidence, window);
  const colours = halved(picture, window);
  const fit = fitToColours(colours, map, radius, tuning.evenness);
  const [left, top] = [pixels * window.left, pixels * window.top];
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

function cutOut(map: FloatMap, { left, top, right, bottom }: Window): FloatMap {
  const [width, height] = [right - left, bottom - top];
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * map.width + left;
    data.set(map.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}

/** A window of a picture, in places of two by two pixels: their mean. */
function halved(picture: BytePicture, { left, top, right, bottom }: Window): BytePicture {
  const [width, height] = [right - left, bottom - top];
  const data = new Uint8Array(3 * width * height);
  const last = { x: picture.width - 1, y: picture.height - 1 };
  for (let y = 0, out = 0; y < height; y++) {
    const [above, below] = [pixels * (top + y), Math.min(last.y, pixels * (top + y) + 1)];
    for (let x = 0; x < width; x++) {
      const [from, to] = [pixels * (left + x), Math.min(last.x, pixels * (left + x) + 1)];
      const [a, b] = [3 * (above * picture.width + from), 3 * (above * picture.width + to)];
      const [c, d] = [3 * (below * picture.width + from), 3 * (below * picture.width + to)];
      for (let channel = 0; channel < 3; channel++, out++) {
        const sum =
          picture.data[a + channel]! +
          picture.data[b + channel]! +
          picture.data[c + channel]! +
          picture.data[d + channel]!;
        data[out] = (sum + 2) >> 2;
      }
    }
  }
  return { width, height, data };
}
