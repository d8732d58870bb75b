import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsAround } from '../../../src/engine/sam1/cell-matches';
import type { Witness } from '../../../src/engine/sam1/cell-matches';
import { voteOnQuarters, voteOnSixteenths } from '../../../src/engine/sam1/fine-vote';
import { toGridMask } from '../../../src/engine/sam1/grid-mask';
import type { Ballot } from '../../../src/engine/sam1/label-vote';
import type { Features, MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { tuning } from '../../../src/engine/sam1/tuning';
import { bitmapIou, createBitmap } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';

// Pictures of 128 × 64 pixels, on 16 × 8 cells of 8 pixels; sixteenths are 2 wide.
const geometry = { ...pictureGeometry(128, 64), scale: 2, columns: 16, rows: 8 };
const [width, height] = [128, 64];
const sixteenth = 2;

/** A bar of the picture; `thick` and `left` in pixels. */
function bar(left: number, thick: number): Bitmap {
  const mask = createBitmap(width, height);
  for (let y = 0; y < height; y++) mask.data.fill(1, y * width + left, y * width + left + thick);
  return mask;
}

/** What the model sees of a picture in which the bar looks unlike the rest, as far as each map can tell. */
function seen(mask: Bitmap): MobileEmbedding {
  const features = (fold: number): Features => {
    const [columns, rows] = [16 * fold, 8 * fold];
    const side = 8 / fold;
    const data = new Int8Array(columns * rows * 16);
    for (let i = 0; i < columns * rows; i++) {
      const [x, y] = [(i % columns) * side, Math.floor(i / columns) * side];
      let inside = 0;
      for (let u = x; u < x + side; u++) inside += mask.data[y * width + u]!;
      const angle = ((inside / side) * Math.PI) / 2;
      data[i * 16] = Math.round(100 * Math.sin(angle));
      data[i * 16 + 1] = Math.round(100 * Math.cos(angle));
    }
    return { columns, rows, channels: 16, data, unit: 1e-4 };
  };
  const maps = { coarse: features(1), fine: features(2), finest: features(4) };
  return {
    frameIndex: 0,
    bytes: 0,
    geometry,
    picture: { width: 0, height: 0, data: new Uint8Array(0) },
    image: new Float32Array(0),
    ...maps,
  };
}

/** A ballot in which each cell's matches are the cell itself in the one witness, and those to both sides. */
function ballotOf(mask: Bitmap): Ballot {
  const cells = 16 * 8;
  const witness: Witness = {
    embedding: seen(mask),
    mask: toGridMask(mask, geometry),
    radius: 4,
    dx: 0,
    dy: 0,
    price: 0,
  };
  const matches = new Int32Array(cells * tuning.voters).fill(-1);
  for (let cell = 0; cell < cells; cell++)
    [cell, cell - 1, cell + 1]
      .filter((one) => Math.floor(one / 16) === Math.floor(cell / 16))
      .forEach((one, i) => {
        matches[cell * tuning.voters + i] = one;
      });
  const around = new Float32Array(cells * tuning.voters * cellsAround).fill(NaN);
  return {
    witnesses: [witness],
    votes: new Float32Array(cells),
    matches,
    likeness: new Float32Array(cells),
    around,
  };
}

function everywhere(fold: number): Bitmap {
  const mask = createBitmap(16 * fold, 8 * fold);
  mask.data.fill(1);
  return mask;
}

/** Where the bar was drawn, and where it is now; what is voted of the picture's sixteenths, as a mask of the picture. */
function votedOn(before: Bitmap, now: Bitmap): Bitmap {
  const ballots = [ballotOf(before)];
  const query = seen(now);
  const quarters = voteOnQuarters(query, ballots, everywhere(2), new Float32Array(16 * 8 * 4));
  const votes = voteOnSixteenths(
    query,
    ballots,
    quarters.found,
    everywhere(4),
    new Float32Array(16 * 8 * 16),
  );
  const mask = createBitmap(width, height);
  for (let i = 0; i < mask.data.length; i++) {
    const [x, y] = [Math.floor((i % width) / sixteenth), Math.floor(i / width / sixteenth)];
    mask.data[i] = votes[y * 64 + x]! > 0.5 ? 1 : 0;
  }
  return mask;
}

describe('the vote of sixteenths of cells', () => {
  it('follows a bar that is thinner than a quarter, to the pixel', () => {
    const [before, now] = [bar(40, sixteenth), bar(44, sixteenth)];
    expect(bitmapIou(votedOn(before, now), now)).toBe(1);
  });

  it('follows bars of any width in sixteenths, wherever they are and go', () => {
    const place = fc.integer({ min: 8, max: 40 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 12 }), fc.integer({ min: -4, max: 4 }), (x, thick, by) => {
        const [before, now] = [
          bar(x * sixteenth, thick * sixteenth),
          bar((x + by) * sixteenth, thick * sixteenth),
        ];
        expect(bitmapIou(votedOn(before, now), now)).toBeGreaterThan(0.99);
      }),
      { numRuns: 40, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('leaves alone what is not asked', () => {
    const [before, now] = [bar(40, 8), bar(44, 8)];
    const ballots = [ballotOf(before)];
    const query = seen(now);
    const nobody = createBitmap(64, 32);
    const quarters = voteOnQuarters(query, ballots, everywhere(2), new Float32Array(16 * 8 * 4));
    const known = new Float32Array(64 * 32).fill(0.25);
    expect(voteOnSixteenths(query, ballots, quarters.found, nobody, known)).toEqual(known);
  });
});
