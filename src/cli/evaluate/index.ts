import type { Command } from 'commander';
import { CommandError } from '../../errors';
import { counted } from '../counted';
import { enginesOf } from '../engines';
import { withModelFlags } from '../flags';
import type { ModelFlags } from '../flags';
import { Output } from '../output';
import { wholeNumber } from '../whole-number';
import { findSequences } from './dataset';
import { evaluateAll } from './evaluate-all';
import type { EvaluationPlan } from './evaluate-sequence';
import { HtmlReport } from './report-html';
import { ReportFile } from './report-file';
import { reportText } from './report-text';
import { evaluateSession } from './evaluate-session';

const examples = `
Examples:
  $ masklet evaluate DAVIS
  $ masklet evaluate DAVIS --sequences bear,dog --correct 3 --html report.html
  $ masklet evaluate DAVIS --correct 3 --clicks 3
  $ masklet evaluate YouTube-VOS --prompt click --json > scores.json
  $ masklet evaluate birds.masklet --truth DAVIS/Annotations/480p/birds

ROOT has JPEGImages/SEQUENCE/*.jpg and Annotations/SEQUENCE/*.png, or with a resolution between (DAVIS's 480p). Each object
is prompted on the frame where the truth has it first: with its true mask (--prompt mask), or as a user clicks: at the point
deepest inside the object, then at the deepest point of the largest region that is wrong (--prompt click, --prompt 3).
--correct N: N times, for each object, a click on the frame with the lowest IoU, carried from there both ways. A click
that makes its frame worse, all objects together, is undone, and the next worst frame has one. With --clicks 3 up to three
clicks are made on the frame before it is carried; those after the one that left it best are undone. The table counts all
clicks. Two runs on one machine give the same numbers. Ctrl+C prints what is evaluated so far.

A mask of the truth has the name of its picture and is an indexed or grey PNG with each object's number, or black and white.`;

interface EvaluateFlags extends ModelFlags {
  readonly sequences?: string;
  readonly prompt: string;
  readonly correct: string;
  readonly clicks?: string;
  readonly frames?: string;
  readonly stride: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly truth?: string;
  readonly range?: string;
  readonly video?: string;
  readonly numbers?: string;
}

/** Adds `masklet evaluate`. */
export function registerEvaluateCommand(program: Command): void {
  const command = program
    .command('evaluate')
    .summary('how good a model is on sequences with known masks; or how good a session’s masks are')
    .description(
      'Runs a model over a dataset and compares its masks with the truth: the paper’s table, and DAVIS’s J and F.',
    )
    .argument('<root>', 'a dataset in the layout of DAVIS, YouTube-VOS or LVOS; with --truth a session')
    .option('--truth <path>', 'known masks of a session: a folder of indexed PNGs, or another session')
    .option('--range <first-last>', 'frames of a session, both included, such as 0-200')
    .option('--video <path>', 'of a session: where the video is now, when it is not where it was')
    .option(
      '--numbers <pairs>',
      'of a session: the numbers that its objects have in the truth: heron=3,swan=1',
    )
    .option('--sequences <names>', 'only these, with commas between')
    .option('--prompt <how>', 'mask, click, or a number of clicks', 'mask')
    .option('--correct <n>', 'corrections by clicks, for each object', '0')
    .option('--clicks <n>', 'clicks of a correction, at most (default: "1")')
    .option('--frames <n>', 'only the first n frames of each sequence')
    .option('--stride <n>', 'compute every n-th frame, interpolate the masks between', '1');
  withModelFlags(command)
    .option('--json', 'every mask’s scores, for machines')
    .option('--html <file>', 'a page with the table, each object over the frames, and the worst frames')
    .addHelpText('after', examples)
    .action(evaluateCommand);
}

async function evaluateCommand(root: string, flags: EvaluateFlags): Promise<void> {
  if (flags.truth !== undefined) {
    refuseOfDatasets(flags);
    return evaluateSession(root, flags.truth, flags);
  }
  refuseOfSessions(flags);
  const plan = planOf(flags);
  const { sequences, notices } = findSequences(
    root,
    flags.sequences?.split(',').map((one) => one.trim()) ?? [],
  );
  const file = flags.html === undefined ? null : new ReportFile(flags.html);
  const output = new Output(flags);
  for (const one of notices) output.notice(one);
  const engines = enginesOf(flags);
  const { name, settings } = engines.modelRef;
  const heading = `${name}${settings?.fast ? ' (fast)' : ''}, ${promptWords(plan)}`;
  const html = file && new HtmlReport(heading);
  try {
    const results = await evaluateAll(sequences, plan, engines, html, output);
    output.result({ heading, plan, results }, results.length > 0 ? reportText(results, heading) : '');
    if (html && results.length > 0) file.write(html.page(results));
  } finally {
    output.end();
    await engines.dispose();
  }
}

/** A session is scored as it is: nothing is prompted or computed, and there is no page of it. */
function refuseOfDatasets({ sequences, prompt, correct, clicks, frames, stride, html }: EvaluateFlags): void {
  const given = {
    '--sequences': sequences !== undefined,
    '--prompt': prompt !== 'mask',
    '--correct': correct !== '0',
    '--clicks': clicks !== undefined,
    '--frames': frames !== undefined,
    '--stride': stride !== '1',
    '--html': html !== undefined,
  };
  const wrong = Object.entries(given).find(([, one]) => one);
  if (wrong)
    throw new CommandError(
      `${wrong[0]} is for a dataset. With --truth a session’s masks are scored as they are; --range chooses its frames.`,
    );
}

/** What chooses in a session says nothing of a dataset. */
function refuseOfSessions({ range, video, numbers }: EvaluateFlags): void {
  const wrong = Object.entries({ range, video, numbers }).find(([, one]) => one !== undefined);
  if (wrong)
    throw new CommandError(
      `--${wrong[0]} is for a session, with --truth. Of a dataset --sequences and --frames choose what is evaluated.`,
    );
}

function planOf({ prompt, correct, clicks, frames, stride }: EvaluateFlags): EvaluationPlan {
  const corrections = wholeNumber(correct, '--correct', 0);
  if (clicks !== undefined && corrections === 0)
    throw new CommandError('--clicks says how many clicks a correction may have: it goes with --correct.');
  const promptClicks =
    prompt === 'mask' ? 0 : prompt === 'click' ? 1 : wholeNumber(prompt, '--prompt', 1, 'mask, click or ');
  return {
    promptClicks,
    corrections,
    correctionClicks: wholeNumber(clicks ?? '1', '--clicks', 1),
    stride: wholeNumber(stride, '--stride', 1),
    ...(frames === undefined ? {} : { frames: wholeNumber(frames, '--frames', 2) }),
  };
}

function promptWords({ promptClicks, corrections, correctionClicks }: EvaluationPlan): string {
  const first =
    promptClicks === 0 ? 'the first frame’s mask' : `${counted(promptClicks, 'click')} on the first frame`;
  if (corrections === 0) return first;
  const each = correctionClicks === 1 ? '' : ` of up to ${correctionClicks} clicks`;
  return `${first} and ${counted(corrections, 'correction')}${each}`;
}
