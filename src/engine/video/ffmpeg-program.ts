import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { VideoError } from '../../errors';
import { packageRoot, venvPackages } from './package-root';

/** An ffmpeg that can be run. */
export interface FfmpegProgram {
  readonly path: string;
  /** Where it was found, in words. */
  readonly source: string;
  /** `7.1`. */
  readonly version: string;
}

/** One place where ffmpeg was looked for. */
export interface FfmpegCandidate {
  readonly source: string;
  readonly path: string | null;
}

/** The places in their order: FFMPEG_PATH, ffmpeg-static's file, PATH, the program inside imageio-ffmpeg. */
export function ffmpegCandidates(env: NodeJS.ProcessEnv = process.env): FfmpegCandidate[] {
  return [
    { source: 'FFMPEG_PATH', path: existing(env['FFMPEG_PATH']) },
    { source: 'ffmpeg-static', path: existing(staticPath()) },
    { source: 'PATH', path: onPath(env['PATH'] ?? '') },
    { source: 'imageio-ffmpeg in .venv', path: inVenv() },
  ];
}

/** The first ffmpeg that runs. Rejects with a VideoError that says how to get one. */
export async function findFfmpeg(env: NodeJS.ProcessEnv = process.env): Promise<FfmpegProgram> {
  for (const { source, path } of ffmpegCandidates(env)) {
    const version = path && (await versionOf(path));
    if (path && version) return { path, source, version };
  }
  throw new VideoError(
    'No ffmpeg was found, and videos cannot be read without it. Run `npm run setup`, install ffmpeg, or set FFMPEG_PATH to its program.',
    { code: 'no-ffmpeg' },
  );
}

/** Programs that ran once, by path and the time they were last written: asked again, they need not run again. */
const known = new Map<string, string>();

async function versionOf(path: string): Promise<string | null> {
  try {
    const key = `${path} ${statSync(path).mtimeMs}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { stdout } = await promisify(execFile)(path, ['-hide_banner', '-version']);
    const version = /version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
    known.set(key, version);
    return version;
  } catch {
    return null;
  }
}

function existing(path: string | null | undefined): string | null {
  return path && existsSync(path) ? path : null;
}

/** ffmpeg-static names its file even where it was never fetched, so the caller looks. */
function staticPath(): string | null {
  const folder = join(packageRoot(), 'node_modules', 'ffmpeg-static');
  return join(folder, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
}

function onPath(path: string): string | null {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = path.split(delimiter).filter((one) => one !== '');
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

function inVenv(): string | null {
  for (const packages of venvPackages()) {
    const folder = join(packages, 'imageio_ffmpeg', 'binaries');
    if (!existsSync(folder)) continue;
    const name = readdirSync(folder).find((one) => one.startsWith('ffmpeg-'));
    if (name) return join(folder, name);
  }
  return null;
}
