import { describe, expect, it } from '@jest/globals';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { MobileMemory, rememberedOf } from '../../../src/engine/sam1/mobile-memory';
import { pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { createBitmap } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';
import { blankEmbedding } from '../../support/blank-embedding';

const [width, height] = [640, 360];

function seen(frameIndex: number): MobileEmbedding {
  return blankEmbedding(frameIndex, pictureGeometry(width, height));
}

function boxAt(x0: number): Bitmap {
  const mask = createBitmap(width, height);
  for (let y = 100; y < 140; y++) mask.data.fill(1, y * width + x0, y * width + x0 + 40);
  return mask;
}

/** An object that is seen at these places, frame by frame; null where it is not. */
class Followed {
  readonly memory = new MobileMemory();
  #frame = 0;

  constructor(...places: readonly (number | null)[]) {
    this.go(...places);
  }

  go(...places: readonly (number | null)[]): this {
    for (const place of places) {
      const mask = place === null ? createBitmap(width, height) : boxAt(place);
      const given = this.#frame === 0;
      this.memory.remember(rememberedOf(seen(this.#frame), mask), given, false, given ? null : 0.9);
      this.#frame++;
    }
    return this;
  }

  get recent(): number[] {
    return this.memory.recent.map((one) => one.box!.x0);
  }
}

const gone = [null, null, null, null] as const;

describe('an object that is lost', () => {
  it('is away once it has been out of sight for more than three frames', () => {
    expect(new Followed(10, 11, null, null, null).memory.isAway).toBe(false);
    expect(new Followed(10, 11, ...gone).memory.isAway).toBe(true);
  });

  it('is sought at once, and on every third frame from then on', () => {
    const followed = new Followed(10, 11, ...gone);
    const sought = [];
    for (let i = 0; i < 7; i++) {
      sought.push(followed.memory.isSought);
      followed.go(null);
    }
    expect(sought).toEqual([true, false, false, true, false, false, true]);
  });

  it('stays away until it has been seen again for four frames in a row', () => {
    const followed = new Followed(10, 11, ...gone, 50, 51, 52);
    expect([followed.memory.isLost, followed.memory.isAway]).toEqual([false, true]);
    expect(followed.memory.isSought).toBe(true);
    expect(followed.go(53).memory.isAway).toBe(false);
    expect(followed.recent).toEqual([50, 51, 52, 53]);
  });

  it('is believed at once where the user says where it is, or mends where it was found', () => {
    for (const prompted of [true, false]) {
      const followed = new Followed(10, 11, ...gone);
      followed.memory.remember(rememberedOf(seen(20), boxAt(80)), prompted);
      expect(followed.memory.isAway).toBe(false);
      expect(followed.go(null).recent).toEqual([10, 11, 80]);
    }
  });

  it('is not back because another frame of the video shows it', () => {
    const memory = new MobileMemory();
    for (let frame = 1; frame < 6; frame++)
      memory.remember(rememberedOf(seen(frame), createBitmap(width, height)), false);
    memory.remember(rememberedOf(seen(90), boxAt(80)), true, true);
    expect(memory.isLost).toBe(true);
  });

  it('was not found where it is lost again at once: what was remembered before is remembered again', () => {
    const followed = new Followed(10, 11, 12, ...gone, 300, 301);
    expect(followed.recent).toEqual([11, 12, 300, 301]);
    followed.go(null);
    expect(followed.recent).toEqual([10, 11, 12]);
    expect(followed.memory.expectedCentre()).toEqual(
      new Followed(10, 11, 12, ...gone, null).memory.expectedCentre(),
    );
    expect(followed.memory.usualLikeness).toBe(0.9);
    expect([followed.memory.isLost, followed.memory.isSought]).toEqual([true, true]);
  });
});
