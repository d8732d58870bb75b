import { expect } from '@jest/globals';
import { createHash } from 'node:crypto';
import { openSource } from '../../src/engine/video';
import type { FrameSource } from '../../src/engine/video';
import type { ClipFolder } from './clips';

/** ffmpeg's arguments for two seconds of moving pictures, 50 of 160 × 90. */
export const moving: readonly string[] = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=2'];

/** A picture's fingerprint. */
export function digest(data: Uint8Array): string {
  return createHash('md5').update(data).digest('hex');
}

/** A fixed order that jumps back and forth over all frames. */
function shuffled(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i).sort((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101));
}

/** Holds every frame, forward, backward and sought in a shuffled order, against a full decode by ffmpeg. */
export async function expectEveryFrameExact(clips: ClipFolder, path: string): Promise<FrameSource> {
  const source = await openSource(path, {});
  const { width, height, frameCount } = source.info;
  const truth = clips.fullDecode(path, width * height * 3).map(digest);
  expect(frameCount).toBe(truth.length);
  const streamed = async (reverse: boolean): Promise<string[]> => {
    const seen: string[] = [];
    for await (const frame of source.frames({ first: 0, last: frameCount - 1, reverse }))
      seen[frame.index] = digest(frame.data);
    return seen;
  };
  expect(await streamed(false)).toEqual(truth);
  expect(await streamed(true)).toEqual(truth);
  const fresh = await openSource(path, {});
  for (const index of shuffled(frameCount))
    expect(`${index} ${digest((await fresh.frameAt(index)).data)}`).toBe(`${index} ${truth[index]}`);
  await fresh.dispose();
  await source.dispose();
  return source;
}
