import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../../errors';
import type { Session } from '../../session';
import { counted } from '../counted';
import { withModelFlags } from '../flags';
import { asOneStep } from '../one-step';
import { requireWritable, videoMoved, withSession } from '../open-session';
import type { SessionFlags } from '../open-session';
import { Output } from '../output';
import { followRun } from '../run-progress';
import { WrongUse } from '../wrong-use';
import { formsOf } from './act';
import type { ActPlace, ActResult } from './act';
import { acts, actOfWords, actsOfScript } from './read-acts';
import type { WantedAct } from './read-acts';

export { acts } from './read-acts';

function actList(): string {
  const lines = Object.entries(acts).map(
    ([name, { about, fields }]) => `  ${`${name} ${formsOf(fields)}`.trim()}\n      ${about}`,
  );
  return lines.join('\n');
}

const editHelp = (): string => `
Edits:
${actList()}

Objects, classes and features go by their names; an object also by its number, as object=#2, where several have its name
(masklet info shows both). Frames count from 0; ranges include both ends and are the whole video where they are left out.
Pixels: x to the right, y down, (0, 0) is the centre of the first.

Examples:
  $ masklet edit birds.masklet add-object name=swan class=bird
  $ masklet edit birds.masklet point object=swan frame=0 at=410,220
  $ masklet edit birds.masklet absent object=swan range=120-180
  $ masklet edit birds.masklet set-feature object=swan feature=behaviour frame=40 value=rest
  $ masklet edit birds.masklet undo`;

const applyHelp = `
edits.jsonl:
  {"do": "add-object", "name": "swan", "class": "bird"}
  {"do": "point", "object": "swan", "frame": 0, "at": [410, 220]}
  {"do": "lock", "object": "swan", "range": [0, 20]}
  {"do": "propagate"}

Every edit of masklet edit --help, with its words as JSON. Each line is a step to undo of its own, and the first that does not
fit ends it: the lines before it stay. With --one-step all lines are one step, and all are done or none.

Examples:
  $ masklet apply birds.masklet edits.jsonl
  $ masklet apply birds.masklet edits.jsonl --one-step "Tidy up"
  $ python make_edits.py | masklet apply birds.masklet -`;

interface ApplyFlags extends SessionFlags {
  readonly oneStep?: string;
}

/** Adds `masklet edit` and `apply`. */
export function registerEditCommands(program: Command): void {
  const edit = program
    .command('edit')
    .summary('changes a session: objects, prompts, masks, locks, features, undo')
    .description('Does one edit to a session, as a canvas or a cell would.')
    .argument('<session>', 'the session’s folder')
    .argument('<edit>', 'what to do: see below')
    .argument('[words...]', 'KEY=VALUE, such as object=swan')
    .option('--video <path>', videoMoved);
  withModelFlags(edit, 'the session’s')
    .option('--json', 'what was done, for machines')
    .addHelpText('after', editHelp)
    .action(editCommand);
  const apply = program
    .command('apply')
    .summary('changes a session by a script of edits')
    .description('Does the edits of a script to a session: a JSON object a line.')
    .argument('<session>', 'the session’s folder')
    .argument('<script>', 'a file of edits; - for what is piped in')
    .option('--one-step <words>', 'all of them as one step to undo, under this name; all or none')
    .option('--video <path>', videoMoved);
  withModelFlags(apply, 'the session’s')
    .option('--json', 'what was done, for machines')
    .addHelpText('after', applyHelp)
    .action(applyCommand);
}

async function editCommand(
  path: string,
  name: string,
  words: readonly string[],
  flags: SessionFlags,
): Promise<void> {
  const wanted = actOfWords(name, words);
  const output = new Output(flags);
  await withSession(path, flags, output, async (session) => {
    requireWritable(session);
    const result = await wanted.act.do(placeOf(session, process.cwd(), output), wanted.given);
    output.result({ do: name, ...result }, `${name}: ${wanted.act.told?.(result) ?? resultText(result)}\n`);
  });
}

async function applyCommand(path: string, script: string, flags: ApplyFlags): Promise<void> {
  const output = new Output(flags);
  const wanted = await actsOfScript(script);
  const moves = wanted.find((one) => one.name === 'undo' || one.name === 'redo');
  if (flags.oneStep !== undefined && moves)
    throw new WrongUse(`“${moves.name}” cannot be a part of one step. Leave it out, or --one-step.`);
  const folder = script === '-' ? process.cwd() : dirname(resolve(script));
  await withSession(path, flags, output, async (session) => {
    requireWritable(session);
    const place = placeOf(session, folder, output);
    const work = (kept: string): Promise<ActResult[]> => doAll(wanted, place, output, kept);
    const results =
      flags.oneStep === undefined
        ? await work('What was done before it is kept')
        : await asOneStep(session, flags.oneStep, () => work('Nothing was changed'));
    output.result(
      { edits: results.length, results },
      `${counted(results.length, 'edit')} done in ${path}.\n`,
    );
  });
}

async function doAll(
  wanted: readonly WantedAct[],
  place: ActPlace,
  output: Output,
  kept: string,
): Promise<ActResult[]> {
  const results: ActResult[] = [];
  for (const { name, act, given } of wanted) {
    const number = results.length + 1;
    try {
      results.push({ do: name, ...(await act.do(place, given)) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(`Edit ${number} (${name}): ${why} ${kept}.`, { edit: number }, error);
    }
    const total = wanted.length;
    output.progress({ what: 'edits', done: number, total, text: `${number} of ${total} edits` });
  }
  return results;
}

function placeOf(session: Session, folder: string, output: Output): ActPlace {
  return { session, folder, follow: (run) => followRun(run, output) };
}

function resultText(result: ActResult): string {
  const words = Object.entries(result)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return words.join(', ') || 'done';
}
