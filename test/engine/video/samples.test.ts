import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { findFfmpeg, openSource, samplePath } from '../../../src/engine/video';
import { digest } from '../../support/video-truth';

/** ffmpeg's own fingerprint of every picture that a full decode puts out. */
async function fingerprints(path: string): Promise<string[]> {
  const { path: program } = await findFfmpeg();
  const input = ['-hide_banner', '-loglevel', 'error', '-i', path, '-map', '0:v:0'];
  const output = ['-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-f', 'framemd5', '-'];
  const lines = execFileSync(program, [...input, ...output], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)!.trim());
}

describe('the sample clips', () => {
  it.each([
    ['big-buck-bunny', 132],
    ['bikes', 250],
  ])('show at every place what a full decode shows there: %s', async (name, count) => {
    const truth = await fingerprints(samplePath(name));
    const source = await openSource(`sample:${name}`, {});
    expect(source.info.frameCount).toBe(count);
    expect(truth).toHaveLength(count);
    for (const index of [count - 1, 70, 3, 110, 71, 0, 69, 31])
      expect(`${index} ${digest((await source.frameAt(index)).data)}`).toBe(`${index} ${truth[index]}`);
    const seen: string[] = [];
    for await (const frame of source.frames({ first: 40, last: 99, reverse: true }))
      seen.unshift(digest(frame.data));
    expect(seen).toEqual(truth.slice(40, 100));
    await source.dispose();
  });
});
