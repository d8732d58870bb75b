import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as v from 'valibot';
import { SessionFolder, readSessionFile, writeAtomically } from './folder';
import { draftsFolder, isDraft, listDrafts } from './open-session';

/** A session that was open before, as it is now. */
export interface RecentSession {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  readonly video: string;
  /** Null where it cannot be read. */
  readonly objects: number | null;
  /** Frames with a mask, and frames of the video. */
  readonly frames: readonly [masked: number, total: number] | null;
  /** When it was open or written to last, ISO 8601. */
  readonly used: string;
  readonly draft: boolean;
  readonly state: 'here' | 'missing' | 'damaged';
}

const entry = v.object({
  path: v.string(),
  video: v.string(),
  used: v.string(),
  /** Taken off the list; a draft that is there would come back by itself otherwise. */
  hidden: v.exactOptional(v.boolean()),
});
type Entry = v.InferOutput<typeof entry>;

/** Sessions that are kept in the list, and shown of it. */
const keptEntries = 40;
const shownEntries = 12;
/** A session.json of more bytes is not read for the sake of a list. */
const readable = 16 * 1024 * 1024;

/**
 * The sessions that a user had open, in `recent.json` among the drafts; in memory only where drafts are off. A list for
 * convenience: a disk that refuses it costs nothing but the list.
 */
export class RecentSessions {
  #unkept: readonly Entry[] = [];
  #writing: Promise<void> = Promise.resolve();

  /** Puts a session at the head of the list. */
  async remember(path: string, video: string, now: Date): Promise<void> {
    await this.#change(path, { path: resolve(path), video, used: now.toISOString() });
  }

  /** Takes a session off the list. The session itself stays where it is. */
  async forget(path: string, now: Date): Promise<void> {
    const hidden = isDraft(path) && SessionFolder.exists(path);
    await this.#change(
      path,
      hidden ? { path: resolve(path), video: '', used: now.toISOString(), hidden } : null,
    );
  }

  /** The sessions of the list and the drafts, the latest first. */
  list(): RecentSession[] {
    const entries = this.#read();
    const listed = new Set(entries.map((one) => one.path));
    const drafts = listDrafts()
      .filter(({ path }) => !listed.has(path))
      .map(({ path, video, saved }): Entry => ({ path, video, used: saved }));
    return [...entries.filter((one) => one.hidden !== true), ...drafts]
      .map(look)
      .filter((one) => !(one.draft && one.state === 'missing'))
      .sort((a, b) => (a.used < b.used ? 1 : -1))
      .slice(0, shownEntries);
  }

  /** One change after the other; each reads what other kernels wrote meanwhile. */
  #change(path: string, next: Entry | null): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const rest = this.#read().filter((one) => one.path !== resolve(path));
      const entries = [...(next ? [next] : []), ...rest].slice(0, keptEntries);
      this.#unkept = entries;
      const folder = draftsFolder();
      if (folder === null) return;
      try {
        mkdirSync(folder, { recursive: true });
        await writeAtomically(join(folder, 'recent.json'), JSON.stringify(entries, null, 1));
      } catch {
        // The list of this kernel has it all the same.
      }
    });
    return this.#writing;
  }

  #read(): readonly Entry[] {
    const folder = draftsFolder();
    if (folder === null) return this.#unkept;
    try {
      return v.parse(v.array(entry), JSON.parse(readFileSync(join(folder, 'recent.json'), 'utf8')));
    } catch {
      return this.#unkept;
    }
  }
}

/** What a session's folder says of itself now. */
function look({ path, video, used }: Entry): RecentSession {
  const draft = isDraft(path);
  const name = draft ? video : basename(path).replace(/\.masklet$/i, '');
  const nothing = { path, name, video, objects: null, frames: null, used, draft } as const;
  if (!existsSync(join(path, 'session.json'))) return { ...nothing, state: 'missing' };
  try {
    const written = statSync(join(path, 'log.jsonl')).mtime.toISOString();
    const latest = written > used ? written : used;
    if (statSync(join(path, 'session.json')).size > readable)
      return { ...nothing, used: latest, state: 'here' };
    return { ...nothing, used: latest, ...summaryOf(path), state: 'here' };
  } catch {
    return { ...nothing, state: 'damaged' };
  }
}

function summaryOf(path: string): Pick<RecentSession, 'objects' | 'frames'> {
  const { video, document } = readSessionFile(path);
  const masked = new Set(document.tracks.flatMap(({ frames }) => frames));
  return { objects: document.objects.length, frames: [masked.size, video.frameCount] };
}

/** What is in a session, in words: `3 objects, masks on 240 of 900 frames`. Throws a SessionError where it cannot be read. */
export function keptWords(path: string): string {
  const { objects, frames } = summaryOf(path);
  const count = objects === 1 ? '1 object' : `${objects ?? 0} objects`;
  return frames && frames[0] > 0 ? `${count}, masks on ${frames[0]} of ${frames[1]} frames` : count;
}
