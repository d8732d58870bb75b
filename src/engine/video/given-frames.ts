import { VideoError } from '../../errors';
import type { FrameSource, VideoInfo } from './frame-source';
import { FramesOnDemand } from './frames-on-demand';

/** One picture given from code: uint8 in C order, `[height, width]`, `[height, width, 3]` or `[height, width, 4]`. */
export interface GivenFrame {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly shape: readonly number[];
}

/** Pictures of one size, in order; `frameRate` (per second) is for playing. */
export interface GivenFrames {
  readonly name?: string;
  readonly frames: readonly GivenFrame[];
  readonly frameRate?: number;
}

/**
 * Opens frames given as arrays. They are used where they lie: changing them changes the video. Throws a
 * VideoError that names the first that does not fit.
 */
export function openFrames({ name, frames, frameRate }: GivenFrames): FrameSource {
  const [height, width] = frames[0]?.shape ?? [];
  if (!height || !width)
    throw new VideoError('A video needs one frame or more, each [height, width, 3] or [height, width].');
  frames.forEach(({ data, shape }, index) => {
    const channels = shape.length === 2 ? 1 : (shape[2] ?? 0);
    const fits = shape[0] === height && shape[1] === width && [1, 3, 4].includes(channels);
    if (fits && shape.length <= 3 && data.length === height * width * channels) return;
    throw new VideoError(
      `Frame ${index} has the shape [${shape.join(', ')}] with ${data.length} values; the first frame is ${width} × ${height}, and frames are uint8 [height, width], [height, width, 3] or [height, width, 4].`,
      { index },
    );
  });
  const rate = frameRate ?? null;
  const info: VideoInfo = {
    name: name ?? 'frames',
    path: null,
    width,
    height,
    pixelAspect: 1,
    frameCount: frames.length,
    frameRate: rate,
    duration: rate === null ? null : frames.length / rate,
  };
  return new FramesOnDemand(info, async (index) => ({ index, width, height, data: toRgb(frames[index]!) }));
}

function toRgb({ data, shape }: GivenFrame): Uint8Array {
  const channels = shape.length === 2 ? 1 : shape[2]!;
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++)
      rgb[i * 3 + channel] = data[i * channels + (channels === 1 ? 0 : channel)]!;
  }
  return rgb;
}
