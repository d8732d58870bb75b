import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { firstPicture, openSource } from '../../../src/engine/video';
import { ClipFolder } from '../../support/clips';

// The first picture is frame 0 of the video, byte for byte, whatever the container does to it.

let clips: ClipFolder;
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=98x54:r=10:d=2'];

beforeAll(async () => {
  clips = await ClipFolder.open();
  clips.make('plain.mp4', ...picture);
  clips.make('turned.mp4', '-display_rotation', '90', '-i', 'IN:plain.mp4', '-c', 'copy');
  clips.make('cut.mp4', '-ss', '0.55', '-i', 'IN:plain.mp4', '-c', 'copy');
  clips.make('late.mkv', '-itsoffset', '3', ...picture);
  clips.make('sound.wav', '-f', 'lavfi', '-i', 'sine=d=1');
});

afterAll(() => clips.remove());

describe('the first picture', () => {
  it.each(['plain.mp4', 'turned.mp4', 'cut.mp4', 'late.mkv'])('of %s is its frame 0', async (name) => {
    const source = await openSource(clips.path(name), {});
    const { width, height, data } = await source.frameAt(0);
    await source.dispose();
    const first = await firstPicture(clips.path(name));
    expect({ ...first, data: null }).toEqual({ index: 0, width, height, data: null });
    expect(Buffer.compare(first.data, data)).toBe(0);
  });

  it('is missed in a sentence where there is none', async () => {
    writeFileSync(clips.path('text.mp4'), 'no video at all');
    for (const name of ['sound.wav', 'text.mp4'])
      await expect(firstPicture(clips.path(name))).rejects.toThrow('has no picture that can be decoded.');
    await expect(firstPicture(clips.path('gone.mp4'))).rejects.toThrow('Is the path right?');
  });
});
