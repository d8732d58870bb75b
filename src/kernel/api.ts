import { openFrames } from '../engine/video';
import type { GivenFrames, OpenOptions } from '../engine/video';
import { resolve } from 'node:path';
import {
  listModels,
  openAway,
  openDraft,
  openFolderFor,
  openVideoArrays,
  openVideoPath,
  randomIds,
  RecentSessions,
  replaySession,
  requireSession,
  sessionVideo,
} from '../session';
import type { EnginePairOptions, FolderSources, OpenedFolder, ReplayReport, Video } from '../session';
import { Canvas } from './canvas';
import { CanvasFrame } from './canvas-frame';
import { NotebookSession } from './notebook-session';
import { Openings } from './openings';
import { OpenSessions } from './open-sessions';
import type { AnnotateOptions } from './notebook-session';
import { SharedEngines } from './shared-engines';

const engines = new SharedEngines();
/** Sessions that are open in this kernel, by the folder they are kept in: a cell that runs again goes on with them. */
const open = new OpenSessions();
/** What was open before, in this kernel and in others. */
const recent = new RecentSessions();
/** What canvases open, by the same ways as cells. */
const openings = new Openings({
  video: (path) => annotate(path),
  session: (path, options) => openSession(path, options),
  isOpen: (path) => open.at(path) !== null,
  engines: () => engines.of({}),
  recent,
});

/** How to open a video: which frames of it, and which model will look at it. */
export interface OpenVideoOptions extends OpenOptions, EnginePairOptions {}

/** How to open a session. */
export interface OpenSessionOptions extends EnginePairOptions, Omit<AnnotateOptions, 'at'> {
  /** Where the video is now, or the video itself. */
  readonly video?: string | Video;
  /** True: to look at and to export, without its video. */
  readonly withoutVideo?: boolean;
}

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
 * A canvas to open things on: a video, a folder of images, the sample, or a session of before, chosen on it. As the last
 * expression of a cell it is shown; {@link Canvas.session} waits for what is opened.
 *
 * @example const canvas = await annotate();
 * canvas
 */
export function annotate(): Promise<Canvas>;
/**
 * Begins to annotate a video, or goes on where it was left. The session is the canvas when it is the last expression of
 * a cell; objects, prompts, runs and masks are its members. Every edit is kept as it is made.
 *
 * @param video what {@link openVideo} answered with, or a path
 * @param options `at`: the folder to keep the work in, made where it is not there and opened where it is; without it
 *   the work is kept among the drafts ({@link listDrafts}). `show: false` for a session without a canvas
 * @throws SessionError when the folder holds the session of another video, or cannot be written
 * @example const session = await annotate(video, { at: "birds.masklet" });
 * session
 */
export function annotate(video: Video | string, options?: AnnotateOptions): Promise<NotebookSession>;
export async function annotate(
  video?: Video | string,
  options: AnnotateOptions = {},
): Promise<NotebookSession | Canvas> {
  if (video === undefined) return new Canvas(new CanvasFrame(openings));
  const { at, ...rest } = options;
  const opened = typeof video === 'string' ? await openVideo(video) : video;
  if (at === undefined) {
    const { folder, warning } = await draftOf(opened, rest);
    const kept = folder ? { opened: folder } : {};
    const session = new NotebookSession(opened, { ...rest, ...kept, opener: openings });
    if (warning) session.warn(warning);
    return settle(session);
  }
  return open.of(resolve(at), opened, async () => {
    const folder = await openFolderFor(at, opened, sourcesOf(rest));
    return begin(opened, folder, rest);
  });
}

/**
 * Opens a session that was saved, with its video.
 *
 * @param path the session's folder
 * @param options `video`: where the video is now, when it is not where it was; a model and its settings as in
 *   {@link openVideo}; `show: false` for a session without a canvas
 * @throws SessionError when the video is missing or another one; everything that was made stays
 * @example const session = await openSession("birds.masklet");
 */
export async function openSession(path: string, options: OpenSessionOptions = {}): Promise<NotebookSession> {
  requireSession(path);
  const { video, show, nextId, now, withoutVideo, ...engine } = options;
  const rest = {
    ...(show === undefined ? {} : { show }),
    ...(nextId === undefined ? {} : { nextId }),
    ...(now === undefined ? {} : { now }),
  };
  const already = open.at(resolve(path));
  if (already?.readOnly === null && video === undefined) return already;
  if (withoutVideo) {
    const away = await openAway(path, engines.of(engine), sourcesOf(rest));
    return settle(new NotebookSession(away.video, { ...rest, opened: away.folder, opener: openings }));
  }
  if (video !== undefined && typeof video !== 'string') return annotate(video, { ...rest, at: path });
  const saved = sessionVideo(path, video);
  const model = engine.model ?? (saved.model === null ? {} : await modelOf(saved.model));
  const pair = engines.of({ ...saved.engine, ...engine, ...(typeof model === 'string' ? { model } : model) });
  return annotate(await openVideoPath(saved.path, saved.options, pair), { ...rest, at: path });
}

/**
 * Does a saved session's whole log again, with the models it names, and compares the masks with those that are stored:
 * on the same machine every one is the same to the pixel. Nothing in the folder is changed.
 *
 * @param path the session's folder; it may be open
 * @param options `video`: where the video is now, when it is not where it was
 * @throws SessionError or ModelError when it cannot be done again
 * @example const report = await replay("birds.masklet"); // { masks: 400, identical: 400, lowest: 1, frames, notes }
 */
export async function replay(path: string, options: { readonly video?: string } = {}): Promise<ReplayReport> {
  requireSession(path);
  const saved = sessionVideo(path, options.video);
  const settings = saved.engine.settings ? { settings: saved.engine.settings } : {};
  const pair = engines.of(saved.model === null ? {} : { model: saved.model, ...settings });
  return replaySession(path, await openVideoPath(saved.path, saved.options, pair));
}

/** The model a session was left with, where it is on this machine; else the best there is. */
async function modelOf(name: string): Promise<{ readonly model?: string }> {
  if (name === 'synthetic') return { model: name };
  const known = (await listModels()).some((one) => one.name === name && one.ready);
  return known ? { model: name } : {};
}

function sourcesOf({ nextId, now }: AnnotateOptions): FolderSources {
  return { nextId: nextId ?? randomIds(), now: now ?? ((): Date => new Date()) };
}

/** Work goes on without a draft where none can be made: that is said, and no reason to stop. */
async function draftOf(
  video: Video,
  options: AnnotateOptions,
): Promise<{ folder: OpenedFolder | null; warning: string | null }> {
  try {
    return { folder: await openDraft(video, sourcesOf(options)), warning: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { folder: null, warning: `This work is in memory only: no draft could be made. ${why}` };
  }
}

async function begin(video: Video, folder: OpenedFolder, options: AnnotateOptions): Promise<NotebookSession> {
  const session = new NotebookSession(video, { ...options, opened: folder, opener: openings });
  folder.notices.forEach((notice) => session.warn(notice));
  void session.answerOpen();
  return settle(session);
}

/** Has a session among those that are open, and those that were. */
async function settle(session: NotebookSession): Promise<NotebookSession> {
  // One without its video is opened anew when the video is there again.
  if (session.readOnly === null || session.video.ref.kind === 'path') open.add(session);
  const remember = (): void => {
    if (session.path !== null) void recent.remember(session.path, session.video.name, new Date());
  };
  session.on('saved', remember);
  session.on('closed', remember);
  remember();
  await session.prepare();
  return session;
}
