import type { BytePicture } from '../resampling';
import type { Embedding } from '../tracking';
import { wholeSquare } from './picture-geometry';
import type { Cells, PictureGeometry } from './picture-geometry';

/** One frame as MobileSAM sees it. */
export interface MobileEmbedding extends Embedding {
  readonly geometry: PictureGeometry;
  /** The picture at the model's size, which outlines follow. */
  readonly picture: BytePicture;
  /** float32[256, 64, 64]: the encoder's output, which the decoder takes. */
  readonly image: Float32Array;
  /** What tells which cells of two frames look alike. */
  readonly coarse: Features;
  /** The same for quarters of cells: 2 × rows, 2 × columns. */
  readonly fine: Features;
  /** The same for sixteenths of cells: 4 × rows, 4 × columns. */
  readonly finest: Features;
}

/** What of an embedding is matched with other frames: all that a memory keeps. */
export type Matchable = Pick<MobileEmbedding, 'frameIndex' | 'coarse' | 'fine' | 'finest'>;

/** A unit vector at each place, in whole numbers: int8[rows * columns, channels]. */
export interface Features {
  readonly columns: number;
  readonly rows: number;
  readonly channels: number;
  readonly data: Int8Array;
  /** A dot product of two vectors times this is their cosine. */
  readonly unit: number;
}

/** A map of the encoder: `data[channel * channelStep + place * placeStep]`, places row by row in lines of `columns`. */
interface EncoderMap {
  readonly data: Float32Array;
  readonly channels: number;
  readonly columns: number;
  readonly channelStep: number;
  readonly placeStep: number;
}

/**
 * Vectors' components are kept as whole numbers. No component of a unit vector was seen beyond `largest`; those that are get
 * cut. 7 bits for the coarse maps, since onnxruntime adds two products in 16 bits on processors without VNNI: 127 · 63 · 2
 * has room there, 255 · 127 · 2 has not.
 */
const coarseRange = { largest: 0.36, steps: 63 } as const;
const fineRange = { largest: 0.48, steps: 127 } as const;
const finestRange = { largest: 0.8, steps: 127 } as const;

/** What a dot product of whole numbers is as a cosine. */
export const coarseUnit: number = 1 / (coarseRange.steps / coarseRange.largest) ** 2;
export const fineUnit: number = 1 / (fineRange.steps / fineRange.largest) ** 2;
export const finestUnit: number = 1 / (finestRange.steps / finestRange.largest) ** 2;

/**
 * Vectors for matching cells: the last embedding (`image`, 256 × 64 × 64) and the map before the last downsampling
 * (`inner`, 160 × the cells of `shown`), each of the same length, side by side. The earlier map still knows texture that the last one
 * has given up for meaning.
 */
export function coarseFeatures(
  image: Float32Array,
  inner: Float32Array,
  { rows, columns }: PictureGeometry,
  shown: Cells = wholeSquare,
): Features {
  return unitVectors([planes(image, wholeSquare), planes(inner, shown)], rows, columns, coarseRange);
}

/** Vectors for matching quarters of cells: the map after the first attention layers, `hidden`: [quarters of `shown`, channels]. */
export function fineFeatures(
  hidden: Float32Array,
  { rows, columns }: PictureGeometry,
  shown: Cells = wholeSquare,
): Features {
  const channels = hidden.length / (4 * shown.columns * shown.rows);
  const map = { data: hidden, channels, columns: 2 * shown.columns, channelStep: 1, placeStep: channels };
  return unitVectors([map], 2 * rows, 2 * columns, fineRange);
}

/** Vectors for matching sixteenths of cells: the map after the first convolutions, [channels, sixteenths of `shown`]. */
export function finestFeatures(
  data: Float32Array,
  { rows, columns }: PictureGeometry,
  shown: Cells = wholeSquare,
): Features {
  const map = planes(data, { columns: 4 * shown.columns, rows: 4 * shown.rows });
  return unitVectors([map], 4 * rows, 4 * columns, finestRange);
}

