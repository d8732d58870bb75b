import type { Embedding } from '../tracking';
import { gridSize } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';

/** One frame as MobileSAM sees it. */
export interface MobileEmbedding extends Embedding {
  readonly geometry: PictureGeometry;
  /** float32[256, 64, 64]: the encoder's output, which the decoder takes. */
  readonly image: Float32Array;
  /** float32[rows * columns, channels]: unit vectors that tell which cells of two frames look alike. */
  readonly features: Float32Array;
  readonly channels: number;
}

/**
 * Unit vectors for matching: at each cell the last embedding and an earlier map, each of length 1, side by
 * side. The earlier map still knows texture that the last one has given up for meaning.
 */
export function matchingFeatures(
  maps: readonly Float32Array[],
  { rows, columns }: PictureGeometry,
): Float32Array {
  const plane = gridSize * gridSize;
  const depths = maps.map((map) => map.length / plane);
  const channels = depths.reduce((sum, depth) => sum + depth, 0);
  const features = new Float32Array(rows * columns * channels);
  const share = 1 / Math.sqrt(maps.length);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let out = (y * columns + x) * channels;
      maps.forEach((map, which) => {
        const depth = depths[which]!;
        let length = 0;
        for (let c = 0, at = y * gridSize + x; c < depth; c++, at += plane) length += map[at]! * map[at]!;
        const factor = share / (Math.sqrt(length) + 1e-6);
        for (let c = 0, at = y * gridSize + x; c < depth; c++, at += plane)
          features[out++] = map[at]! * factor;
      });
    }
  }
  return features;
}
