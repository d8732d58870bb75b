import { join, relative, resolve } from 'node:path';
import { CommandError } from '../errors';
import { openVideoPath, Session } from '../session';
import type { RunSummary, Video } from '../session';
import { enginesOf } from './engines';
import { checkPlaces, exportEach, exportPlaces } from './export-places';
import type { FormatReport } from './export-places';
import { openOptions } from './flags';
import type { ModelFlags } from './flags';
import { givePrompts } from './give-prompts';
import type { Output } from './output';
import { openPromptsFile } from './prompts-file';
import type { FileObject } from './prompts-file';
import { followRun, paceWords } from './run-progress';
import { Signals } from './signals';
import { wholeNumber } from './whole-number';

/** A video, the prompts on it, and where its masks go. */
export interface VideoRun {
  readonly path: string;
  readonly prompts: string;
  readonly out: string;
  readonly formats: readonly string[];
}

/** How a video is opened and run through. */
export interface VideoRunFlags extends ModelFlags {
  readonly range?: string;
  readonly every?: string;
  readonly stride?: string;
}

/**
 * Carries prompts through a video and writes the masks. A SIGINT or SIGTERM ends it after the frame in hand, and what
 * there is by then is written.
 */
export async function propagateVideo(run: VideoRun, flags: VideoRunFlags, output: Output): Promise<void> {
  const given = await openPromptsFile(resolve(run.prompts));
  const stride = flags.stride === undefined ? 1 : wholeNumber(flags.stride, '--stride');
  const engines = enginesOf(flags);
  try {
    const video = await openVideoPath(run.path, openOptions(flags), engines);
    const session = new Session(video);
    await checkPlaces(session, exportPlaces(run.formats, run.out));
    const objects = await given(video);
    const signals = new Signals(() => void session.cancel());
    try {
      const summary = await compute(session, { objects, stride, signals, output });
      await write(session, run, { summary, signals, output });
      if (signals.seen !== null) process.exitCode = signals.exitCode;
    } finally {
      signals.dispose();
    }
  } finally {
    output.end();
    await engines.dispose();
  }
}

interface Computing {
  readonly objects: readonly FileObject[];
  readonly stride: number;
  readonly signals: Signals;
  readonly output: Output;
}

/** Answers prompts and runs, until it is done or a signal comes. Null where nothing was run. */
async function compute(
  session: Session,
  { objects, stride, signals, output }: Computing,
): Promise<RunSummary | null> {
  try {
    await givePrompts(session, objects, () => stopWhere(signals));
    if (!framesLeft(session)) return null;
    const { text } = await session.forecast({ stride });
    stopWhere(signals);
    output.notice(text);
    return await followRun(session.propagate({ direction: 'both', stride }), output);
  } catch (error) {
    // A signal may take the engine along; what was computed before is there.
    if (signals.seen === null) throw error;
    return null;
  }
}

function stopWhere({ seen }: Signals): void {
  if (seen !== null) throw new CommandError(`Stopped by ${seen}.`);
}

/** False when every object is prompted on every frame: there is nothing to compute then. */
function framesLeft(session: Session): boolean {
  return [...session.objects].some((object) => object.frames.length < session.video.frameCount);
}

interface Ended {
  readonly summary: RunSummary | null;
  readonly signals: Signals;
  readonly output: Output;
}

async function write(
  session: Session,
  { formats, out }: VideoRun,
  { summary, signals, output }: Ended,
): Promise<void> {
  const { video } = session;
  const frames = framesDone(session);
  const stopped = signals.seen !== null;
  const pace = summary ? paceWords(summary) : '';
  const places = stopped && frames.done === 0 ? [] : exportPlaces(formats, out);
  const options = stopped ? { annotated: true } : {};
  const reports: FormatReport[] = [];
  let text = '';
  for await (const report of exportEach(session, places, () => options, output)) {
    reports.push(report);
    text += `${exportWords(report, video)}${pace}\n`;
    if (report.format === 'davis' && !stopped && report.files.length !== video.frameCount)
      throw new CommandError(`Only ${report.files.length} of ${video.frameCount} frames were written.`);
  }
  if (signals.seen !== null) text += stoppedWords(signals.seen, frames);
  output.result({ run: summary, stopped: signals.seen, frames, exports: reports }, text);
}

function exportWords({ format, ...report }: FormatReport, video: Video): string {
  const folder = relative(process.cwd(), report.folder) || '.';
  const { length } = report.files;
  return format === 'davis'
    ? `${length} masks in ${join(folder, 'Annotations', video.name)}`
    : `${format}: ${length} files in ${folder}`;
}

/** Frames on which an object has a mask, those of them on which all have, and all there are. */
interface FramesDone {
  readonly done: number;
  readonly whole: number;
  readonly total: number;
}

function framesDone({ objects, video }: Session): FramesDone {
  const masks = new Map<number, number>();
  for (const { frames } of objects) for (const frame of frames) masks.set(frame, (masks.get(frame) ?? 0) + 1);
  const whole = [...masks.values()].filter((count) => count === [...objects].length).length;
  return { done: masks.size, whole, total: video.frameCount };
}

function stoppedWords(signal: string, { done, whole, total }: FramesDone): string {
  if (done === 0) return `Stopped by ${signal} before there was a mask. Nothing was written.\n`;
  const part = whole < done ? `, on ${done - whole} of them not yet of all objects` : '';
  return `Stopped by ${signal}: masks of ${done} of ${total} frames were written${part}. A session (masklet new) can go on where it was stopped.\n`;
}
