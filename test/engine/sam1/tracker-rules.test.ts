import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { meanIou } from '../../support/scene-tracking';
import type { Fared, FaredAnew } from '../../support/scene-tracking';
import type { SceneName } from '../../support/drawn-scenes';

// The rules of the embedded tracker, each on a drawn scene in which one thing happens; the mask of the first frame is
// the only prompt.

const script = resolve(__dirname, '..', '..', 'support', 'track-scenes.cjs');

function every(step: number, first: number, last: number): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

/** The frames of each scene that are tracked: enough for what happens in it. */
const frames: Record<SceneName, readonly number[]> = {
  translate: every(3, 0, 18),
  scale: every(3, 0, 18),
  rotate: every(1, 0, 10),
  articulate: every(1, 0, 10),
  occlude: every(1, 0, 16),
  cross: every(1, 6, 14),
  leave: every(1, 3, 20),
  cut: every(1, 3, 14),
  hide: every(1, 0, 22),
  corners: every(1, 0, 9),
};

/** Scenes of which the user says on a frame (by place) that the first object is the second. */
const said = { corners: { frames: every(1, 0, 9), at: 5 } };

let all: Record<SceneName, Record<string, Fared>>;
let anew: Record<keyof typeof said, FaredAnew>;

beforeAll(async () => {
  const asked = [frames, said].map((one) => JSON.stringify(one));
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...asked]);
  ({ fared: all, anew } = JSON.parse(stdout) as { fared: typeof all; anew: typeof anew });
}, 900_000);

/** How the only object of a scene fared. */
function fared(name: SceneName): Fared {
  return Object.values(all[name])[0]!;
}

/** The lowest IoU from a frame on. */
function worst({ shown }: Fared, from: number = 0): number {
  return Math.min(...shown.filter(({ frame }) => frame >= from).map(({ iou }) => iou));
}

function claimed({ absent }: Fared): number[] {
  return absent.filter((one) => one.claimed > 0).map(({ frame }) => frame);
}

describe('an object that walks over the picture', () => {
  it('is kept, with its outline', () => {
    expect(meanIou(fared('translate'))).toBeGreaterThan(0.98);
    expect(worst(fared('translate'))).toBeGreaterThan(0.95);
  });
});

describe('an object that comes nearer', () => {
  it('is kept while it grows to three times its size', () => {
    expect(meanIou(fared('scale'))).toBeGreaterThan(0.975);
    expect(worst(fared('scale'))).toBeGreaterThan(0.96);
  });
});

describe('a turning object', () => {
  it('is kept through more than a third of a turn', () => {
    expect(meanIou(fared('rotate'))).toBeGreaterThan(0.94);
    expect(worst(fared('rotate'))).toBeGreaterThan(0.9);
  });
});

describe('a dancer whose limbs swing and who turns', () => {
  it('is kept, limbs and all', () => {
    expect(meanIou(fared('articulate'))).toBeGreaterThan(0.935);
    expect(worst(fared('articulate'))).toBeGreaterThan(0.91);
  });
});

describe('an object that goes behind a trunk', () => {
  it('is hidden for some frames', () => {
    expect(fared('occlude').absent.length).toBeGreaterThanOrEqual(3);
  });

  it('is kept as far as it is seen while it goes in', () => {
    const goesIn = fared('occlude').shown.filter(({ frame }) => frame < 9);
    expect(meanIou({ shown: goesIn })).toBeGreaterThan(0.85);
  });

  it('is nowhere while it is hidden', () => {
    expect(claimed(fared('occlude'))).toEqual([]);
  });

  it('is found again when it comes out', () => {
    expect(worst(fared('occlude'), 16)).toBeGreaterThan(0.8);
  });
});

describe('two identical objects that cross', () => {
  it('are told apart until they meet', () => {
    for (const one of Object.values(all.cross)) {
      const before = one.shown.filter(({ frame }) => frame <= 7);
      expect(meanIou({ shown: before })).toBeGreaterThan(0.9);
    }
  });

  it('keep their names', () => {
    expect(Object.values(all.cross).map(({ swapped }) => swapped)).toEqual([[], []]);
  });

  it('are both kept, the one behind as far as it is seen', () => {
    for (const one of Object.values(all.cross)) {
      expect(meanIou(one)).toBeGreaterThan(0.88);
      expect(worst(one)).toBeGreaterThan(0.8);
    }
  });
});

describe('an object that leaves the picture', () => {
  it('is kept until it has gone', () => {
    const leaving = fared('leave').shown.filter(({ frame }) => frame < 8);
    expect(meanIou({ shown: leaving })).toBeGreaterThan(0.9);
  });

  it('is nowhere while it is out of the picture', () => {
    expect(fared('leave').absent.length).toBeGreaterThanOrEqual(3);
    expect(claimed(fared('leave'))).toEqual([]);
  });

  // 0.82 on the first frame of which half is in.
  it('is found as soon as half of it has come in at another border', () => {
    expect(worst(fared('leave'), 16)).toBeGreaterThan(0.75);
  });

  it('is found again in the end', () => {
    expect(worst(fared('leave'), 19)).toBeGreaterThan(0.8);
  });
});

describe('two small objects of which one goes out of sight', () => {
  // 0.84 to 0.88 while the whole picture was looked at for both.
  it('do not lose each other’s outlines: the one that stays is seen as large as before', () => {
    expect(worst(all.hide['stays']!)).toBeGreaterThan(0.9);
  });

  it('are claimed no more than they are seen', () => {
    expect(all.hide['hides']!.absent.length).toBeGreaterThanOrEqual(8);
    expect(claimed(all.hide['hides']!)).toEqual([]);
    expect(Object.values(all.hide).map(({ swapped }) => swapped)).toEqual([[], []]);
  });

  it('are both there again within three frames of the other’s coming out elsewhere', () => {
    expect(worst(all.hide['hides']!, 20)).toBeGreaterThan(0.7);
  });
});

describe('two small objects in opposite corners', () => {
  // 0.82 to 0.92 in one closeup, which is all of the picture.
  it('are each seen as large as they can be, once their motion is known', () => {
    for (const one of Object.values(all.corners)) {
      expect(worst(one, 2)).toBeGreaterThan(0.9);
      expect(one.swapped).toEqual([]);
    }
  });
});

describe('an object in a video that is cut', () => {
  it('is nowhere in the shot without it', () => {
    expect(fared('cut').absent.length).toBeGreaterThanOrEqual(3);
    expect(claimed(fared('cut'))).toEqual([]);
  });

  it('is found again when the shot comes back', () => {
    expect(worst(fared('cut'), 13)).toBeGreaterThan(0.9);
  });
});

describe('an object that the user says to be another on a later frame', () => {
  it('is that one from there on, and not half of each', () => {
    const { after, before } = anew.corners;
    // What would have been found there is what it was until then.
    expect(before).toBeGreaterThan(0.8);
    expect(after).toHaveLength(4);
    expect(Math.min(...after)).toBeGreaterThan(0.9);
    expect(after.reduce((sum, one) => sum + one, 0) / after.length).toBeGreaterThan(0.945);
  });
});
