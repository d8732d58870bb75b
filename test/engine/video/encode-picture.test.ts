import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { encodePicture, openSource } from '../../../src/engine/video';
import type { Frame } from '../../../src/engine/video';

function frameOf(width: number, height: number, colour: readonly [number, number, number]): Frame {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!);
  return { index: 0, width, height, data };
}

describe('a picture for the view', () => {
  it('is a JPEG of the frame’s own size where that fits', async () => {
    const picture = await encodePicture(frameOf(64, 48, [200, 30, 60]), { maxWidth: 640 });
    expect(picture).toMatchObject({ type: 'image/jpeg', width: 64, height: 48 });
    const { data, info } = await sharp(picture.data).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([64, 48, 3]);
    for (const [channel, value] of [200, 30, 60].entries())
      expect(Math.abs(data[channel]! - value)).toBeLessThanOrEqual(4);
  });

  it('is scaled down to the width that the view has, in shape, and never up', async () => {
    const wide = await encodePicture(frameOf(1000, 500, [1, 2, 3]), { maxWidth: 250 });
    expect([wide.width, wide.height]).toEqual([250, 125]);
    const small = await encodePicture(frameOf(10, 5, [1, 2, 3]), { maxWidth: 250 });
    expect([small.width, small.height]).toEqual([10, 5]);
  });

  it('looks like the frame: at most two levels off on average, on a real one', async () => {
    const source = await openSource('sample:big-buck-bunny', {});
    const frame = await source.frameAt(60);
    const { data } = await encodePicture(frame, { maxWidth: 4000 });
    await source.dispose();
    const shown = await sharp(data).raw().toBuffer();
    let off = 0;
    for (let i = 0; i < shown.length; i++) off += Math.abs(shown[i]! - frame.data[i]!);
    expect(off / shown.length).toBeLessThan(2);
  });

  it('may be made of several frames at a time', async () => {
    const colours = [10, 90, 170, 250].map((level) => [level, level, level] as const);
    const pictures = await Promise.all(
      colours.map((colour) => encodePicture(frameOf(32, 32, colour), { maxWidth: 32 })),
    );
    for (const [i, { data }] of pictures.entries())
      expect(Math.abs((await sharp(data).raw().toBuffer())[0]! - colours[i]![0])).toBeLessThanOrEqual(2);
  });
});
