import { CommandError } from '../../errors';
import { requireSession, SessionFolder } from '../../session';
import type { Evaluation, Session } from '../../session';
import { rangeOf } from '../flags';
import { withSession } from '../open-session';
import type { SessionFlags } from '../open-session';
import { Output } from '../output';
import { three } from './report-text';

interface SessionScoreFlags extends SessionFlags {
  readonly range?: string;
  readonly numbers?: string;
}

/** Scores a session's masks against known ones (`session.evaluate`). */
export async function evaluateSession(path: string, truth: string, flags: SessionScoreFlags): Promise<void> {
  const output = new Output(flags);
  const range = rangeOf(flags.range);
  const numbers = numbersOf(flags.numbers);
  const options = { ...(range ? { range } : {}), ...(numbers ? { numbers } : {}) };
  requireSession(path);
  await withSession(path, flags, output, async (session) => {
    const score = async (known: string | Session): Promise<void> => {
      const found = await session.evaluate(known, options);
      // The columns say the same as the rows.
      output.result({ ...found, columns: undefined }, scoreText(found));
    };
    if (!SessionFolder.exists(truth)) return score(truth);
    await withSession(truth, {}, output, score);
  });
}

/** `heron=3,swan=1`: names may have signs of equality in them, numbers not. */
function numbersOf(pairs: string | undefined): Record<string, number> | null {
  if (pairs === undefined) return null;
  return Object.fromEntries(
    pairs.split(',').map((pair) => {
      const [, name, number] = /^\s*(.+)=(\d+)\s*$/.exec(pair) ?? [];
      if (name === undefined || number === undefined)
        throw new CommandError(
          `--numbers is NAME=NUMBER, with commas between, such as heron=3,swan=1; not “${pair}”.`,
        );
      return [name, Number(number)];
    }),
  );
}

function scoreText({
  truth,
  objects,
  region,
  boundary,
  regionAndBoundary,
  missing,
  extra,
}: Evaluation): string {
  const width = Math.max(6, ...objects.map((one) => one.name.length));
  const line = (name: string, frames: string, j: number, f: number): string =>
    `${name.padEnd(width)}  ${frames.padStart(6)}  ${three(j)}  ${three(f)}`;
  return [
    `Against ${truth}:`,
    `${'object'.padEnd(width)}  frames  J      F`,
    ...objects.map((one) => line(one.name, String(one.frames), one.region.mean, one.boundary.mean)),
    line('all', '', region, boundary),
    `J&F ${three(regionAndBoundary)}`,
    ...(missing.length === 0 ? [] : [`In the truth and not here: ${missing.join(', ')}.`]),
    ...(extra.length === 0 ? [] : [`Here and not in the truth: ${extra.join(', ')}.`]),
    '',
  ].join('\n');
}
