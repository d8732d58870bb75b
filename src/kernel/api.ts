import { openFrames } from '../engine/video';
import type { GivenFrames, OpenOptions } from '../engine/video';
import { openVideoArrays, openVideoPath } from '../session';
import type { EnginePairOptions, Video } from '../session';
import { NotebookSession } from './notebook-session';
import type { AnnotateOptions } from './notebook-session';
import { SharedEngines } from './shared-engines';

const engines = new SharedEngines();

/** How to open a video: which frames of it, and which model will look at it. */
export interface OpenVideoOptions extends OpenOptions, EnginePairOptions {}

/**
 * Opens a video file (mp4, mov, avi, mkv, webm), a folder of images (jpg, png), `sample:big-buck-bunny`,
 * `sample:carphone` or `sample:bikes`, or frames given as arrays. Nothing is decoded but what is asked for.
 *
 * @param source a path, relative to the notebook's folder; or frames of one size as uint8 arrays
 * @param options `range` = first and last frame of the file to use, both included; `every` = every n-th of them
 * @throws VideoError: a sentence that says what is wrong with the file and what to do
 * @example const video = await openVideo("birds.mp4", { every: 2, range: [0, 900] });
 */
export async function openVideo(
  source: string | GivenFrames,
  options: OpenVideoOptions = {},
): Promise<Video> {
  const { range, every, ...engine } = options;
  const open = { ...(range === undefined ? {} : { range }), ...(every === undefined ? {} : { every }) };
  const pair = engines.of(engine);
  if (typeof source === 'string') return openVideoPath(source, open, pair);
  return openVideoArrays(openFrames(source), pair);
}

/**
 * Begins to annotate a video. The session is the canvas when it is the last expression of a cell; objects,
 * prompts, runs and masks are its members.
 *
 * @param video what {@link openVideo} answered with, or a path
 * @param options `show: false` for a session without a canvas
 * @example const session = await annotate(video);
 * session
 */
export async function annotate(
  video: Video | string,
  options: AnnotateOptions = {},
): Promise<NotebookSession> {
  return new NotebookSession(typeof video === 'string' ? await openVideo(video) : video, options);
}
