import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CommandError } from '../../errors';
import { counted } from '../counted';
import { enginesOf } from '../engines';
import { withModelFlags } from '../flags';
import type { ModelFlags } from '../flags';
import { ProgressLine } from '../progress-line';
import { wholeNumber } from '../whole-number';
import { findSequences } from './dataset';
import { evaluateSequence } from './evaluate-sequence';
import type { EvaluatedSequence, EvaluationPlan } from './evaluate-sequence';
import { HtmlReport } from './report-html';
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
clicks. Two runs on one machine give the same numbers.`;

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
  const plan = planOf(flags);
  const sequences = findSequences(root, flags.sequences?.split(',').map((one) => one.trim()) ?? []);
  const engines = enginesOf(flags);
  const { name, settings } = engines.modelRef;
  const heading = `${name}${settings?.fast ? ' (fast)' : ''}, ${promptWords(plan)}`;
  const html = flags.html === undefined ? null : new HtmlReport(heading);
  const line = new ProgressLine(process.stderr);
  const results: EvaluatedSequence[] = [];
  try {
    for (const sequence of sequences) {
      const worked = await evaluateSequence(sequence, plan, engines, (text, share) => line.show(text, share));
      results.push(worked.result);
      await html?.add(worked);
      await worked.session.dispose();
      await worked.video.dispose();
    }
    line.clear();
    const table = reportText(results, heading);
    process.stdout.write(flags.json ? `${JSON.stringify({ heading, plan, results }, null, 1)}\n` : table);
    if (html) await writeFile(flags.html!, html.page(results));
  } finally {
    line.clear();
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
