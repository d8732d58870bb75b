import { describe, expect, it } from '@jest/globals';
import { openFrames } from '../../../src/engine/video';
import type { GivenFrame } from '../../../src/engine/video';
import { VideoError } from '../../../src/errors';

function picture(shape: readonly number[], first = 0): GivenFrame {
  const size = shape.reduce((a, b) => a * b, 1);
  return { shape, data: Uint8Array.from({ length: size }, (_, i) => first + i) };
}

describe('frames given as arrays (C2)', () => {
  it('are a video of their own', async () => {
    const source = openFrames({
      name: 'cells',
      frames: [picture([2, 3, 3]), picture([2, 3, 3], 50)],
      frameRate: 4,
    });
    expect(source.info).toEqual({
      name: 'cells',
      path: null,
      width: 3,
      height: 2,
      pixelAspect: 1,
      frameCount: 2,
      frameRate: 4,
      duration: 0.5,
    });
    expect([...(await source.frameAt(1)).data]).toEqual([...picture([2, 3, 3], 50).data]);
    expect(source.timeOf(1)).toBe(0.25);
    expect(source.frameName(1)).toBe('00001');
  });

  it('have no times unless a rate is given', () => {
    const source = openFrames({ frames: [picture([2, 2])] });
    expect(source.info).toMatchObject({ name: 'frames', frameRate: null, duration: null });
    expect(source.timeOf(0)).toBeNull();
  });

  it('may be grey, of one channel, or have an alpha channel that is left aside', async () => {
    const grey = [...(await openFrames({ frames: [picture([1, 2])] }).frameAt(0)).data];
    expect(grey).toEqual([0, 0, 0, 1, 1, 1]);
    const one = [...(await openFrames({ frames: [picture([1, 2, 1], 7)] }).frameAt(0)).data];
    expect(one).toEqual([7, 7, 7, 8, 8, 8]);
    const alpha = [...(await openFrames({ frames: [picture([1, 2, 4])] }).frameAt(0)).data];
    expect(alpha).toEqual([0, 1, 2, 4, 5, 6]);
  });

  it('may be views into a larger buffer', async () => {
    const buffer = Uint8ClampedArray.from({ length: 20 }, (_, i) => i);
    const source = openFrames({ frames: [{ shape: [1, 2, 3], data: buffer.subarray(4, 10) }] });
    expect([...(await source.frameAt(0)).data]).toEqual([4, 5, 6, 7, 8, 9]);
  });

  it('stream both ways', async () => {
    const frames = [0, 10, 20, 30].map((first) => picture([1, 1, 3], first));
    const source = openFrames({ frames });
    const order: number[] = [];
    for await (const { data } of source.frames({ first: 1, last: 3 })) order.push(data[0]!);
    for await (const { data } of source.frames({ first: 0, last: 2, reverse: true })) order.push(data[0]!);
    expect(order).toEqual([10, 20, 30, 20, 10, 0]);
  });

  it.each<[string, GivenFrame[], string]>([
    ['none', [], 'needs one frame or more'],
    ['an empty one', [picture([0, 4, 3])], 'needs one frame or more'],
    ['two sizes', [picture([2, 2, 3]), picture([2, 3, 3])], 'Frame 1 has the shape [2, 3, 3]'],
    ['two channels', [picture([2, 2, 2])], 'Frame 0 has the shape [2, 2, 2]'],
    ['too few values', [{ shape: [2, 2, 3], data: new Uint8Array(11) }], 'with 11 values'],
    ['a fourth dimension', [picture([2, 2, 3, 1])], 'Frame 0 has the shape'],
  ])('are refused when they do not fit: %s', (_, frames, sentence) => {
    expect(() => openFrames({ frames })).toThrow(VideoError);
    expect(() => openFrames({ frames })).toThrow(sentence);
  });

  it.each([1, -1, 0.5])('have no frame %d', async (index) => {
    await expect(openFrames({ frames: [picture([2, 2])] }).frameAt(index)).rejects.toThrow(
      'has frames 0 to 0',
    );
  });
});
