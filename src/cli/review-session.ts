import type { Command } from 'commander';
import type { CheckOptions, CheckSummary, Session } from '../session';
import { counted } from './counted';
import { collect, rangeOf } from './flags';
import { requireWritable, videoMoved, withSession } from './open-session';
import type { SessionFlags } from './open-session';
import { Output } from './output';
import { followRun } from './run-progress';
import { Signals } from './signals';
import { WrongUse } from './wrong-use';

const examples = `
Examples:
  $ masklet review birds.masklet
  $ masklet review birds.masklet --json
  $ masklet review birds.masklet --check
  $ masklet review birds.masklet --check --range 0-200 --object swan
  $ masklet edit birds.masklet accept alarm=ID

Alarms are raised by rules over the masks, not by the model’s confidence. What each kind is worth: docs/review.md. With
--check the model follows masks back from their far end and each is compared with what it finds there: disagreements join
the alarms, are kept, and are one step to undo. At Ctrl+C what was compared is kept.`;

interface ReviewFlags extends SessionFlags {
  readonly check?: boolean;
  readonly range?: string;
  readonly object?: readonly string[];
}

/** Adds `masklet review`. */
export function registerReview(program: Command): void {
  program
    .command('review')
    .summary('what of a session’s masks looks wrong')
    .description('Lists the alarms of a session: frames that a person should look at, and why.')
    .argument('<session>', 'the session’s folder')
    .option('--check', 'compare masks with those found from the other side first; takes as long as a run')
    .option('--range <first-last>', 'of the check: frames of the session, both included, such as 0-200')
    .option('--object <name>', 'of the check: this object only; again for more', collect)
    .option('--video <path>', videoMoved)
    .option('--json', 'the alarms with their figures, for machines')
    .addHelpText('after', examples)
    .action(reviewCommand);
}

async function reviewCommand(path: string, flags: ReviewFlags): Promise<void> {
  const range = rangeOf(flags.range);
  if (!flags.check && (range || flags.object))
    throw new WrongUse('--range and --object say what --check is to compare: give --check, too.');
  const options: CheckOptions = {
    ...(range ? { range } : {}),
    ...(flags.object ? { objects: flags.object } : {}),
  };
  const output = new Output(flags);
  await withSession(path, flags, output, async (session) => {
    if (flags.check) await check(session, options, output);
    const alarms = await session.review();
    const lines = alarms.map((one) => `frame ${one.frame}  ${one.object}: ${one.evidence}  [${one.id}]\n`);
    output.result(alarms, lines.join('') || 'Nothing looks wrong.\n');
  });
}

/** Checks masks. A SIGINT or SIGTERM ends it after the frame in hand; what was found is kept. */
async function check(session: Session, options: CheckOptions, output: Output): Promise<void> {
  requireWritable(session);
  const signals = new Signals(() => void session.cancel());
  try {
    const summary = await checkUntil(signals, session, options, output);
    if (summary)
      output.notice(`Checked ${counted(summary.masks, 'mask')} on ${counted(summary.frames, 'frame')}.`);
    if (signals.seen !== null) process.exitCode = signals.exitCode;
  } finally {
    signals.dispose();
  }
}

/** A check to its end. Null where a signal took the engine along with the command. */
async function checkUntil(
  signals: Signals,
  session: Session,
  options: CheckOptions,
  output: Output,
): Promise<CheckSummary | null> {
  try {
    return await followRun(session.check(options), output);
  } catch (error) {
    if (signals.seen === null) throw error;
    return null;
  }
}
