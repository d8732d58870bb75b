import { join } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../errors';
import { formatNames, formatOf, importNames } from '../formats';
import { randomIds, readSessionFile, requireSession, SessionFolder } from '../session';
import type { ExportOptions } from '../session';
import { collect, rangeOf } from './flags';
import { requireWritable, videoMoved, withSession } from './open-session';
import { Output } from './output';

const exportExamples = `
Examples:
  $ masklet export birds.masklet --format coco --out out
  $ masklet export birds.masklet --format davis --format csv --out out --range 0-200
  $ masklet export birds.masklet --format xlsx --out out --scale 0.42mm

With several formats each has a folder of its own below OUT. What each format keeps: docs/formats.md.
Exit codes: 0 everything is written, 1 not (the reason is printed), 2 wrong use.`;

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

/** Adds `masklet export`, `import` and `info`. */
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
  program
    .command('info')
    .summary('what a session holds')
    .description(
      'Says what a session holds: objects, frames with masks, prompts, runs. Its video is not needed.',
    )
    .argument('<session>', 'the session’s folder')
    .option('--json', 'for machines')
    .action(infoCommand);
}

async function exportCommand(path: string, flags: ExportFlags): Promise<void> {
  // A name nobody knows is said before anything is opened.
  flags.format.forEach((one) => formatOf(one));
  const options = exportOptions(flags);
  const output = new Output(flags);
  await withSession(path, flags, output, async (session) => {
    const reports = [];
    for (const format of flags.format) {
      const folder = flags.format.length === 1 ? flags.out : join(flags.out, format);
      const [done, total] = [reports.length, flags.format.length];
      output.progress({ what: 'formats', done, total, text: `${format} is written` });
      reports.push({ format, ...(await session.export(format, folder, options)) });
    }
    const lines = reports.map((one) => `${one.format}: ${one.files.length} files in ${one.folder}\n`);
    output.result(reports, lines.join(''));
  });
}

function exportOptions({ range, object, scale }: ExportFlags): ExportOptions {
  const span = rangeOf(range);
  const size = scale === undefined ? null : /^(\d*\.?\d+)\s*(\p{L}+)$/u.exec(scale);
  if (scale !== undefined && !size)
    throw new CommandError(`--scale is the length of a pixel with its unit, such as 0.42mm, not “${scale}”.`);
  return {
    ...(span ? { range: span } : {}),
    ...(object ? { objects: object } : {}),
    ...(size ? { scale: { perPixel: Number(size[1]), unit: size[2]! } } : {}),
  };
}

async function importCommand(path: string, flags: ImportFlags): Promise<void> {
  formatOf(flags.format);
  const output = new Output(flags);
  await withSession(path, flags, output, async (session) => {
    requireWritable(session);
    const report = await session.import(flags.format, flags.from);
    const text = `${report.masks} masks of ${report.objects.length} objects: ${report.objects.join(', ')}\n`;
    output.result(report, text);
  });
}

async function infoCommand(path: string, flags: { readonly json?: boolean }): Promise<void> {
  requireSession(path);
  const { video, model } = readSessionFile(path);
  const { folder, document } = await SessionFolder.open(
    path,
    { now: () => new Date(), nextId: randomIds() },
    true,
  );
  try {
    const objects = document.objects.map(({ id, name, number, classId }) => {
      const prompts = document.prompts.filter((one) => one.objectId === id).length;
      const className = document.classes.find((one) => one.id === classId)?.name ?? null;
      return { number, name, class: className, framesWithMask: document.track(id).size, prompts };
    });
    const { name, width, height, frameCount } = document.video;
    const about = {
      video: { name, path: video.path, width, height, frameCount },
      model: model?.name ?? null,
      objects,
      runs: document.runs.length,
    };
    process.stdout.write(flags.json ? `${JSON.stringify(about, null, 1)}\n` : infoText(about));
  } finally {
    await folder.close();
  }
}

interface SessionInfo {
  readonly video: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly frameCount: number;
  };
  readonly model: string | null;
  readonly objects: readonly {
    readonly number: number;
    readonly name: string;
    readonly class: string | null;
    readonly framesWithMask: number;
    readonly prompts: number;
  }[];
  readonly runs: number;
}

function infoText({ video, model, objects, runs }: SessionInfo): string {
  const lines = objects.map(
    (one) =>
      `  ${one.number} ${one.name}${one.class === null ? '' : ` (${one.class})`}: masks on ${one.framesWithMask} of ${video.frameCount} frames, ${one.prompts} prompts`,
  );
  return [
    `${video.name}: ${video.frameCount} frames of ${video.width} × ${video.height}`,
    `${objects.length} objects, ${runs} runs, model: ${model ?? 'none yet'}`,
    ...lines,
    '',
  ].join('\n');
}
