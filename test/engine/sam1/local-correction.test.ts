import { describe, expect, it } from '@jest/globals';
import {
  changeAtClick,
  changeByWhatIsThere,
  changesOfBoth,
  changesOfEither,
  dabAtClick,
} from '../../../src/engine/sam1/local-correction';
import { bitmapArea, createBitmap } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';

const width = 60;
const height = 40;

function boxes(...all: readonly (readonly [number, number, number, number])[]): Bitmap {
  const mask = createBitmap(width, height);
  for (const [x0, y0, x1, y1] of all)
    for (let y = y0; y <= y1; y++) mask.data.fill(1, y * width + x0, y * width + x1 + 1);
  return mask;
}

const swan = boxes([20, 10, 39, 29]);
const adds = (x: number, y: number) => ({ x, y, positive: true });
const takes = (x: number, y: number) => ({ x, y, positive: false });

describe('a click on a mask that is there', () => {
  it('changes the connected part under it, and leaves the rest of a proposal alone', () => {
    const proposed = boxes([20, 10, 44, 29], [2, 2, 5, 5]);
    const changed = changeAtClick(swan, proposed, adds(42, 20))!;
    expect(bitmapArea(changed)).toBe(400 + 100);
    expect(changed.data[3 * width + 3]).toBe(0);
  });

  it('has no proposal where that changes nothing at the click', () => {
    expect(changeAtClick(swan, swan, adds(42, 20))).toBeNull();
  });

  it('does not take most of the mask away: that is the object itself', () => {
    expect(changeAtClick(swan, boxes(), takes(38, 20))).toBeNull();
    expect(bitmapArea(changeAtClick(swan, boxes([20, 10, 35, 29]), takes(38, 20))!)).toBe(320);
    expect(changeByWhatIsThere(swan, swan, takes(38, 20))).toBeNull();
  });

  it('does not add the background, which reaches from edge to edge and is larger than the object', () => {
    const water = boxes([0, 0, width - 1, height - 1]);
    expect(changeAtClick(swan, water, adds(42, 20))).toBeNull();
    expect(changeByWhatIsThere(swan, water, adds(42, 20))).toBeNull();
  });

  it('may make much of little, where the mask held a small part of the object', () => {
    const head = boxes([28, 10, 31, 13]);
    expect(bitmapArea(changeAtClick(head, swan, adds(30, 20))!)).toBe(400);
  });

  it('fills a gap in the mask, and not what lies between its parts', () => {
    const sails = boxes([10, 5, 19, 30], [30, 5, 39, 30], [10, 31, 39, 35]);
    const sky = boxes([10, 5, 39, 35]);
    expect(changeAtClick(sails, sky, adds(25, 20))).toBeNull();
    expect(changeByWhatIsThere(sails, sky, adds(25, 20))).toBeNull();
    const mast = boxes([10, 5, 19, 30], [30, 5, 39, 30], [10, 31, 39, 35], [24, 5, 25, 30]);
    expect(changeAtClick(sails, mast, adds(25, 20))).toEqual(mast);
  });

  it('adds a limb to the mask beyond the box around it, crumbs elsewhere aside', () => {
    const body = boxes([20, 10, 29, 19], [58, 38, 59, 39]);
    const walking = boxes([20, 10, 29, 29], [58, 38, 59, 39]);
    expect(changeAtClick(body, walking, adds(25, 25))).toEqual(walking);
  });

  it('is a dab where nothing better was found, so that it says at the click what the click says', () => {
    const grown = dabAtClick(swan, adds(42, 20));
    expect(grown.data[20 * width + 42]).toBe(1);
    expect(bitmapArea(grown)).toBe(405);
    expect(dabAtClick(swan, takes(30, 20)).data[20 * width + 30]).toBe(0);
    expect(bitmapArea(swan)).toBe(400);
  });

  it('is what two answers agree on, with what a third adds to it', () => {
    const [one, other] = [boxes([20, 10, 44, 29]), boxes([20, 10, 41, 33])];
    expect(changesOfBoth(swan, one, other)).toEqual(boxes([20, 10, 41, 29]));
    expect(changesOfEither(swan, one, boxes([20, 10, 39, 31]))).toEqual(
      boxes([20, 10, 44, 29], [20, 30, 39, 31]),
    );
    const [less, least] = [boxes([20, 10, 35, 29]), boxes([20, 10, 30, 25])];
    expect(changesOfBoth(swan, less, least)).toEqual(less);
    expect(changesOfEither(swan, less, least)).toEqual(least);
  });
});
