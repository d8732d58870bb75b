import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dotProduct } from '../../../src/engine/sam1/dot-products';
import type { Features } from '../../../src/engine/sam1/mobile-embedding';

const [places, channels] = [6, 12];

function features(values: readonly number[]): Features {
  return { columns: places, rows: 1, channels, data: Int8Array.from(values), unit: 1 };
}

function plain(one: Features, a: number, other: Features, b: number): number {
  let sum = 0;
  for (let c = 0; c < channels; c++) sum += one.data[a * channels + c]! * other.data[b * channels + c]!;
  return sum;
}

const anyFeatures = fc
  .array(fc.integer({ min: -128, max: 127 }), {
    minLength: places * channels,
    maxLength: places * channels,
  })
  .map(features);
const anyPlace = fc.integer({ min: 0, max: places - 1 });

describe('dot products of whole numbers', () => {
  it('are the sums of products', () => {
    fc.assert(
      fc.property(anyFeatures, anyFeatures, anyPlace, anyPlace, (one, other, a, b) => {
        expect(dotProduct(one, a, other, b)).toBe(plain(one, a, other, b));
      }),
    );
  });
});
