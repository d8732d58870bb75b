import { describe, expect, it } from '@jest/globals';
import { carriedPart } from '../../../src/engine/sam1/carried-part';
import type { Bitmap } from '../../../src/mask';
import { embeddingOf, inside, maskOf } from '../../support/plain-places';
import type { Box, Kind } from '../../support/plain-places';

// An animal on grass, beside water; on the frame that is corrected it is further right, and shows a tail.
const body: Box = [120, 200, 200, 280];
const tail: Box = [200, 232, 232, 248];
const shift = 40;
const moved = ([x0, y0, x1, y1]: Box): Box => [x0 + shift, y0, x1 + shift, y1];
const kindAt =
  (...fur: readonly Box[]) =>
  (x: number, y: number): Kind => {
    if (fur.some((box) => inside(box, x, y))) return 'fur';
    return x < 400 ? 'grass' : 'water';
  };
const vouched = { embedding: embeddingOf(kindAt(body)), mask: maskOf(body) };
const now = embeddingOf(kindAt(moved(body), moved(tail)));
const before = maskOf(moved(body));

/** Pixels in which two masks differ. */
function apart(one: Bitmap, other: Bitmap): number {
  return one.data.reduce((sum, value, i) => sum + (value === other.data[i] ? 0 : 1), 0);
}

describe('what of a correction is carried to other frames', () => {
  it('is what looks like the object where the user vouches for it', () => {
    const corrected = maskOf(moved(body), moved(tail));
    expect(apart(carriedPart(now, before, corrected, [], [vouched]), corrected)).toBe(0);
  });

  it('is not what a click took in and the user had drawn as background', () => {
    const grass: Box = [240, 248, 272, 280];
    const corrected = maskOf(moved(body), moved(tail), grass);
    const carried = carriedPart(now, before, corrected, [], [vouched]);
    expect(apart(carried, maskOf(moved(body), moved(tail)))).toBeLessThan(64);
  });

  it('is not what a click took away and the user had drawn as the object', () => {
    const corrected = maskOf([160, 200, 220, 280]);
    expect(apart(carriedPart(now, before, corrected, [], [vouched]), before)).toBeLessThan(128);
  });

  it('is what a click took away that is like the background', () => {
    const wide = maskOf(moved(body), [160, 280, 240, 304]);
    expect(apart(carriedPart(now, wide, before, [], [vouched]), before)).toBe(0);
  });

  it('is all of it that is like nothing that the user vouches for', () => {
    const cap = embeddingOf((x, y) =>
      inside([184, 184, 216, 200], x, y) ? 'water' : kindAt(moved(body))(x, y),
    );
    const corrected = maskOf(moved(body), [184, 184, 216, 200]);
    expect(apart(carriedPart(cap, before, corrected, [], [vouched]), corrected)).toBe(0);
  });

  it('is all of it where no frame shows the object', () => {
    const corrected = maskOf(moved(body), [240, 248, 272, 280]);
    expect(apart(carriedPart(now, before, corrected, [], []), corrected)).toBe(0);
    const hidden = { ...vouched, mask: maskOf() };
    expect(apart(carriedPart(now, before, corrected, [], [hidden]), corrected)).toBe(0);
  });

  it('is heard of several frames together: one that knows the look vouches for it', () => {
    const corrected = maskOf(moved(body), [240, 248, 272, 280]);
    const other = { embedding: embeddingOf(() => 'grass'), mask: maskOf(body) };
    expect(apart(carriedPart(now, before, corrected, [], [vouched, other]), corrected)).toBe(0);
  });

  it('is what is like the clicked place and unlike all around, though a little more like the background', () => {
    const paw: Box = [240, 248, 272, 280];
    const muddy = embeddingOf((x, y) => (inside(paw, x, y) ? 'mud' : kindAt(moved(body))(x, y)));
    const corrected = maskOf(moved(body), paw);
    const carried = (...at: readonly (readonly [x: number, y: number])[]): Bitmap => {
      const clicks = at.map(([x, y]) => ({ x, y, positive: true }));
      return carriedPart(muddy, before, corrected, clicks, [vouched]);
    };
    expect(apart(carried([256, 264]), corrected)).toBe(0);
    // Of 1,024 pixels the paw's rim may stay.
    expect(apart(carried(), before)).toBeLessThan(300);
    expect(apart(carried([200, 240]), before)).toBeLessThan(300);
  });
});
