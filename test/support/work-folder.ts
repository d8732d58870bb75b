import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderFor, openVideoArrays, Session } from '../../src/session';
import type { EnginePair } from '../../src/session';
import { blue, red, SyntheticVideo } from './synthetic-video';
import type { Square } from './synthetic-video';

/** A clock that goes a second a call, and ids that count: the same edits make the same files. */
export function fixedSources(): { now: () => Date; nextId: () => string } {
  let [seconds, ids] = [0, 0];
  return { now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++)), nextId: () => `id${ids++}` };
}

/** A folder of its own for sessions on a synthetic video, and what opens them. */
export class WorkFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'masklet-work-'));
  readonly #engines: EnginePair;
  readonly #open: Session[] = [];

  constructor(engines: EnginePair) {
    this.#engines = engines;
  }

  /** Where a session of a name lies. */
  at(name = 'work.masklet'): string {
    return join(this.path, name);
  }

  /** Opens or makes a session of a name. */
  async open(
    name = 'work.masklet',
    { frames = 30, squares = [red, blue] }: { frames?: number; squares?: readonly Square[] } = {},
    sources: ReturnType<typeof fixedSources> = fixedSources(),
  ): Promise<{ session: Session; notices: readonly string[] }> {
    const video = openVideoArrays(new SyntheticVideo(frames, squares), this.#engines);
    const opened = await openFolderFor(this.at(name), video, sources);
    const session = new Session(video, { ...sources, opened });
    this.#open.push(session);
    return { session, notices: opened.notices };
  }

  /** A copy of a session's folder as it is at this moment: what a process that is killed now leaves behind. */
  killed(session: Session, name = 'killed.masklet'): string {
    const lock = (path: string): boolean => !path.endsWith('open.lock');
    cpSync(session.path!, this.at(name), { recursive: true, filter: lock });
    return this.at(name);
  }

  async remove(): Promise<void> {
    for (const session of this.#open) await session.dispose().catch(() => undefined);
    rmSync(this.path, { recursive: true, force: true });
  }
}
