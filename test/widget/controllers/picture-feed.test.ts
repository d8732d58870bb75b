import { beforeEach, describe, expect, it } from '@jest/globals';
import { VideoError } from '../../../src/errors';
import { pictureWindow } from '../../../src/protocol';
import type { RequestSender } from '../../../src/widget/link';
import { PictureFeed, pictureWidth } from '../../../src/widget/controllers/picture-feed';

/** A wire on which pictures lie until they are let through. */
class HeldPictures {
  readonly asked: { frame: number; maxWidth: number }[] = [];
  readonly failures: Error[] = [];
  readonly closed: number[] = [];
  readonly feed: PictureFeed;
  #open = new Map<number, (failure?: Error) => void>();

  constructor() {
    const request = ((body: { frame: number; maxWidth: number }) => {
      this.asked.push({ frame: body.frame, maxWidth: body.maxWidth });
      return new Promise((resolve, reject) =>
        this.#open.set(body.frame, (failure) =>
          failure
            ? reject(failure)
            : resolve({
                value: { frame: body.frame, width: body.maxWidth, height: 10, type: 'image/jpeg' },
                buffers: [new DataView(new ArrayBuffer(4), 0, 4)],
              }),
        ),
      );
    }) as unknown as RequestSender;
    this.feed = new PictureFeed({
      request,
      decode: async () => {
        const { frame, maxWidth } = this.#decoding!;
        return {
          image: {} as CanvasImageSource,
          width: maxWidth,
          height: 10,
          close: () => void this.closed.push(frame),
        };
      },
      changed: () => undefined,
      failed: (error) => this.failures.push(error),
    });
  }

  #decoding: { frame: number; maxWidth: number } | null = null;

  /** Lets the oldest request of a frame be answered. */
  async arrive(frame: number, failure?: Error): Promise<void> {
    this.#decoding = this.asked.filter((one) => one.frame === frame).at(-1)!;
    const settle = this.#open.get(frame)!;
    this.#open.delete(frame);
    settle(failure);
    await new Promise((resolve) => setTimeout(resolve));
  }

  get frames(): number[] {
    return this.asked.map((one) => one.frame);
  }
}

describe('the pictures of the frames in sight', () => {
  let wire: HeldPictures;
  beforeEach(() => {
    wire = new HeldPictures();
  });

  it('asks for the shown frame first, then for those that follow, never more than the window', () => {
    wire.feed.want(10, [11, 12, 13, 14], 640);
    expect(wire.frames).toEqual([10, 11, 12]);
    expect(pictureWindow).toBe(3);
  });

  it('asks for the next one when one has come', async () => {
    wire.feed.want(10, [11, 12, 13], 640);
    await wire.arrive(10);
    expect(wire.frames).toEqual([10, 11, 12, 13]);
    expect(wire.feed.has(10)).toBe(true);
    expect(wire.feed.best(10)?.frame).toBe(10);
  });

  it('passes over frames that were scrubbed past before they could be asked for', async () => {
    wire.feed.want(0, [1, 2], 640);
    for (let frame = 20; frame < 60; frame++) wire.feed.want(frame, [frame + 1], 640);
    await wire.arrive(0);
    expect(wire.frames).toEqual([0, 1, 2, 59]);
    await wire.arrive(1);
    expect(wire.frames.at(-1)).toBe(60);
  });

  it('shows what came last while the wanted frame is on its way', async () => {
    wire.feed.want(0, [], 640);
    await wire.arrive(0);
    wire.feed.want(7, [], 640);
    expect(wire.feed.best(7)?.frame).toBe(0);
    await wire.arrive(7);
    expect(wire.feed.best(7)?.frame).toBe(7);
  });

  it('does not ask for what it has, but asks again for it in larger', async () => {
    wire.feed.want(0, [], 640);
    await wire.arrive(0);
    wire.feed.want(1, [], 640);
    wire.feed.want(0, [], 640);
    expect(wire.frames).toEqual([0, 1]);
    wire.feed.want(0, [], 1280);
    expect(wire.asked.at(-1)).toEqual({ frame: 0, maxWidth: 1280 });
    expect(wire.feed.best(0)?.width).toBe(640);
    await wire.arrive(0);
    expect(wire.feed.best(0)?.width).toBe(1280);
    expect(wire.closed).toEqual([0]);
  });

  it('says when the shown frame cannot be had, and does not ask again until one comes back to it', async () => {
    wire.feed.want(5, [6], 640);
    await wire.arrive(5, new VideoError('Frame 5 cannot be read.'));
    await wire.arrive(6, new VideoError('Frame 6 cannot be read.'));
    expect(wire.failures.map((one) => one.message)).toEqual(['Frame 5 cannot be read.']);
    expect(wire.feed.isRefused(5)).toBe(true);
    wire.feed.want(5, [6], 640);
    expect(wire.frames).toEqual([5, 6]);
    wire.feed.want(9, [], 640);
    wire.feed.want(5, [], 640);
    expect(wire.frames).toEqual([5, 6, 9, 5]);
  });

  it('asks for nothing before the stage has a size', () => {
    wire.feed.want(5, [6], 0);
    expect(wire.frames).toEqual([]);
  });

  it('lets everything go in the end, also what comes too late', async () => {
    wire.feed.want(0, [1], 640);
    await wire.arrive(0);
    wire.feed.dispose();
    await wire.arrive(1);
    expect(wire.closed).toEqual([0]);
    expect(wire.feed.has(1)).toBe(false);
  });
});

it('widths go up in steps and never beyond what is stored', () => {
  expect(pictureWidth(100, 1920)).toBe(320);
  expect(pictureWidth(641, 1920)).toBe(960);
  expect(pictureWidth(1300, 1920)).toBe(1920);
  expect(pictureWidth(1300, 854)).toBe(854);
  expect(pictureWidth(9999, 8000)).toBe(8000);
});
