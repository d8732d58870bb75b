import { CommandError } from '../errors';
import { openFolderFor, openVideoPath, randomIds, requireSession, Session, sessionVideo } from '../session';
import type { FolderSources } from '../session';
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
  const engines = enginesOf(flags, saved.model);
  try {
    const opened = await openVideoPath(saved.path, saved.options, engines);
    const sources = sessionSources();
    const folder = await openFolderFor(path, opened, sources);
    folder.notices.forEach((one) => output.notice(one));
    const session = new Session(opened, { ...sources, opened: folder });
    try {
      return await work(session);
    } finally {
      await session.dispose();
    }
  } finally {
    output.end();
    await engines.dispose();
  }
}

/** Throws a CommandError where a session can only be looked at. */
export function requireWritable(session: Session): void {
  if (session.readOnly !== null) throw new CommandError(`${session.readOnly}. Nothing was changed.`);
}