/** A map whose channels lie one after the other. */
function planes(data: Float32Array, { columns, rows }: Cells): EncoderMap {
  const plane = columns * rows;
  return { data, channels: data.length / plane, columns, channelStep: plane, placeStep: 1 };
}

/**
 * Unit vectors of how each place differs from the picture as a whole: all of a picture's vectors point the same way for a good part, of
 * which nothing is to be learnt. Several maps side by side, each counting the same.
 */
function unitVectors(
  maps: readonly EncoderMap[],
  rows: number,
  columns: number,
  range: { readonly largest: number; readonly steps: number },
): Features {
  const channels = maps.reduce((sum, map) => sum + map.channels, 0);
  const data = new Int8Array(rows * columns * channels);
  const scale = range.steps / range.largest;
  let start = 0;
  for (const map of maps) {
    const vectors = gathered(map, rows, columns);
    const own = { vectors, depth: map.channels, units: unitsOf(vectors, map.channels) };
    putDifferences(own, data, { start, channels, factor: scale / Math.sqrt(maps.length), most: range.steps });
    start += map.channels;
  }
  return { columns, rows, channels, data, unit: 1 / scale ** 2 };
}

/** Keeps from dividing by nought. */
const hardlyAnything = 1e-6;

/** A map's vectors place by place, float32[rows * columns, channels]. Plane by plane: across planes each number is far from the next. */
function gathered(map: EncoderMap, rows: number, columns: number): Float32Array {
  const { data, channels, channelStep, placeStep } = map;
  const vectors = new Float32Array(rows * columns * channels);
  for (let y = 0; y < rows; y++) {
    const line = y * map.columns * placeStep;
    const to = y * columns * channels;
    if (channelStep === 1) vectors.set(data.subarray(line, line + columns * placeStep), to);
    else
      for (let c = 0; c < channels; c++)
        for (let x = 0, from = line + c * channelStep; x < columns; x++, from += placeStep)
          vectors[to + x * channels + c] = data[from]!;
  }
  return vectors;
}

/** What makes each vector one long. */
function unitsOf(vectors: Float32Array, depth: number): Float32Array {
  const units = new Float32Array(vectors.length / depth);
  for (let place = 0, at = 0; place < units.length; place++) {
    let sum = 0;
    for (const end = at + depth; at < end; at++) sum += vectors[at]! * vectors[at]!;
    units[place] = 1 / (Math.sqrt(sum) + hardlyAnything);
  }
  return units;
}

interface Vectors {
  readonly vectors: Float32Array;
  readonly depth: number;
  readonly units: Float32Array;
}

/** Where whole numbers of vectors go, and what they are of components. */
interface Numbers {
  readonly start: number;
  readonly channels: number;
  readonly factor: number;
  readonly most: number;
}

/** Unit vectors less their mean, again as unit vectors, in whole numbers. */
function putDifferences(
  { vectors, depth, units }: Vectors,
  data: Int8Array,
  { start, channels, factor, most }: Numbers,
): void {
  const common = new Float64Array(depth);
  for (let place = 0, at = 0; place < units.length; place++) {
    const unit = units[place]!;
    for (let c = 0; c < depth; c++, at++) common[c]! += vectors[at]! * unit;
  }
  for (let c = 0; c < depth; c++) common[c]! /= units.length;
  for (let place = 0, from = 0; place < units.length; place++, from += depth) {
    const unit = units[place]!;
    let sum = 0;
    for (let c = 0; c < depth; c++) {
      const differs = vectors[from + c]! * unit - common[c]!;
      vectors[from + c] = differs;
      sum += differs * differs;
    }
    const scale = factor / (Math.sqrt(sum) + hardlyAnything);
    const to = place * channels + start;
    for (let c = 0; c < depth; c++) {
      const value = vectors[from + c]! * scale;
      // Cut off, a number above nought and a half more than another is that one rounded.
      data[to + c] = (((value > most ? most : value < -most ? -most : value) + most + 0.5) | 0) - most;
    }
  }
}
