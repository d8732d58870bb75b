import type { Video } from '../session';
import type { NotebookSession } from './notebook-session';

/**
 * The sessions of this kernel. A cell that opens one and is run again goes on with it, instead of being told that
 * somebody has it open; so does a canvas.
 */
export class OpenSessions {
  readonly #opening = new Map<string, Promise<NotebookSession>>();
  readonly #open = new Set<NotebookSession>();

  /** The session at a place, where it is open. */
  at(path: string): NotebookSession | null {
    return [...this.#open].find((one) => !one.disposed && one.path === path) ?? null;
  }

  /** A session that is open, wherever it is kept. */
  add(session: NotebookSession): void {
    for (const one of this.#open) if (one.disposed) this.#open.delete(one);
    this.#open.add(session);
  }

  /** The session at a place: the one that is open there for this video, or the one that `make` opens. */
  async of(path: string, video: Video, make: () => Promise<NotebookSession>): Promise<NotebookSession> {
    await this.#opening.get(path)?.catch(() => null);
    const before = this.at(path);
    if (before) {
      // One that could only be looked at is tried anew: whoever had it open may be gone.
      if (sameFrames(before.video, video) && before.readOnly === null) return before;
      await before.dispose();
    }
    const made = make();
    this.#opening.set(path, made);
    try {
      const session = await made;
      this.add(session);
      return session;
    } finally {
      this.#opening.delete(path);
    }
  }
}

function sameFrames(a: Video, b: Video): boolean {
  return a === b || (a.ref.kind === 'path' && JSON.stringify(a.ref) === JSON.stringify(b.ref));
}
