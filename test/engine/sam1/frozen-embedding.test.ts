import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freezeEmbedding, thawEmbedding } from '../../../src/engine/sam1/frozen-embedding';
import { coarseFeatures, fineFeatures, finestFeatures } from '../../../src/engine/sam1/mobile-embedding';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';

/** The maps that the encoder would make of a picture of this size. */
function embedding(width: number, height: number, seed: number): MobileEmbedding {
  const map = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, i) => Math.sin(seed + i * 1.37));
  const geometry = pictureGeometry(width, height);
  const image = map(256 * 64 * 64);
  const coarse = coarseFeatures(image, map(160 * 64 * 64), geometry);
  const fine = fineFeatures(map(128 * 128 * 128), geometry);
  const finest = finestFeatures(map(64 * 256 * 256), geometry);
  const { modelWidth, modelHeight } = geometry;
  const data = Uint8Array.from({ length: 3 * modelWidth * modelHeight }, (_, i) => (seed + i * 7) % 256);
  const picture = { width: modelWidth, height: modelHeight, data };
  const bytes = [data, image, coarse.data, fine.data, finest.data].reduce(
    (sum, one) => sum + one.byteLength,
    0,
  );
  return { frameIndex: 7, bytes, geometry, picture, image, coarse, fine, finest };
}

/** All but the numbers in the maps. */
function shapes({ picture, image, coarse, fine, finest, ...rest }: MobileEmbedding): object {
  const shape = ({ data, ...all }: { readonly data: ArrayLike<number> }): object => ({
    ...all,
    length: data.length,
  });
  const maps = [picture, coarse, fine, finest].map(shape);
  return { ...rest, length: image.length, maps };
}

describe('an embedding that goes to the disk', () => {
  it('comes back bit for bit, for pictures of any size', () => {
    const side = fc.integer({ min: 8, max: 2000 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 99 }), (width, height, seed) => {
        const before = embedding(width, height, seed);
        const bytes = Buffer.concat(freezeEmbedding(before));
        const after = thawEmbedding(7, bytes);
        // Whole maps are held against each other as bytes: jest would take its time over a million numbers.
        expect(Buffer.concat(freezeEmbedding(after)).equals(bytes)).toBe(true);
        expect(shapes(after)).toEqual(shapes(before));
      }),
      { numRuns: 2 },
    );
  });
});
