import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { ModelSettings } from '../engine/models';
import { SessionError } from '../errors';
import { checkSameVideo, describeVideo, findVideo, readSessionFile, SessionFolder } from './folder';
import type { FolderSources, OpenedFolder } from './folder';
import { settingsKept } from './kept-settings';
import type { Video } from './video';

/**
 * The folder at a place, for work on a video: opened where it holds a session of this video, made where there is
 * nothing. Rejects with a SessionError for a session of another video, with both fingerprints.
 */
export async function openFolderFor(
  path: string,
  video: Video,
  sources: FolderSources,
): Promise<OpenedFolder> {
  const described = await describeVideo(video, path);
  if (!SessionFolder.exists(path)) return SessionFolder.create(path, described, video.facts, sources);
  checkSameVideo(readSessionFile(path).video, described);
  return SessionFolder.open(path, sources);
}

/** What is needed to open the video of a session: its place, and which of its frames are used. */
export interface SessionVideo {
  readonly path: string;
  readonly options: { readonly range?: readonly [number, number]; readonly every?: number };
  /** The model that was in use when it was saved; null where none was. */
  readonly model: string | null;
  /** Its settings, threads and the MiB of its cache, where they were kept. */
  readonly engine: {
    readonly settings?: ModelSettings;
    readonly threads?: number;
    readonly cacheMiB?: number;
  };
}

/** Where the video of a session lies, or was moved to (`given`). Throws a SessionError when it is missing, or the session cannot be read. */
export function sessionVideo(path: string, given?: string): SessionVideo {
  const { video, model } = readSessionFile(path);
  const { range, every } = video;
  return {
    path: given ?? findVideo(path, video),
    options: { ...(range === null ? {} : { range }), ...(every === null ? {} : { every }) },
    model: model?.name ?? null,
    engine: {
      ...(model && Object.keys(model.settings).length > 0 ? { settings: settingsKept(model.settings) } : {}),
      ...(model?.threads === undefined ? {} : { threads: model.threads }),
      ...(model?.cacheMiB === undefined ? {} : { cacheMiB: model.cacheMiB }),
    },
  };
}

/**
 * Where work is kept that was given no place of its own: `MASKLET_DRAFTS`, or the folder that the system has for such
 * things. Null where `MASKLET_DRAFTS` is `off`: such work is in memory only.
 */
export function draftsFolder(): string | null {
  const chosen = process.env['MASKLET_DRAFTS'];
  if (chosen === 'off') return null;
  if (chosen) return resolve(chosen);
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'masklet', 'drafts');
  if (process.platform === 'win32')
    return join(process.env['LOCALAPPDATA'] ?? homedir(), 'masklet', 'drafts');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'masklet', 'drafts');
}

/** True for a session that lies among the drafts. */
export function isDraft(path: string): boolean {
  const drafts = draftsFolder();
  return drafts !== null && resolve(path).startsWith(drafts + sep);
}

/** A draft: work that was given no place of its own. */
export interface Draft {
  readonly path: string;
  readonly video: string;
  readonly objects: number;
  /** When it was written to last, ISO 8601. */
  readonly saved: string;
}

/** The drafts of this machine, the latest first. Those in which nothing was done are not among them. */
export function listDrafts(): Draft[] {
  const folder = draftsFolder();
  if (folder === null || !existsSync(folder)) return [];
  const drafts = readdirSync(folder).flatMap((name): Draft[] => {
    const path = join(folder, name);
    try {
      if (statSync(join(path, 'log.jsonl')).size === 0) return [];
      const { video, document } = readSessionFile(path);
      const saved = statSync(join(path, 'log.jsonl')).mtime.toISOString();
      return [{ path, video: video.name, objects: document.objects.length, saved }];
    } catch {
      return [];
    }
  });
  return drafts.sort((a, b) => (a.saved < b.saved ? 1 : -1));
}

/**
 * A folder among the drafts for work on a video; null where drafts are off. Drafts in which nothing was ever done make
 * room for it. Rejects with a SessionError when none can be made.
 */
export async function openDraft(video: Video, sources: FolderSources): Promise<OpenedFolder | null> {
  const folder = draftsFolder();
  if (folder === null) return null;
  removeEmptyDrafts(folder);
  const stamp = sources.now().toISOString().slice(0, 19).replaceAll(':', '-');
  const name = video.name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 60);
  for (let number = 1; ; number++) {
    const path = join(folder, `${name} ${stamp}${number === 1 ? '' : ` ${number}`}.masklet`);
    if (existsSync(path)) continue;
    return SessionFolder.create(path, await describeVideo(video, path), video.facts, sources);
  }
}

function removeEmptyDrafts(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    try {
      const used = statSync(join(path, 'log.jsonl')).size > 0;
      if (!used && name.endsWith('.masklet') && !isHeld(path)) rmSync(path, { recursive: true });
    } catch {
      // Something else lies there, or somebody is at it: it stays.
    }
  }
}

function isHeld(path: string): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(join(path, 'open.lock'), 'utf8')) as { pid: number };
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Throws a SessionError for a path that is not a session. */
export function requireSession(path: string): void {
  if (!SessionFolder.exists(path))
    throw new SessionError(
      `There is no session at ${resolve(path)}: a session is a folder with a session.json.`,
      {
        path,
      },
    );
}
