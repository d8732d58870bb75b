import { CommandError } from '../errors';
import {
  EnginePair,
  openFolderFor,
  openVideoPath,
  randomIds,
  requireSession,
  Session,
  sessionVideo,
} from '../session';
import type { FolderSources, SessionVideo } from '../session';
import { enginesOf } from './engines';
import type { ModelFlags } from './flags';
import type { Output } from './output';

/** How commands on a session are told what they need besides its folder. */
export interface SessionFlags extends ModelFlags {
  readonly video?: string;
  readonly json?: boolean;
}

/** The help of `--video`. */
export const videoMoved = 'where the video is now, when it is not where it was';

/** Clock and ids of a session. */
export function sessionSources(): FolderSources {
  return { now: () => new Date(), nextId: randomIds() };
}

/** Does something with a session on the disk, whose video is opened with it, and closes both. */
export async function withSession<T>(
  path: string,
  flags: SessionFlags,
  output: Output,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  requireSession(path);
  const saved = sessionVideo(path, flags.video);
  const engines = enginesOf(flags, saved);
  return withOpened([{ path, video: saved }], engines, output, ([session]) => work(session!));
}

/** The same with several, whose videos are where they were; no model is asked. All are open until the work is done. */
export async function withSessions<T>(
  paths: readonly string[],
  output: Output,
  work: (sessions: readonly Session[]) => Promise<T>,
): Promise<T> {
  paths.forEach((path) => requireSession(path));
  const all = paths.map((path) => ({ path, video: sessionVideo(path) }));
  return withOpened(all, new EnginePair(), output, work);
}

interface SavedSession {
  readonly path: string;
  readonly video: SessionVideo;
}

async function withOpened<T>(
  saved: readonly SavedSession[],
  engines: EnginePair,
  output: Output,
  work: (sessions: readonly Session[]) => Promise<T>,
): Promise<T> {
  const sessions: Session[] = [];
  try {
    for (const { path, video } of saved) {
      const opened = await openVideoPath(video.path, video.options, engines);
      const sources = sessionSources();
      const folder = await openFolderFor(path, opened, sources);
      folder.notices.forEach((one) => output.notice(one));
      sessions.push(new Session(opened, { ...sources, opened: folder }));
    }
    return await work(sessions);
  } finally {
    for (const session of sessions) await session.dispose();
    output.end();
    await engines.dispose();
  }
}

/** Throws a CommandError where a session can only be looked at. */
export function requireWritable(session: Session): void {
  if (session.readOnly !== null) throw new CommandError(`${session.readOnly}. Nothing was changed.`);
}
