import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { Frame, VideoInfo } from '../engine/video';
import type { OpenedVideo, VideoRef } from '../engine/host';
import { VideoError } from '../errors';
import type { EnginePair } from './engine-pair';
import { readSessionFile, SessionFolder } from './folder';
import type { FolderSources, OpenedFolder } from './folder';
import { requireSession } from './open-session';
import { Video } from './video';

/** What stands where a picture would be: a grey that every object's colour is seen on. */
const grey = 0x50;

/** A video that is not here: its size and frames are known, its pictures are not. */
class AwayVideo extends Video {
  /** Rejects: what is made from pictures cannot be made. */
  override frameAt(frame: number): Promise<Frame> {
    this.checkFrame(frame);
    return Promise.reject(
      new VideoError(
        'The video of this session is not here, so there are no pictures. Masks and tables can be exported; what is made from pictures cannot.',
        { code: 'away' },
      ),
    );
  }
}

/**
 * A session without its video, to look at and to export: masks on grey. Rejects with a SessionError when there is none,
 * or it cannot be read.
 */
export async function openAway(
  path: string,
  engines: EnginePair,
  sources: FolderSources,
): Promise<{ readonly video: Video; readonly folder: OpenedFolder }> {
  requireSession(path);
  const { name, width, height, frameCount, duration, range, every } = readSessionFile(path).video;
  const frameRate = duration !== null && duration > 0 ? frameCount / duration : null;
  const info: VideoInfo = {
    ...{ name, width, height, frameCount, duration, frameRate },
    path: null,
    pixelAspect: 1,
  };
  const opened: OpenedVideo = {
    info,
    times: null,
    sourceIndexes: Int32Array.from({ length: frameCount }, (_, i) => (range?.[0] ?? 0) + i * (every ?? 1)),
    names: null,
  };
  const key = randomUUID();
  const serve = (index: number): Promise<Frame> =>
    Promise.resolve({ index, width, height, data: new Uint8Array(width * height * 3).fill(grey) });
  const stop = engines.pictures.serveArrays(key, serve);
  const ref: VideoRef = { kind: 'arrays', key, info };
  const why = `the video of ${basename(resolve(path))} is not here. Masks and tables can be looked at and exported`;
  return {
    video: new AwayVideo(opened, ref, engines, stop),
    folder: await SessionFolder.open(path, sources, why),
  };
}
