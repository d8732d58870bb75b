import type { Video } from '../session';
import type { NotebookSession } from './notebook-session';

/**
 * The sessions of this kernel by the folder that they are kept in. A cell that opens one and is run again goes on with
 * it, instead of being told that somebody has it open.
 */
export class OpenSessions {
  readonly #sessions = new Map<string, Promise<NotebookSession>>();
  readonly #known = new Map<string, NotebookSession>();

  /** The session at a place, where it is open. */
  at(path: string): NotebookSession | null {
    const session = this.#known.get(path);
    return session && !session.disposed ? session : null;
  }

  /** The session at a place: the one that is open there for this video, or the one that `make` opens. */
  async of(path: string, video: Video, make: () => Promise<NotebookSession>): Promise<NotebookSession> {
    const before = await this.#sessions.get(path)?.catch(() => null);
    if (before && !before.disposed && before.path === path) {
      if (sameFrames(before.video, video)) return before;
      await before.dispose();
    }
    const made = make();
    this.#sessions.set(path, made);
    const session = await made;
    this.#known.set(path, session);
    return session;
  }
}

function sameFrames(a: Video, b: Video): boolean {
  return a === b || (a.ref.kind === 'path' && JSON.stringify(a.ref) === JSON.stringify(b.ref));
}
