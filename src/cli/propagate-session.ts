import { formatOf } from '../formats';
import type { PropagateOptions, RunSummary, Session } from '../session';
import { checkPlaces, exportEach, exportPlaces, filesWords } from './export-places';
import type { ExportPlace, FormatReport } from './export-places';
import { rangeOf } from './flags';
import { requireWritable, withSession } from './open-session';
import type { SessionFlags } from './open-session';
import type { Output } from './output';
import { followRun, runWords } from './run-progress';
import { Signals } from './signals';
import { wholeNumber } from './whole-number';
import { WrongUse } from './wrong-use';

/** How a session is run through. */
export interface SessionRunFlags extends SessionFlags {
  readonly out?: string;
  readonly format?: readonly string[];
  readonly range?: string;
  readonly stride?: string;
  readonly missing?: boolean;
  readonly direction?: string;
  readonly object?: readonly string[];
  readonly block?: string;
  readonly from?: string;
  readonly forecast?: boolean;
}

/** What came of it, as `--json` gives it. */
interface SessionRunReport {
  /** Null where every frame had its mask already. */
  readonly run: RunSummary | null;
  /** The signal that ended it; null where none did. */
  readonly stopped: string | null;
  readonly exports: readonly FormatReport[];
}

/** Carries the masks of a session through its video. A SIGINT or SIGTERM ends it after the frame in hand. */
export async function propagateSession(path: string, flags: SessionRunFlags, output: Output): Promise<void> {
  const options = runOptions(flags);
  const formats = flags.format ?? (flags.out === undefined ? [] : ['davis']);
  formats.forEach((one) => formatOf(one));
  if (formats.length > 0 && flags.out === undefined)
    throw new WrongUse('--format needs --out: where to write.');
  const places = exportPlaces(formats, flags.out ?? '.');
  await withSession(path, flags, output, async (session) => {
    if (flags.forecast) {
      const forecast = await session.forecast(options);
      output.result(forecast, `${forecast.text}\n`);
      return;
    }
    requireWritable(session);
    await checkPlaces(session, places);
    const signals = new Signals(() => void session.cancel());
    try {
      await session.answerOpen();
      const run = nothingMissing(session, options) ? null : await runUntil(signals, session, options, output);
      const stopped = signals.seen;
      const exports = stopped === null ? await writeAll(session, places, output) : [];
      report(path, { run, stopped, exports }, output);
      if (stopped !== null) process.exitCode = signals.exitCode;
    } finally {
      signals.dispose();
    }
  });
}

function runOptions(flags: SessionRunFlags): PropagateOptions {
  const { direction = 'both' } = flags;
  if (direction !== 'both' && direction !== 'forward' && direction !== 'backward')
    throw new WrongUse(`--direction is both, forward or backward, not “${direction}”.`);
  const range = rangeOf(flags.range);
  const number = (name: 'stride' | 'block' | 'from', least: number): Record<string, number> =>
    flags[name] === undefined ? {} : { [name]: wholeNumber(flags[name], `--${name}`, least) };
  return {
    direction,
    ...(range ? { range } : {}),
    ...(flags.object ? { objects: flags.object } : {}),
    ...(flags.missing ? { missing: true } : {}),
    ...number('stride', 1),
    ...number('block', 0),
    ...number('from', 0),
  };
}

/** A run to its end. Null where a signal took the engine along with the command. */
async function runUntil(
  signals: Signals,
  session: Session,
  options: PropagateOptions,
  output: Output,
): Promise<RunSummary | null> {
  try {
    return await followRun(session.propagate(options), output);
  } catch (error) {
    if (signals.seen === null) throw error;
    return null;
  }
}

/** True where only missing masks are wanted and none is. */
function nothingMissing(session: Session, { missing, ...options }: PropagateOptions): boolean {
  const begun = [...session.objects].some((one) => one.frames.length > 0);
  return missing === true && begun && session.framesMissing(options) === 0;
}

async function writeAll(
  session: Session,
  places: readonly ExportPlace[],
  output: Output,
): Promise<FormatReport[]> {
  const reports = [];
  for await (const report of exportEach(session, places, () => ({}), output)) reports.push(report);
  return reports;
}

function report(path: string, { run, stopped, exports }: SessionRunReport, output: Output): void {
  const nothing =
    stopped === null ? `Every frame of ${path} has its mask already; nothing was computed` : path;
  const done = run ? runWords(run, ` in ${path}`) : nothing;
  const end = stopped === null ? '' : `Stopped by ${stopped}; what is done is kept. Go on with --missing.\n`;
  output.result({ run, stopped, exports }, `${done}\n${end}${exports.map(filesWords).join('')}`);
}
