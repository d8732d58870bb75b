import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeupFor, closeupOf, lookAgain } from '../../../src/engine/sam1/closer-look';
import type { MobileCloseup } from '../../../src/engine/sam1/closer-look';
import type { MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { MobileMemory, rememberedOf } from '../../../src/engine/sam1/mobile-memory';
import { pictureGeometry, wholePicture } from '../../../src/engine/sam1/picture-geometry';
import { whereToLook } from '../../../src/engine/sam1/where-to-look';
import type { Sought, WhereToLook } from '../../../src/engine/tracking';
import { createBitmap } from '../../../src/mask';
import type { Bitmap } from '../../../src/mask';
import { blankEmbedding } from '../../support/blank-embedding';

/** A picture's size in pixels; places are told in those of one 1,280 wide. */
interface Size {
  readonly width: number;
  readonly height: number;
}
const small: Size = { width: 640, height: 360 };
const large: Size = { width: 3840, height: 2160 };

/** Where an object's upper left corner is, and how large it is; null where it is out of sight. */
type Place = readonly [x: number, y: number, side: number] | null;

function maskAt(place: Place, { width, height }: Size = small): Bitmap {
  const mask = createBitmap(width, height);
  if (!place) return mask;
  const [x, y, side] = place.map((one) => Math.round((one * width) / 1280)) as [number, number, number];
  for (let row = Math.max(0, y); row < Math.min(height, y + side); row++)
    mask.data.fill(1, row * width + Math.max(0, x), row * width + Math.min(width, x + side));
  return mask;
}

/** Objects that are followed as a run follows them: from their masks on frame 0, each found where it is. */
class Herd {
  readonly memories: readonly MobileMemory[];
  /** What each frame's looks were, from frame 1 on. */
  readonly looks: WhereToLook[] = [];
  /** Frames and closeups that were encoded. */
  encodings = 0;
  #frame = 0;

  readonly #size: Size;

  constructor(count: number, size: Size = small) {
    this.#size = size;
    this.memories = Array.from({ length: count }, () => new MobileMemory());
  }

  /** Follows them frame by frame; the first places are given by the user. */
  async follow(...frames: readonly (readonly Place[])[]): Promise<this> {
    for (const places of frames) await this.#step(places.map((place) => maskAt(place, this.#size)));
    return this;
  }

  sought(coming: readonly (Bitmap | null)[] = []): Sought<MobileMemory>[] {
    return this.memories.map((memory, i) => ({
      memories: [memory],
      coming: coming[i] ?? null,
      corrected: false,
      rival: false,
    }));
  }

  /** How much enlarged each object was seen last. */
  get zooms(): number[] {
    return this.memories.map((memory) => memory.recent.at(-1)!.zoom);
  }

  get groups(): readonly (readonly number[])[] {
    return this.looks.at(-1)!.followed;
  }

  async #step(masks: readonly Bitmap[]): Promise<void> {
    const given = this.#frame === 0;
    const looks = whereToLook(this.sought(given ? masks : []));
    this.looks.push(looks);
    for (const group of [...looks.followed, looks.searched]) {
      if (group.length === 0) continue;
      const memories = group.map((at) => this.memories[at]!);
      const closeup = closeupFor(memories, given ? group.map((at) => masks[at]!) : []);
      await lookAgain(memories, closeup, async (frame, closer) => this.#seen(frame, closer));
      const embedding = this.#seen(this.#frame, closeup);
      for (const at of group)
        this.memories[at]!.remember(rememberedOf(embedding, masks[at]!), given, false, given ? null : 0.9);
    }
    for (const [at, memory] of this.memories.entries())
      if (![...looks.followed.flat(), ...looks.searched].includes(at))
        memory.remember(rememberedOf(this.#blank(this.#frame, null), maskAt(null, this.#size)), false);
    this.#frame++;
  }

  #seen(frameIndex: number, closeup: MobileCloseup | null): MobileEmbedding {
    this.encodings++;
    return this.#blank(frameIndex, closeup);
  }

  #blank(frameIndex: number, closeup: MobileCloseup | null): MobileEmbedding {
    const { width, height } = this.#size;
    return blankEmbedding(frameIndex, pictureGeometry(width, height, closeup ?? wholePicture));
  }
}

/** The same places for so many frames. */
function stay(frames: number, ...places: readonly Place[]): Place[][] {
  return Array.from({ length: frames }, () => [...places]);
}

const corners: readonly Place[] = [
  [40, 40, 40],
  [1200, 40, 40],
  [40, 640, 40],
  [1200, 640, 40],
];

describe('objects in different corners', () => {
  it('have a closeup each once it is known how they move, and are seen as large as each could be by itself', async () => {
    const herd = await new Herd(4).follow(...stay(8, ...corners));
    expect(herd.groups).toHaveLength(4);
    const alone = (await new Herd(1).follow(...stay(8, corners[0]!))).zooms[0]!;
    expect(alone).toBe(2);
    expect(herd.zooms).toEqual([alone, alone, alone, alone]);
  });

  it('have one in common where another would show none twice as large', async () => {
    const herd = await new Herd(2).follow(...stay(8, [20, 100, 400], [860, 100, 400]));
    expect(herd.groups).toEqual([[0, 1]]);
  });

  it('are as large as they can be for those of one corner, in which others share a closeup', async () => {
    const herd = await new Herd(3).follow(...stay(8, [40, 40, 40], [1100, 560, 40], [1200, 640, 40]));
    expect(herd.groups.map((group) => [...group])).toEqual(expect.arrayContaining([[0], [1, 2]]));
  });

  it('take an encoding each a frame, and hardly any more while they move about', async () => {
    const wander = (frame: number): Place[] =>
      corners.map((place, i) => {
        const [x, y, side] = place!;
        const turn = frame / 5 + i;
        return [x + 12 * Math.sin(turn), y + 12 * Math.cos(turn), side + 5 * Math.sin(turn)];
      });
    const herd = new Herd(4);
    await herd.follow(...Array.from({ length: 12 }, (_, frame) => wander(frame)));
    const before = herd.encodings;
    await herd.follow(...Array.from({ length: 30 }, (_, frame) => wander(12 + frame)));
    expect(new Set(herd.looks.slice(12).map((one) => JSON.stringify(one))).size).toBe(1);
    // Each may go one step further off once, or closer again, for which remembered frames are seen anew.
    expect(herd.encodings - before).toBeLessThan(30 * 4 + 4 * 15);
  });

  it('stay where they are looked at when one of them is missed on a frame', async () => {
    // Close enough to stay together, too far off to come together.
    const [one, other] = [corners[0]!, [400, 40, 40] as const];
    const herd = await new Herd(2, { width: 1280, height: 720 }).follow(...stay(6, one, other));
    expect([herd.groups, herd.zooms]).toEqual([[[0, 1]], [herd.zooms[0], herd.zooms[0]]]);
    await herd.follow([one, null], ...stay(3, one, other));
    expect(herd.groups).toEqual([[0, 1]]);
  });

  it('take hardly any encodings more where there are more of them than closeups', async () => {
    const wander = (frame: number): Place[] =>
      Array.from({ length: 15 }, (_, i) => {
        const turn = frame / 3 + i;
        const [column, row] = [i % 5, Math.floor(i / 5)];
        return [60 + 250 * column + 8 * Math.sin(turn), 60 + 270 * row + 8 * Math.cos(1.3 * turn), 14];
      });
    const herd = new Herd(15, { width: 2560, height: 1440 });
    await herd.follow(...Array.from({ length: 5 }, (_, frame) => wander(frame)));
    const [before, { followed }] = [herd.encodings, herd.looks.at(-1)!];
    await herd.follow(...Array.from({ length: 8 }, (_, frame) => wander(5 + frame)));
    expect(herd.groups).toEqual(followed);
    expect(followed).toHaveLength(8);
    expect(herd.encodings - before).toBeLessThan(8 * 8 + 20);
  });

  it('are no more than eight closeups, however many they are', async () => {
    const many = Array.from({ length: 12 }, (_, i): Place => [
      40 + 380 * (i % 4),
      40 + 300 * Math.floor(i / 4),
      20,
    ]);
    const herd = await new Herd(12, large).follow(...stay(4, ...many));
    expect(herd.groups).toHaveLength(8);
    expect([...herd.groups.flat()].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });
});

describe('objects that meet', () => {
  const meeting = (gap: number): Place[] => [
    [600 - gap / 2, 300, 40],
    [640 + gap / 2, 300, 40],
  ];

  it('are looked at together before they touch, and apart again only when they are further off', async () => {
    const herd = await new Herd(2).follow(...stay(6, ...meeting(1000)));
    expect(herd.groups).toHaveLength(2);
    const together: number[] = [];
    const gaps = Array.from({ length: 49 }, (_, i) => 980 - 20 * i);
    for (const gap of gaps) {
      await herd.follow(meeting(gap));
      if (herd.groups.length === 1) together.push(gap);
    }
    expect(Math.min(...together)).toBeLessThanOrEqual(20);
    expect(together.length).toBeGreaterThan(0);
    const met = together[0]!;
    expect(met).toBeGreaterThanOrEqual(20);
    // Once together they stay so to the end.
    expect(together).toEqual(gaps.filter((gap) => gap <= met));
  });

  it('stay together while they touch, however much larger one could be seen by itself', async () => {
    const herd = await new Herd(2).follow(...stay(10, [300, 100, 500], [760, 300, 24]));
    expect(herd.groups).toEqual([[0, 1]]);
  });
});

describe('where objects are looked for', () => {
  const anyPlace = fc.tuple(fc.nat(1240), fc.nat(680), fc.integer({ min: 8, max: 200 }));

  it('is one closeup for each in sight, which shows it, and not half as large as it could be unless others touch it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPlace, { minLength: 1, maxLength: 6 }), async (places) => {
        const herd = await new Herd(places.length).follow(...stay(5, ...places));
        const { followed, searched } = whereToLook(herd.sought());
        expect(searched).toEqual([]);
        expect([...followed.flat()].sort((a, b) => a - b)).toEqual([...places.keys()]);
        for (const group of followed) {
          const memories = group.map((at) => herd.memories[at]!);
          const zoom = closeupFor(memories, [])?.zoom ?? 1;
          if (group.some((a) => group.some((b) => a !== b && near(places[a]!, places[b]!)))) continue;
          for (const memory of memories) {
            const own = closeupOf([memory], [], small)?.zoom ?? 1;
            expect(own / zoom).toBeLessThan(1.99);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is together for all where none is in sight', async () => {
    const herd = await new Herd(2).follow([corners[0]!, corners[1]!], ...stay(6, null, null));
    expect(whereToLook(herd.sought())).toEqual({ followed: [[0, 1]], searched: [] });
    expect(whereToLook([])).toEqual({ followed: [[]], searched: [] });
  });

  it('is apart from those in sight for one that is lost, on every third frame', async () => {
    const herd = await new Herd(2).follow([corners[0]!, corners[1]!], ...stay(12, corners[0]!, null));
    const looks = herd.looks.slice(5);
    expect(looks.every(({ followed }) => followed.flat().join() === '0')).toBe(true);
    expect(looks.map(({ searched }) => searched.length)).toEqual([1, 0, 0, 1, 0, 0, 1, 0]);
  });

  it('is with those in sight for one whose mask is known, lost or not', async () => {
    const herd = await new Herd(2).follow([corners[0]!, corners[1]!], ...stay(6, corners[0]!, null));
    const { followed } = whereToLook(herd.sought([null, maskAt(corners[3]!)]));
    expect(followed.flat().sort()).toEqual([0, 1]);
  });

  it('is apart on every frame for one that is lost and corrected', async () => {
    const herd = await new Herd(2).follow([corners[0]!, corners[1]!], ...stay(6, corners[0]!, null));
    for (let frame = 0; frame < 4; frame++) {
      const sought = herd.sought().map((one, i) => ({ ...one, corrected: i === 1 }));
      expect(whereToLook(sought)).toEqual({ followed: [[0]], searched: [1] });
      await herd.follow([corners[0]!, null]);
    }
  });

  it('is with those in sight for one that was lost until a correction found it', async () => {
    const herd = await new Herd(3).follow(corners.slice(0, 3), ...stay(6, corners[0]!, corners[1]!, null));
    const [one, found, lost] = herd.memories;
    const sought = [
      { memories: [one!], coming: null, corrected: false, rival: false },
      { memories: [found!, lost!], coming: null, corrected: true, rival: false },
    ];
    expect(whereToLook(sought).followed.flat().sort()).toEqual([0, 1]);
  });

  it('is with any others for one of which nothing is known, which has them seen no smaller', async () => {
    const herd = await new Herd(5).follow(...stay(3, ...corners, null));
    expect(herd.groups.flat().sort()).toEqual([0, 1, 2, 3, 4]);
    expect(herd.groups).toHaveLength(4);
    for (const memory of herd.memories.slice(0, 4)) expect(memory.recent.at(-1)!.zoom).toBe(2);
  });

  it('is never a closeup for those alone who are only followed along', async () => {
    const herd = await new Herd(4).follow(...stay(6, ...corners));
    const sought = herd.sought().map((one, i) => ({ ...one, rival: i !== 2 }));
    expect(whereToLook(sought).followed.map((group) => [...group])).toEqual([[0, 1, 2, 3]]);
  });
});

/** Twice as large as they are, both around their middles, they touch. */
function near(
  [ax, ay, a]: readonly [number, number, number],
  [bx, by, b]: readonly [number, number, number],
): boolean {
  const apart = (from: number, size: number, other: number, otherSize: number): boolean =>
    from - size / 2 > other + 1.5 * otherSize || other - otherSize / 2 > from + 1.5 * size;
  return !apart(ax, a, bx, b) && !apart(ay, a, by, b);
}
