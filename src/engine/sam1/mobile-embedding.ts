import type { Embedding } from '../tracking';
import { gridSize } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';

/** One frame as MobileSAM sees it. */
export interface MobileEmbedding extends Embedding {
  readonly geometry: PictureGeometry;
  /** float32[256, 64, 64]: the encoder's output, which the decoder takes. */
  readonly image: Float32Array;
  /** What tells which cells of two frames look alike. */
  readonly coarse: Features;
  /** The same for quarters of cells: 2 × rows, 2 × columns. */
  readonly fine: Features;
}

/** A unit vector at each place, in whole numbers: int8[rows * columns, channels]. */
export interface Features {
  readonly columns: number;
  readonly rows: number;
  readonly channels: number;
  readonly data: Int8Array;
  /** A dot product of two vectors times this is their cosine. */
  readonly unit: number;
}

/** A map of the encoder: `data[channel * channelStep + place * placeStep]`, places row by row over `side` × `side`. */
interface EncoderMap {
  readonly data: Float32Array;
  readonly channels: number;
  readonly side: number;
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

/** What a dot product of whole numbers is as a cosine. */
export const coarseUnit: number = 1 / (coarseRange.steps / coarseRange.largest) ** 2;
export const fineUnit: number = 1 / (fineRange.steps / fineRange.largest) ** 2;

/**
 * Vectors for matching cells: the last embedding (`image`, 256 × 64 × 64) and the map before the last downsampling
 * (`inner`, 160 × 64 × 64), each of the same length, side by side. The earlier map still knows texture that the last one
 * has given up for meaning.
 */
export function coarseFeatures(
  image: Float32Array,
  inner: Float32Array,
  { rows, columns }: PictureGeometry,
): Features {
  const plane = gridSize * gridSize;
  const maps = [image, inner].map((data): EncoderMap => ({
    data,
    channels: data.length / plane,
    side: gridSize,
    channelStep: plane,
    placeStep: 1,
  }));
  return unitVectors(maps, rows, columns, coarseRange);
}

/** Vectors for matching quarters of cells: the map after the first attention layers, `hidden`: [128 * 128, channels]. */
export function fineFeatures(hidden: Float32Array, { rows, columns }: PictureGeometry): Features {
  const side = 2 * gridSize;
  const channels = hidden.length / (side * side);
  const map = { data: hidden, channels, side, channelStep: 1, placeStep: channels };
  return unitVectors([map], 2 * rows, 2 * columns, fineRange);
}

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
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const from = (y * map.side + x) * map.placeStep;
        putUnit(
          map,
          from,
          data,
          (y * columns + x) * channels + start,
          scale / Math.sqrt(maps.length),
          range.steps,
        );
      }
    }
    start += map.channels;
  }
  return { columns, rows, channels, data, unit: 1 / scale ** 2 };
}

function putUnit(
  { data, channels, channelStep }: EncoderMap,
  from: number,
  out: Int8Array,
  to: number,
  scale: number,
  most: number,
): void {
  let length = 0;
  for (let c = 0, at = from; c < channels; c++, at += channelStep) length += data[at]! * data[at]!;
  const factor = scale / (Math.sqrt(length) + 1e-6);
  for (let c = 0, at = from; c < channels; c++, at += channelStep) {
    const value = Math.round(data[at]! * factor);
    out[to + c] = value > most ? most : value < -most ? -most : value;
  }
}
