import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../../src/engine/video';

/** Clips made by ffmpeg in a folder of their own, for one test file. */
export class ClipFolder {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'masklet-clips-'));
  readonly #program: string;

  private constructor(program: string) {
    this.#program = program;
  }

  static async open(): Promise<ClipFolder> {
    return new ClipFolder((await findFfmpeg()).path);
  }

  /** Runs ffmpeg; `OUT` in the arguments is the clip's path, `IN:name` that of another clip. */
  make(name: string, ...args: string[]): string {
    const path = this.path(name);
    const resolved = args.map((one) => (one.startsWith('IN:') ? this.path(one.slice(3)) : one));
    execFileSync(this.#program, ['-hide_banner', '-loglevel', 'error', '-y', ...resolved, path]);
    return path;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Every picture that `ffmpeg -i VIDEO -map 0:v:0 -fps_mode passthrough` puts out: the truth of C1. */
  fullDecode(path: string, pictureBytes: number): Buffer[] {
    const args = [
      '-hide_banner',
      '-loglevel',
      'error',
      '-i',
      path,
      '-map',
      '0:v:0',
      '-fps_mode',
      'passthrough',
    ];
    const raw = execFileSync(this.#program, [...args, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'], {
      maxBuffer: 1 << 30,
    });
    const count = raw.length / pictureBytes;
    return Array.from({ length: count }, (_, i) => raw.subarray(i * pictureBytes, (i + 1) * pictureBytes));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
