import type { Command } from 'commander';
import { formatNames, formatOf, importNames } from '../formats';
import type { ExportOptions, ImportReport, Session } from '../session';
import { counted } from './counted';
import { exportEach, exportPlaces, filesWords } from './export-places';
import type { FormatReport } from './export-places';
import { collect, rangeOf, scaleOf } from './flags';
import { requireWritable, videoMoved, withSession } from './open-session';
import { Output } from './output';
import { Signals } from './signals';

const exportExamples = `
Examples:
  $ masklet export birds.masklet --format coco --out out
  $ masklet export birds.masklet --format davis --format csv --out out --range 0-200
  $ masklet export birds.masklet --format xlsx --out out --scale 0.42mm

With several formats each has a folder of its own below OUT. What each format keeps: docs/formats.md.
Ctrl+C gives it up: files that are whole stay, and none is half written.
Exit codes: 0 everything is written, 1 not (the reason is printed), 2 wrong use, 130 given up.`;

const importExamples = `
Examples:
  $ masklet import birds.masklet --format coco --from annotations.json
  $ masklet import birds.masklet --format davis --from Annotations/birds

Each object becomes a new object of the session, with the provenance “imported”; it is one step to undo.
Exit codes: 0 imported, 1 nothing was changed (the reason is printed), 2 wrong use.`;

interface ExportFlags {
  readonly format: readonly string[];
  readonly out: string;
  readonly range?: string;
  readonly object?: readonly string[];
  readonly scale?: string;
  readonly video?: string;
  readonly json?: boolean;
}

interface ImportFlags {
  readonly format: string;
  readonly from: string;
  readonly video?: string;
  readonly json?: boolean;
}

/** Adds `masklet export` and `import`. */
export function registerExchangeCommands(program: Command): void {
  program
    .command('export')
    .summary('writes a session’s masks and tables')
    .description('Writes the masks and tables of a session in one or more formats.')
    .argument('<session>', 'the session’s folder')
    .requiredOption('--format <name>', `again for more: ${formatNames().join(', ')}`, collect)
    .requiredOption('--out <folder>', 'where to write')
    .option('--range <first-last>', 'frames of the session, both included, such as 0-200')
    .option('--object <name>', 'this object only; again for more', collect)
    .option('--scale <length>', 'what a pixel is in the world, such as 0.42mm: for tables')
    .option('--video <path>', videoMoved)
    .option('--json', 'what was written, for machines')
    .addHelpText('after', exportExamples)
    .action(exportCommand);
  program
    .command('import')
    .summary('reads masks of other programs into a session')
    .description('Reads masks from a file or folder into a session, as new objects.')
    .argument('<session>', 'the session’s folder')
    .requiredOption('--format <name>', importNames().join(', '))
    .requiredOption('--from <path>', 'the file or folder')
    .option('--video <path>', videoMoved)
    .option('--json', 'what was imported, for machines')
    .addHelpText('after', importExamples)
    .action(importCommand);
}

async function exportCommand(path: string, flags: ExportFlags): Promise<void> {
  // A name nobody knows is said before anything is opened.
  flags.format.forEach((one) => formatOf(one));
  const options = exportOptions(flags);
  const output = new Output(flags);
  const stop = new AbortController();
  const signals = new Signals(() => stop.abort());
  try {
    await withSession(path, flags, output, (session) =>
      writeFormats(session, flags, { ...options, signal: stop.signal }, output),
    );
  } catch (error) {
    if (signals.seen === null) throw error;
    output.notice(error instanceof Error ? error.message : String(error));
    process.exitCode = signals.exitCode;
  } finally {
    signals.dispose();
  }
}

async function writeFormats(
  session: Session,
  { format: formats, out }: ExportFlags,
  options: ExportOptions,
  output: Output,
): Promise<void> {
  const reports: FormatReport[] = [];
  const optionsOf = (format: string): ExportOptions => ({
    ...options,
    onStep: ({ share, files }) => {
      const done = Math.floor((100 * (reports.length + share)) / formats.length);
      const text = `${format}: ${counted(files, 'file')} written`;
      output.progress({ what: 'percent', done, total: 100, text });
    },
  });
  for await (const report of exportEach(session, exportPlaces(formats, out), optionsOf, output))
    reports.push(report);
  output.result(reports, reports.map(filesWords).join(''));
}

function exportOptions({ range, object, scale }: ExportFlags): ExportOptions {
  const span = rangeOf(range);
  const size = scaleOf(scale);
  return {
    ...(span ? { range: span } : {}),
    ...(object ? { objects: object } : {}),
    ...(size ? { scale: size } : {}),
  };
}

async function importCommand(path: string, flags: ImportFlags): Promise<void> {
  formatOf(flags.format);
  const output = new Output(flags);
  await withSession(path, flags, output, async (session) => {
    requireWritable(session);
    const report = await session.import(flags.format, flags.from);
    output.result(report, `${importWords(report)}\n`);
  });
}

/** What an import brought, in words. */
export function importWords({ masks, objects }: ImportReport): string {
  return `${counted(masks, 'mask')} of ${counted(objects.length, 'object')}: ${objects.join(', ')}`;
}
