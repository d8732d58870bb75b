import { createBitmap, withoutSpecks } from '../../mask';
import type { Bitmap } from '../../mask';
import { cropMap, halvePicture, resample, ResampledLines } from '../resampling';
import type { BytePicture, FloatMap } from '../resampling';
import { fitToColours } from './guided-filter';
import type { ColourFit } from './guided-filter';
import { gridSize, modelSize, toPicture } from './picture-geometry';
import type { PictureGeometry, Window } from './picture-geometry';
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
  const { map, within } = alongEdges(picture, evidence);
  const odds = toPicture(map, geometry, 1, -mostLogit, within);
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
    const sum =
      logit(data[i]!) + tuning.decoderWeight * drawn + (left && left[i]! < 1 ? Math.log(left[i]!) : 0);
    data[i] = held(sum, mostLogit);
  }
  return likely;
}

/** A map of sixteenths of cells, or another `scale`, for every second of the model's pixels that show the picture. */
function onHalf(map: FloatMap, { modelWidth, modelHeight }: PictureGeometry, scale = 1 / 2): FloatMap {
  const [width, height] = [Math.ceil(modelWidth / pixels), Math.ceil(modelHeight / pixels)];
  return resample(map, width, height, scale, scale);
}

/** A map that is wholly unlikely but for what lies within a window. */
interface Windowed {
  readonly map: FloatMap;
  readonly within: Window;
}

/**
 * The evidence for each pixel of the model's, as it goes with the picture's colours around it. What is linear in them is looked for among
 * every second pixel, as in He and Sun, "Fast guided filter" (2015).
 */
function alongEdges(picture: BytePicture, evidence: FloatMap): Windowed {
  const { width, height } = picture;
  const map = { width, height, data: new Float32Array(width * height).fill(-mostLogit) };
  const asked = possible(evidence, 2 * radius);
  if (!asked) return { map, within: { left: 0, top: 0, right: 0, bottom: 0 } };
  const [wide, high] = [asked.right - asked.left, asked.bottom - asked.top];
  const part = cropMap(evidence, wide, high, asked.left, asked.top);
  const [left, top] = [pixels * asked.left, pixels * asked.top];
  const colours = halvePicture(picture, wide, high, left, top);
  const right = Math.min(width, pixels * asked.right);
  const bottom = Math.min(height, pixels * asked.bottom);
  const within = { left, top, right, bottom };
  putTogether(fitToColours(colours, part, radius, tuning.evenness), part, picture, map.data, within);
  return { map, within };
}

/** A fit to every second pixel and the colours of all make a map of a window again. */
function putTogether(
  fit: ColourFit,
  { width, height }: FloatMap,
  picture: BytePicture,
  into: Float32Array,
  { left, top, right, bottom }: Window,
): void {
  const [across, down] = [
    { length: right - left, scale: 1 / pixels },
    { length: bottom - top, scale: 1 / pixels },
  ];
  const parts = [fit.red, fit.green, fit.blue, fit.rest].map((data) => ({
    lines: new ResampledLines({ width, height, data }, across, down),
    line: new Float32Array(across.length),
  }));
  const [red, green, blue, rest] = parts.map(({ line }) => line) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const { data } = picture;
  for (let y = 0; y < down.length; y++) {
    for (const { lines, line } of parts) lines.put(y, line, 0);
    const start = (top + y) * picture.width + left;
    for (let x = 0, at = 3 * start; x < across.length; x++, at += 3)
      into[start + x] =
        (red[x]! * data[at]! + green[x]! * data[at + 1]! + blue[x]! * data[at + 2]!) / 255 + rest[x]!;
  }
}

/** The window of places that are not wholly unlikely, and `by` more to each side; null where there are none. */
function possible({ width, height, data }: FloatMap, by: number): Window | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * width, (y + 1) * width];
    let first = start;
    while (first < end && data[first]! <= -mostLogit) first++;
    if (first === end) continue;
    let last = end - 1;
    while (data[last]! <= -mostLogit) last--;
    left = Math.min(left, first - start);
    right = Math.max(right, last - start + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  if (right === 0) return null;
  return {
    left: Math.max(0, left - by),
    top: Math.max(0, top - by),
    right: Math.min(width, right + by),
    bottom: Math.min(height, bottom + by),
  };
}
