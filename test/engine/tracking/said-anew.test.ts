import { describe, expect, it, jest } from '@jest/globals';
import { saidOn, withoutSaid } from '../../../src/engine/tracking/said-anew';
import type { FollowedObject } from '../../../src/engine/tracking/said-anew';
import type { ObjectMemory, TrackingModel } from '../../../src/engine/tracking';
import { SyntheticModel } from '../../../src/engine/synthetic';
import type { Bitmap } from '../../../src/mask';

const row = (...data: number[]): Bitmap => ({ width: data.length, height: 1, data: Uint8Array.from(data) });
const left = row(1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
const right = row(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
const nothing = row(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** A family whose objects compete, and what it was told to forget. */
class Competing extends SyntheticModel {
  readonly forgotten: object[] = [];

  startAnew(memory: object): void {
    this.forgotten.push(memory);
  }
}

interface Followed extends FollowedObject {
  readonly memory: ObjectMemory;
}

/** An object that is followed, and what the user says of it on frame 7, if anything. */
function followed(id: string, said: Bitmap | null, { bytes = 1, prompted = true } = {}): Followed {
  const seedAt = new Map(said ? [[7, { frame: 7, mask: said, prompted }]] : []);
  return { object: { id }, memory: { bytes }, seedAt };
}

const answering = (...masks: Bitmap[]) =>
  jest.fn(async (memories: readonly ObjectMemory[]) =>
    memories.map((_, i) => ({ mask: masks[i]!, score: 1 })),
  );

describe('what the user says on a frame that a run comes by', () => {
  it('has an object followed anew where the run would have found something else', async () => {
    const model = new Competing();
    const [a, b] = [followed('a', left), followed('b', null)];
    const said = await saidOn(model, [a, b], 7, answering(right, left));
    expect(model.forgotten).toEqual([a.memory]);
    expect(said).toEqual({ masks: [left], anew: [{ objectId: 'a', found: right }] });
  });

  it('leaves one as it is that mends what would have been found, and one that was or is out of sight', async () => {
    const model = new Competing();
    const most = row(1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    for (const [mask, found] of [
      [left, most],
      [left, nothing],
      [nothing, left],
    ] as const) {
      const said = await saidOn(model, [followed('a', mask)], 7, answering(found));
      expect(said).toEqual({ masks: [mask], anew: [] });
    }
    expect(model.forgotten).toEqual([]);
  });

  it('asks for nothing on the frame that an object begins with, nor on one that is only recalled', async () => {
    const ask = answering(right);
    const model = new Competing();
    expect((await saidOn(model, [followed('a', left, { bytes: 0 })], 7, ask)).masks).toEqual([left]);
    expect((await saidOn(model, [followed('a', left, { prompted: false })], 7, ask)).masks).toEqual([]);
    expect((await saidOn(model, [followed('a', left)], 8, ask)).masks).toEqual([]);
    expect(ask).not.toHaveBeenCalled();
  });

  it('is left to families that know it by themselves', async () => {
    const ask = answering(right);
    const model: TrackingModel = new SyntheticModel();
    expect(await saidOn(model, [followed('a', left)], 7, ask)).toEqual({ masks: [], anew: [] });
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('another object where the user says one to be', () => {
  const found = (mask: Bitmap) => ({ mask, score: 0.5 });

  it('has none of it, and is followed anew where that was a tenth of it or more', () => {
    const model = new Competing();
    const said = { masks: [row(0, 0, 0, 0, 1, 1, 0, 0, 0, 0)], anew: [] };
    const b = followed('b', null);
    expect(withoutSaid(model, b, found(left), said)).toEqual(found(row(1, 1, 1, 1, 0, 0, 0, 0, 0, 0)));
    expect(said.anew).toEqual([{ objectId: 'b', found: null }]);
    expect(model.forgotten).toEqual([b.memory]);
  });

  it('is followed on where it loses less, and where nothing of it is left: then it is behind', () => {
    const model = new Competing();
    const large = row(...Array<number>(30).fill(1));
    const corner = { ...large, data: large.data.map((_, i) => (i < 2 ? 1 : 0)) };
    const said = { masks: [corner], anew: [] };
    const { mask } = withoutSaid(model, followed('b', null), found(large), said);
    expect(mask.data.reduce((sum, one) => sum + one, 0)).toBe(28);
    const hidden = withoutSaid(model, followed('b', null), found(left), { masks: [left], anew: [] });
    expect(hidden).toEqual(found(nothing));
    expect([said.anew, model.forgotten]).toEqual([[], []]);
  });

  it('is as it was found where they do not meet', () => {
    const answer = found(left);
    expect(withoutSaid(new Competing(), followed('b', null), answer, { masks: [right], anew: [] })).toBe(
      answer,
    );
  });
});
