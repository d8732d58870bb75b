import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as paths from 'node:path';
import { isMaskletError, SessionError, VideoError } from '../errors';
import type { OfferedView, PlaceRequest, RecentView } from '../protocol';
import { keptWords, sessionVideo } from '../session';
import type { EnginePair, RecentSessions } from '../session';
import type { CanvasFrame, CanvasOpener, OpenRequest, Showing } from './canvas-frame';
import { putOn } from './notebook-session';
import type { NotebookSession } from './notebook-session';
import { placeOf } from './place-of';
import type { Answered } from './session-answers';

/** The doors that a canvas opens: the same that cells open. */
export interface Doors {
  video(path: string): Promise<NotebookSession>;
  session(path: string, options: { video?: string; withoutVideo?: boolean }): Promise<NotebookSession>;
  /** True for the folder of a session that is open in this kernel. */
  isOpen(path: string): boolean;
  engines(): EnginePair;
  readonly recent: RecentSessions;
}

/** The kernel's folder as Jupyter's server chose it; cells may go elsewhere later. */
const started = process.cwd();

const samples = [{ place: 'sample:big-buck-bunny', title: 'Sample clip: Big Buck Bunny, 132 frames' }];

/** What canvases may open: videos, folders of images and sessions, by path or by JupyterLab's file browser. */
export class Openings implements CanvasOpener {
  readonly #doors: Doors;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  /** Opens what is at a path as a cell names it. Rejects with an error of src/errors; nothing is changed then. */
  async at(path: string, options: { video?: string; withoutVideo?: boolean } = {}): Promise<NotebookSession> {
    const place = this.#find({ typed: path });
    const session = sessionAt(place);
    if (session === null) return this.#doors.video(place);
    try {
      return await this.#doors.session(session, options);
    } catch (error) {
      throw withKept(error, session);
    }
  }

  async open({ place, video, withoutVideo = false }: OpenRequest): Promise<(frame: CanvasFrame) => Showing> {
    const session = await this.at(this.#find(place), {
      ...(video ? { video: this.#find(video) } : {}),
      ...(withoutVideo ? { withoutVideo } : {}),
    });
    return (frame) => putOn(session, frame);
  }

  async answer(request: Parameters<CanvasOpener['answer']>[0]): Promise<Answered> {
    switch (request.kind) {
      case 'offered':
        // What shows the first picture is ready by the time that something was chosen.
        void this.#doors
          .engines()
          .pictures.call('status', {})
          .catch(() => null);
        return { value: this.#offered() };
      case 'forget':
        await this.#doors.recent.forget(request.path, new Date());
        return { value: {} };
      case 'glimpse': {
        const place = this.#find(request.place);
        const session = sessionAt(place);
        const path = session === null ? place : sessionVideo(session).path;
        const { maxWidth } = request;
        const { data, ...value } = await this.#doors.engines().pictures.call('glimpse', { path, maxWidth });
        return { value, buffers: [data] };
      }
    }
  }

  #offered(): OfferedView {
    const recent = this.#doors.recent.list().map((one): RecentView => {
      const open = one.state === 'here' && this.#doors.isOpen(one.path);
      return open ? { ...one, state: 'open' } : one;
    });
    // What is open comes first, whatever was closed since.
    recent.sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
    return { folder: process.cwd(), recent, samples };
  }

  #find(place: PlaceRequest): string {
    return placeOf(place, {
      cwd: process.cwd(),
      started,
      home: homedir(),
      notebookFile: process.env['JPY_SESSION_NAME'] ?? null,
      paths: process.platform === 'win32' ? paths.win32 : paths.posix,
    });
  }
}

/** The session that a path means: its folder, or a file in it; null for anything else. */
function sessionAt(place: string): string | null {
  if (place.startsWith('sample:')) return null;
  const folder = basename(place) === 'session.json' ? dirname(place) : place;
  if (existsSync(join(folder, 'session.json'))) return folder;
  if (!/\.masklet$/i.test(place)) return null;
  const isThere = existsSync(place);
  throw new SessionError(
    isThere
      ? `${place} is named as a session, but has no session.json. If it was copied, copy it whole; the log in it holds every edit.`
      : `There is no session at ${place}. Was its folder moved or renamed? Choose it where it is now.`,
    { path: place, code: isThere ? 'damaged' : 'missing' },
  );
}

/** A session without its video: what is kept is said beside it. */
function withKept(error: unknown, session: string): unknown {
  if (!isMaskletError(error)) return error;
  const { code } = error.fields;
  if (code !== 'video-missing' && code !== 'other-video') {
    // The file that was given for the session's video is not one.
    if (error instanceof VideoError)
      return new VideoError(error.message, { ...error.fields, session, kept: kept(session) }, error);
    return error;
  }
  return new SessionError(error.message, { ...error.fields, session, kept: kept(session) }, error);
}

function kept(session: string): string {
  try {
    return keptWords(session);
  } catch {
    return '';
  }
}
