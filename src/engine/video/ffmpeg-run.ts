import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

/** An ffmpeg process whose output is read as it comes. */
export type FfmpegProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Starts ffmpeg with its usual chatter off, nothing on its standard input. */
export function startFfmpeg(program: string, args: readonly string[], loglevel = 'error'): FfmpegProcess {
  return spawn(program, ['-hide_banner', '-nostdin', '-loglevel', loglevel, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Everything a finished ffmpeg said. */
export interface FfmpegResult {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs ffmpeg to its end, handing its output on line by line. */
export async function readLines(
  program: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<FfmpegResult> {
  const child = startFfmpeg(program, args);
  const errors = collect(child.stderr);
  const exit = ended(child);
  // Cut by hand: an hour of video is 90,000 lines, and readline's loop is slow over so many.
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.trimEnd());
  });
  const code = await exit;
  if (rest !== '') onLine(rest);
  return { code, stderr: await errors };
}

/** Resolves with the exit code; null when it was killed or could not start. */
export function ended(child: FfmpegProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
}

/** The last 8 KB of what a stream says. */
export async function collect(stream: Readable): Promise<string> {
  let text = '';
  try {
    for await (const chunk of stream) text = (text + String(chunk)).slice(-8192);
  } catch {
    // A stream that breaks off has said what it had to say.
  }
  return text;
}
