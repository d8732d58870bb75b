import { describe, expect, it } from '@jest/globals';
import { likeTheClick } from '../../../src/engine/sam1/like-the-click';
import { bitmapIou } from '../../../src/mask';
import { embeddingOf, inside, maskOf, size } from '../../support/plain-places';
import type { Box } from '../../support/plain-places';

const fur: Box = [200, 200, 280, 280];
const notch: Box = [232, 256, 248, 280];
const animal = embeddingOf((x, y) => {
  if (inside(notch, x, y)) return 'grass';
  if (inside(fur, x, y)) return 'fur';
  return x < 320 ? 'water' : 'grass';
});

describe('what looks like the place that was clicked', () => {
  it('is taken out of a mask by a negative click, to the pixel', () => {
    const truth = maskOf(fur);
    for (let y = notch[1]; y < notch[3]; y++) truth.data.fill(0, y * size + notch[0], y * size + notch[2]);
    const mended = likeTheClick(animal, maskOf(fur), { x: 240, y: 268, positive: false })!;
    expect(bitmapIou(mended, truth)).toBeGreaterThan(0.99);
  });

  it('is added by a positive click, and what looks like the rest of the picture is not', () => {
    const tail = [280, 232, 296, 248] as const;
    const tailed = embeddingOf((x, y) => (inside(fur, x, y) || inside(tail, x, y) ? 'fur' : 'water'));
    const mended = likeTheClick(tailed, maskOf(fur), { x: 288, y: 240, positive: true })!;
    expect(bitmapIou(mended, maskOf(fur, tail))).toBeGreaterThan(0.99);
  });

  it('ends where a click is like everything else in the mask: that is the object', () => {
    const mask = maskOf([200, 200, 280, 250]);
    expect(likeTheClick(animal, mask, { x: 240, y: 225, positive: false })).toEqual(mask);
  });

  it('is unknown where there is nothing further off to tell it from', () => {
    expect(
      likeTheClick(animal, maskOf([230, 200, 250, 220]), { x: 240, y: 210, positive: false }),
    ).toBeNull();
  });

  it('is unknown where the click lies on the other side of the outline', () => {
    expect(likeTheClick(animal, maskOf(fur), { x: 240, y: 268, positive: true })).toBeNull();
  });

  it('is nothing of what goes on and on: that is told from nothing', () => {
    const strip = embeddingOf((x, y) => (x < 300 && y < 24 ? 'grass' : 'fur'));
    const all = maskOf([0, 0, size, size]);
    expect(likeTheClick(strip, all, { x: 2, y: 2, positive: false })).toEqual(all);
  });

  it('is found in a corner of the picture as anywhere', () => {
    const corner = embeddingOf((x, y) => (x < 16 && y < 16 ? 'grass' : 'fur'));
    const all = maskOf([0, 0, size, size]);
    const mended = likeTheClick(corner, all, { x: 2, y: 2, positive: false })!;
    expect(all.data.reduce((sum, one, i) => sum + (one - mended.data[i]!), 0)).toBeCloseTo(256, -2);
    expect(mended.data[2 * size + 2]).toBe(0);
  });
});
