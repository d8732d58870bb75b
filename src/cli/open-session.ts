import {
  EnginePair,
  openFolderFor,
  openVideoPath,
  randomIds,
  requireSession,
  Session,
  sessionVideo,
} from '../session';

/** Does something with a session on the disk, whose video is opened with it, and closes both. */
export async function withSession<T>(
  path: string,
  video: string | undefined,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  requireSession(path);
  const saved = sessionVideo(path, video);
  const engines = new EnginePair({ ...(saved.model === null ? {} : { model: saved.model }) });
  try {
    const opened = await openVideoPath(saved.path, saved.options, engines);
    const sources = { now: () => new Date(), nextId: randomIds() };
    const folder = await openFolderFor(path, opened, sources);
    folder.notices.forEach((one) => process.stderr.write(`${one}\n`));
    const session = new Session(opened, { ...sources, opened: folder });
    try {
      return await work(session);
    } finally {
      await session.dispose();
    }
  } finally {
    await engines.dispose();
  }
}
