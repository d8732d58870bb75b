import { resolve } from 'node:path';
import type { Command } from 'commander';
import { csvLine } from '../formats';
import { listDrafts, requireSession, SessionFolder } from '../session';
import type { ExportOptions } from '../session';
import { collect, rangeOf, scaleOf } from './flags';
import { sessionSources, videoMoved, withSession } from './open-session';
import type { SessionFlags } from './open-session';
import { Output } from './output';
import { registerReview } from './review-session';

const tableExamples = `
Examples:
  $ masklet table birds.masklet geometry > geometry.csv
  $ masklet table birds.masklet geometry --object swan --range 0-200 --scale 0.42mm
  $ masklet table birds.masklet events --json

Tables: objects, geometry, overlaps, prompts, features, events. Their columns: docs/formats.md.`;

interface TableFlags extends SessionFlags {
  readonly range?: string;
  readonly object?: readonly string[];
  readonly scale?: string;
}

/** Adds `masklet table`, `review`, `copy` and `drafts`. */
export function registerSessionCommands(program: Command): void {
  program
    .command('table')
    .summary('a session’s table, as CSV')
    .description('Writes a table of a session to stdout: CSV, or rows as JSON.')
    .argument('<session>', 'the session’s folder')
    .argument('<table>', 'objects, geometry, overlaps, prompts, features, events')
    .option('--range <first-last>', 'frames of the session, both included, such as 0-200')
    .option('--object <name>', 'this object only; again for more', collect)
    .option('--scale <length>', 'what a pixel is in the world, such as 0.42mm')
    .option('--video <path>', videoMoved)
    .option('--json', 'rows, for machines')
    .addHelpText('after', tableExamples)
    .action(tableCommand);
  registerReview(program);
  program
    .command('copy')
    .summary('a copy of a session at another place')
    .description(
      'Copies a session, with its masks and its log, to another place. The video stays where it is.',
    )
    .argument('<session>', 'the session’s folder')
    .argument('<copy>', 'the folder to make')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExamples:\n  $ masklet copy birds.masklet "birds, second try.masklet"')
    .action(copyCommand);
  program
    .command('drafts')
    .summary('sessions that were given no place of their own')
    .description('Lists the drafts of this machine, the latest first.')
    .option('--json', 'for machines')
    .addHelpText('after', '\nExamples:\n  $ masklet drafts\n  $ masklet drafts --json')
    .action((flags: { readonly json?: boolean }) => {
      const drafts = listDrafts();
      const lines = drafts.map((one) => `${one.saved.slice(0, 16).replace('T', ' ')}  ${one.path}\n`);
      new Output(flags).result(drafts, lines.join('') || 'There are no drafts.\n');
    });
}

async function tableCommand(path: string, name: string, flags: TableFlags): Promise<void> {
  const output = new Output(flags);
  const range = rangeOf(flags.range);
  const scale = scaleOf(flags.scale);
  const options: ExportOptions = {
    ...(range ? { range } : {}),
    ...(flags.object ? { objects: flags.object } : {}),
    ...(scale ? { scale } : {}),
  };
  await withSession(path, flags, output, async (session) => {
    const table = await session.table(name, options);
    const columns = table.names.map((one) => table.columns[one]!);
    const lines = Array.from({ length: table.rowCount }, (_, at) => csvLine(columns.map((one) => one[at]!)));
    output.result(output.json ? table.rows() : null, csvLine(table.names) + lines.join(''));
  });
}

async function copyCommand(path: string, to: string, flags: { readonly json?: boolean }): Promise<void> {
  requireSession(path);
  const output = new Output(flags);
  const { folder, notices } = await SessionFolder.open(path, sessionSources(), true);
  try {
    notices.forEach((one) => output.notice(one));
    await folder.copyTo(to);
  } finally {
    await folder.close();
  }
  output.result({ session: resolve(to) }, `${path} was copied to ${to}.\n`);
}
