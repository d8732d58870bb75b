import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestSender } from '../../../src/widget/link';
import { MaskFeed } from '../../../src/widget/controllers/mask-feed';

/** Answers with masks whose counts say how often the frame was asked for. */
class HeldMasks {
  readonly asked: number[] = [];
  readonly feed: MaskFeed;
  #open: { frame: number; answer: () => void; refuse: () => void }[] = [];

  constructor() {
    const request = (({ frame }: { frame: number }) => {
      this.asked.push(frame);
      const time = this.asked.filter((one) => one === frame).length;
      // Off by three bytes, as a buffer inside a message may be.
      const bytes = new ArrayBuffer(11);
      const view = new DataView(bytes, 3, 8);
      view.setUint32(0, 100 - time, true);
      view.setUint32(4, time, true);
      return new Promise((resolve, reject) =>
        this.#open.push({
          frame,
          answer: () =>
            resolve({
              value: { frame, version: 1, width: 10, height: 10, objectIds: ['a'] },
              buffers: [view],
            }),
          refuse: () => reject(new Error('no')),
        }),
      );
    }) as unknown as RequestSender;
    this.feed = new MaskFeed({ request, changed: () => undefined, failed: () => undefined });
  }

  async arrive(frame: number, refused = false): Promise<void> {
    const at = this.#open.findIndex((one) => one.frame === frame);
    const [one] = this.#open.splice(at, 1);
    if (refused) one!.refuse();
    else one!.answer();
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** The pixels set in the mask of object a. */
  area(frame: number): number | undefined {
    return this.feed.at(frame).get('a')?.counts[1];
  }
}

describe('the masks of the frames in sight', () => {
  let wire: HeldMasks;
  beforeEach(() => {
    wire = new HeldMasks();
  });

  it('come by object, read from wherever they lie in the message', async () => {
    wire.feed.want([4]);
    expect(wire.feed.has(4)).toBe(false);
    await wire.arrive(4);
    expect(wire.feed.has(4)).toBe(true);
    expect([...wire.feed.at(4).get('a')!.counts]).toEqual([99, 1]);
  });

  it('are asked for three at a time', () => {
    wire.feed.want([0, 1, 2, 3, 4]);
    expect(wire.asked).toEqual([0, 1, 2]);
  });

  it('stay in sight while new ones are fetched after a change', async () => {
    wire.feed.want([4]);
    await wire.arrive(4);
    wire.feed.invalidate({ first: 0, last: 9 });
    expect(wire.asked).toEqual([4, 4]);
    expect(wire.area(4)).toBe(1);
    expect(wire.feed.has(4)).toBe(false);
    await wire.arrive(4);
    expect(wire.area(4)).toBe(2);
  });

  it('are asked for once more when they changed while they were on their way', async () => {
    wire.feed.want([4]);
    wire.feed.invalidate({ first: 4, last: 4 });
    expect(wire.asked).toEqual([4]);
    await wire.arrive(4);
    expect(wire.feed.has(4)).toBe(false);
    expect(wire.asked).toEqual([4, 4]);
    await wire.arrive(4);
    expect(wire.feed.has(4)).toBe(true);
    expect(wire.asked).toEqual([4, 4]);
  });

  it('are forgotten when they change out of sight', async () => {
    wire.feed.want([4]);
    await wire.arrive(4);
    wire.feed.want([8]);
    wire.feed.invalidate({ first: 4, last: 4 });
    expect(wire.feed.at(4).size).toBe(0);
    expect(wire.asked).toEqual([4, 8]);
  });

  it('stay when other frames change', async () => {
    wire.feed.want([4]);
    await wire.arrive(4);
    wire.feed.invalidate({ first: 5, last: 9 });
    expect(wire.feed.has(4)).toBe(true);
    expect(wire.asked).toEqual([4]);
  });

  it('are not asked for again and again when they cannot be had', async () => {
    wire.feed.want([4]);
    await wire.arrive(4, true);
    wire.feed.want([4]);
    expect(wire.asked).toEqual([4]);
    expect(wire.feed.isSettled(4)).toBe(true);
    wire.feed.invalidate({ first: 4, last: 4 });
    expect(wire.asked).toEqual([4, 4]);
  });
});
