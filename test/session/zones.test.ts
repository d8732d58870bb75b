import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FormatError } from '../../src/errors';
import { EnginePair, openVideoArrays, openVideoPath, Session } from '../../src/session';
import { staysOf, zoneArea } from '../../src/session/zones';
import { ClipFolder } from '../support/clips';
import { engineProgram } from '../support/engine-program';
import { SyntheticVideo } from '../support/synthetic-video';

// A square that wanders through drawn zones, its masks given from code: 10 frames, a tenth of a second each.

const [width, height] = [64, 48];
let clips: ClipFolder;
let engines: EnginePair;
let session: Session;

/** A square of 4 by 4 pixels with its top left corner at (x, 10). */
function square(x: number): { data: Uint8Array; shape: [number, number] } {
  const data = new Uint8Array(width * height);
  for (let row = 10; row < 14; row++) data.fill(1, row * width + x, row * width + x + 4);
  return { data, shape: [height, width] };
}

async function wander(made: Session): Promise<void> {
  const mouse = made.objects.add({ name: 'mouse', class: 'animal' });
  const places = [0, 4, 8, 20, 24, 0, 0, null, 0, 40];
  for (const [frame, x] of places.entries())
    if (x === null)
      await mouse.drawMask(frame, { data: new Uint8Array(width * height), shape: [height, width] });
    else await mouse.drawMask(frame, square(x));
}

beforeAll(async () => {
  clips = await ClipFolder.open();
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  const clip = clips.make('clip.mp4', '-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=1', '-qp', '0');
  session = new Session(await openVideoPath(clip, {}, engines));
  await wander(session);
});
afterAll(async () => {
  await engines.dispose();
  clips.remove();
});

const nest = { box: [0, 0, 11, 47] } as const;

describe('time in a zone', () => {
  it('is the time of the frames on which the centroid is there, a row for each stay', async () => {
    const { totals, visits } = await session.timeInZones({ nest, end: { box: [36, 0, 63, 47] } });
    expect(visits.rows()).toEqual([
      expect.objectContaining({
        zone: 'nest',
        first_frame: 0,
        last_frame: 2,
        start: 0,
        end: 0.3,
        seconds: 0.3,
      }),
      expect.objectContaining({
        zone: 'nest',
        first_frame: 5,
        last_frame: 6,
        start: 0.5,
        end: 0.7,
        seconds: 0.2,
      }),
      expect.objectContaining({ zone: 'nest', first_frame: 8, last_frame: 8, seconds: 0.1 }),
      expect.objectContaining({ zone: 'end', first_frame: 9, last_frame: 9, end: 1, seconds: 0.1 }),
    ]);
    const [inNest, atEnd] = totals.rows();
    const who = { object: 1, object_name: 'mouse', class: 'animal' };
    expect(inNest).toEqual({
      ...who,
      ...{
        zone: 'nest',
        visits: 3,
        frames: 6,
        seconds: 0.6,
        share: expect.closeTo(6 / 9, 10),
        first_frame: 0,
      },
    });
    expect(atEnd).toMatchObject({ zone: 'end', visits: 1, seconds: 0.1, first_frame: 9 });
    expect(totals.columns['zone']).toEqual(['nest', 'end']);
  });

  it('can ask for a share of the pixels instead, and keeps to a range', async () => {
    // At x = 8 the square has columns 8 to 11: all of it is inside. At 20 nothing is.
    const left = { box: [0, 0, 9, 47] } as const;
    const { frames } = await session.timeInZones({ left }, { share: 0.6, range: [1, 3] });
    expect(frames.rows().map(({ frame, inside, share }) => [frame, inside, share])).toEqual([
      [1, true, 1],
      [2, false, 0.5],
      [3, false, 0],
    ]);
    const { totals } = await session.timeInZones({ left }, { share: 0.5, range: [1, 3] });
    expect(totals.rows()[0]).toMatchObject({ frames: 2, seconds: 0.2 });
  });

  it('is counted in frames where the source has no time', async () => {
    const still = new Session(openVideoArrays(new SyntheticVideo(10, []), engines));
    await wander(still);
    const { totals } = await still.timeInZones({ nest });
    expect(totals.rows()[0]).toMatchObject({ frames: 6, seconds: null, share: 6 / 9 });
  });

  it('refuses a zone that is nowhere, in a sentence', async () => {
    const nowhere = session.timeInZones({ nest: { box: [100, 100, 120, 120] } });
    await expect(nowhere).rejects.toThrow(/zone “nest” has no pixel in the picture, which is 64 × 48/);
    const mask = { data: new Uint8Array(4), shape: [2, 2] } as const;
    await expect(session.timeInZones({ nest: { mask } })).rejects.toBeInstanceOf(FormatError);
    await expect(session.timeInZones({ nest }, { share: 0 })).rejects.toThrow(/A share is above 0/);
  });
});

describe('the pixels of a zone', () => {
  it('are those whose centres lie in the box, edges included, or in the polygon', () => {
    const box = zoneArea('a', { box: [1, 1, 3, 2] }, 6, 4);
    expect(
      [...box.data].map((one, i) => (one ? [i % 6, Math.floor(i / 6)].join() : '')).filter(Boolean),
    ).toEqual(['1,1', '2,1', '3,1', '1,2', '2,2', '3,2']);
    const triangle = zoneArea(
      'a',
      {
        polygon: [
          [0, 0],
          [5, 0],
          [0, 5],
        ],
      },
      6,
      6,
    );
    // Along the slope x + y = 5 the outline itself goes through the centres.
    const inside = [...triangle.data].filter((one, i) => one === 1 && (i % 6) + Math.floor(i / 6) > 5);
    expect([inside.length, triangle.data[0], triangle.data[6 * 2 + 2]]).toEqual([0, 1, 1]);
  });
});

it('stays are unbroken, in order, and hold exactly the frames inside', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ skip: fc.nat(2), inside: fc.boolean() })), (steps) => {
      let frame = -1;
      const sightings = steps.map(({ skip, inside }) => ({ frame: (frame += skip + 1), inside }));
      const stays = staysOf(sightings);
      const held = stays.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
      expect(held).toEqual(sightings.filter((one) => one.inside).map((one) => one.frame));
      for (const [i, [first]] of stays.entries())
        if (i > 0) expect(first).toBeGreaterThan(stays[i - 1]![1] + 1);
    }),
  );
});
