import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fingerprintOf } from '../../engine/video';
import { SessionError } from '../../errors';
import type { Video } from '../video';
import type { SavedVideo } from './session-file';

/** Describes a video so that a session can find it and know it again. `folder` is the session's. */
export async function describeVideo(video: Video, folder: string): Promise<SavedVideo> {
  const { name, width, height, frameCount, info, ref } = video;
  const facts = { name, width, height, frameCount, duration: info.duration };
  if (ref.kind === 'arrays')
    return { ...facts, path: null, range: null, every: null, bytes: null, hash: await hashArrays(video) };
  const { range, every } = ref.options;
  return {
    ...facts,
    path: placeFrom(folder, ref.path),
    range: range ?? null,
    every: every ?? null,
    ...(await fingerprintOf(ref.path)),
  };
}

/** Frames given as arrays have no file: their first, middle and last pictures tell them apart. */
async function hashArrays(video: Video): Promise<string> {
  const hash = createHash('sha256');
  const last = video.frameCount - 1;
  for (const frame of new Set([0, Math.floor(last / 2), last]))
    hash.update((await video.frameAt(frame)).data);
  return hash.digest('hex').slice(0, 32);
}

function placeFrom(folder: string, path: string): string {
  if (path.startsWith('sample:')) return path;
  const place = relative(resolve(folder), path);
  // On another drive (Windows) there is no way from here to there.
  return isAbsolute(place) ? path : place.split(sep).join('/');
}

/** A saved video's place as it is seen from another folder. */
export function moveVideoPath(path: string | null, from: string, to: string): string | null {
  return path === null || path.startsWith('sample:') ? path : placeFrom(to, resolve(from, path));
}

/**
 * Where a session's video is: at its place seen from the session's folder, or beside that folder under its name.
 * Throws a SessionError when it is at neither.
 */
export function findVideo(folder: string, video: SavedVideo): string {
  if (video.path === null)
    throw new SessionError(
      `The frames of this session were given as arrays, so they are in no file. Give them again: openSession(${JSON.stringify(folder)}, { video }).`,
    );
  if (video.path.startsWith('sample:')) return video.path;
  const places = [
    resolve(folder, video.path),
    join(dirname(resolve(folder)), basename(video.path)),
    join(resolve(folder), basename(video.path)),
  ];
  const found = places.find((path) => existsSync(path));
  if (found) return found;
  throw new SessionError(
    `The video of this session is not there: ${[...new Set(places)].join(', ')}. Everything you made is kept. Put the video at one of these places, or say where it is: openSession(${JSON.stringify(folder)}, { video: "…" }).`,
    { path: places[0]!, code: 'video-missing', saved: words(video) },
  );
}

/** Throws a SessionError, with both fingerprints, when a video is not the one that a session was made of. */
export function checkSameVideo(saved: SavedVideo, given: SavedVideo): void {
  const same =
    saved.hash === given.hash &&
    saved.bytes === given.bytes &&
    saved.frameCount === given.frameCount &&
    saved.width === given.width &&
    saved.height === given.height &&
    JSON.stringify([saved.range, saved.every]) === JSON.stringify([given.range, given.every]);
  if (same) return;
  throw new SessionError(
    `This is not the video of the session. The session was made of ${words(saved)}; given was ${words(given)}. Nothing was changed. Open the session with its own video, or make a new session for this one.`,
    { code: 'other-video', saved: words(saved), given: words(given) },
  );
}

function words({ name, bytes, frameCount, width, height, duration, hash, range, every }: SavedVideo): string {
  const parts = [
    `${frameCount} frames of ${width} × ${height}`,
    ...(duration === null ? [] : [`${duration.toFixed(2)} s`]),
    ...(bytes === null ? [] : [`${bytes} bytes`]),
    ...(range === null ? [] : [`range ${range[0]}-${range[1]}`]),
    ...(every === null ? [] : [`every ${every}`]),
    `fingerprint ${hash}`,
  ];
  return `“${name}” (${parts.join(', ')})`;
}
