import { describe, expect, it } from '@jest/globals';
import { coarseFeatures, fineFeatures } from '../../../src/engine/sam1/mobile-embedding';
import type { Features } from '../../../src/engine/sam1/mobile-embedding';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { dotProduct } from '../../../src/engine/sam1/dot-products';

const geometry = pictureGeometry(1280, 720);
const [grid, channels] = [64, 16];

/** A place of one of two kinds that have something in common. */
function placeOf(kind: 1 | -1, shared: number): number[] {
  return Array.from({ length: channels }, (_, c) => shared + (c % 2 === 0 ? kind : -kind));
}

/** A map of the encoder's grid, the left half of one kind, the right of the other. */
function halves(shared: number, length: number = 1): Float32Array {
  return planes((x) => placeOf(x < grid / 2 ? 1 : -1, shared).map((value) => value * length));
}

function planes(vectorAt: (x: number) => readonly number[]): Float32Array {
  const data = new Float32Array(channels * grid * grid);
  for (let i = 0; i < grid * grid; i++)
    vectorAt(i % grid).forEach((value, c) => {
      data[c * grid * grid + i] = value;
    });
  return data;
}

function cosine(features: Features, a: number, b: number): number {
  return dotProduct(features, a, features, b) * features.unit;
}

describe('vectors for matching', () => {
  it.each([0, 3, 30])('tell two kinds apart, whatever they have in common (%d)', (shared) => {
    const features = coarseFeatures(halves(shared), halves(shared), geometry);
    expect(features).toMatchObject({ columns: 64, rows: 36, channels: 2 * channels });
    expect(cosine(features, 3, 10)).toBeCloseTo(1, 1);
    expect(cosine(features, 3, 60)).toBeCloseTo(-1, 1);
  });

  it('are as long whatever the length of what they are made of', () => {
    const features = coarseFeatures(halves(1), halves(2, 100), geometry);
    const squares = [0, channels].map((from) =>
      features.data.subarray(from, from + channels).reduce((sum, value) => sum + value * value, 0),
    );
    expect(squares[0]! / squares[1]!).toBeCloseTo(1, 1);
  });

  it('are of the picture alone: what lies below it on the square counts for nothing', () => {
    const [cut, whole] = [0, 1e3].map((below) => {
      const data = halves(3);
      for (let i = 36 * grid; i < grid * grid; i++) data[i] = below;
      return coarseFeatures(data, data, geometry).data;
    });
    expect(cut).toEqual(whole);
  });

  it('say nothing of a picture that is the same all over', () => {
    const flat = planes(() => [2, 1, 0]);
    expect(coarseFeatures(flat, flat, geometry).data.every((value) => Math.abs(value) < 20)).toBe(true);
  });

  it('of quarters have their channels side by side', () => {
    const hidden = new Float32Array(128 * 128 * channels);
    for (let i = 0; i < 128 * 128; i++) hidden.set(placeOf(i % 128 < 64 ? 1 : -1, 5), i * channels);
    const features = fineFeatures(hidden, geometry);
    expect(features).toMatchObject({ columns: 128, rows: 72, channels });
    expect(cosine(features, 0, 50)).toBeCloseTo(1, 1);
    expect(cosine(features, 0, 100)).toBeCloseTo(-1, 1);
  });
});
