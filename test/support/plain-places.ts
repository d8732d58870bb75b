import type { Features, MobileEmbedding } from '../../src/engine/sam1/mobile-embedding';
import { pictureGeometry } from '../../src/engine/sam1/picture-geometry';
import { createBitmap } from '../../src/mask';
import type { Bitmap } from '../../src/mask';

// A picture of 512 × 512 in which each place is of one of some kinds, of which all but mud are told apart exactly: the model's cells are 8
// pixels wide, their quarters 4.
export const size = 512;
export type Kind = 'fur' | 'grass' | 'water' | 'mud';
const vectors: Readonly<Record<Kind, readonly number[]>> = {
  fur: [100, 0, 0, 0],
  grass: [0, 100, 0, 0],
  water: [0, 0, 100, 0],
  // Half like fur, 0.7 like grass.
  mud: [50, 70, 0, 51],
};
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

export function inside([x0, y0, x1, y1]: Box, x: number, y: number): boolean {
  return x >= x0 && y >= y0 && x < x1 && y < y1;
}

/** A mask of boxes. */
export function maskOf(...boxes: readonly Box[]): Bitmap {
  const mask = createBitmap(size, size);
  for (let i = 0; i < mask.data.length; i++)
    if (boxes.some((box) => inside(box, i % size, Math.floor(i / size)))) mask.data[i] = 1;
  return mask;
}

/** What MobileSAM would see of such a picture, its vectors apart by kind. */
export function embeddingOf(kindAt: (x: number, y: number) => Kind): MobileEmbedding {
  const features = (side: number): Features => {
    const data = new Int8Array(side * side * 4);
    const step = size / side;
    for (let i = 0; i < side * side; i++)
      data.set(vectors[kindAt(((i % side) + 0.5) * step, (Math.floor(i / side) + 0.5) * step)], 4 * i);
    return { columns: side, rows: side, channels: 4, data, unit: 1e-4 };
  };
  return {
    frameIndex: 0,
    bytes: 0,
    geometry: pictureGeometry(size, size),
    picture: { width: 0, height: 0, data: new Uint8Array(0) },
    image: new Float32Array(0),
    coarse: features(64),
    fine: features(128),
    finest: features(256),
  };
}
