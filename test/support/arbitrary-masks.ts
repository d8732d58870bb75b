import fc from 'fast-check';
import type { Bitmap } from '../../src/mask';

/** Any small bitmap, empty and full ones included. */
export const anyBitmap: fc.Arbitrary<Bitmap> = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .oneof(
        fc.array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height }),
        fc.constantFrom(0, 1).map((value) => new Array<number>(width * height).fill(value)),
      )
      .map((values) => ({ width, height, data: Uint8Array.from(values) })),
  );

/** Two bitmaps of one size. */
export const anyBitmapPair: fc.Arbitrary<readonly [Bitmap, Bitmap]> = anyBitmap.chain((a) =>
  fc
    .array(fc.constantFrom(0, 1), { minLength: a.data.length, maxLength: a.data.length })
    .map((values) => [a, { ...a, data: Uint8Array.from(values) }] as const),
);

/** A bitmap drawn as text: `#` is set. */
export function bitmapOf(...rows: string[]): Bitmap {
  return {
    width: rows[0]!.length,
    height: rows.length,
    data: Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0)),
  };
}
