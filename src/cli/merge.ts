import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportDataset } from '../session';
import type { DatasetOptions, DatasetReport } from '../session';
import { counted } from './counted';
import { tellOthers } from './export-places';
import { collect } from './flags';
import { withSessions } from './open-session';
import { Output } from './output';
import { wholeNumber } from './whole-number';
import { WrongUse } from './wrong-use';

const mergeExamples = `
Examples:
  $ masklet merge pond.masklet lake.masklet creek.masklet --out dataset
  $ masklet merge *.masklet --out dataset --split val=0.2 --split test=0.1 --every 5 --pictures
  $ masklet merge pond.masklet lake.masklet creek.masklet --out dataset --split val=lake

A clip is the video of a session and is called as that; all of its frames are on one side. The rest is “train”. A share
chooses clips by their names, the same ones each time. For each split OUT has annotations/SPLIT.json (YouTube-VIS) and
annotations/instances_SPLIT.json (COCO); classes are joined by name. Frames that nobody annotated are left out.
Exit codes: 0 everything is written, 1 not (the reason is printed), 2 wrong use.`;

interface MergeFlags {
  readonly out: string;
  readonly split?: readonly string[];
  readonly every?: string;
  readonly pictures?: boolean;
  readonly json?: boolean;
}

/** Adds `masklet merge`. */
export function registerMergeCommand(program: Command): void {
  program
    .command('merge')
    .summary('one COCO data set of several sessions, with splits')
    .description('Writes the masks of several sessions as one COCO data set, with splits by clip.')
    .argument('<session...>', 'the sessions’ folders; numbers stay when more are added at the end')
    .requiredOption('--out <folder>', 'where to write')
    .option('--split <split>', 'val or test, and its share or clips: val=0.2, test=pond,lake', collect)
    .option('--every <n>', 'every n-th annotated frame only')
    .option('--pictures', 'the frames too, as JPEG')
    .option('--json', 'what was written, for machines')
    .addHelpText('after', mergeExamples)
    .action(mergeCommand);
}

async function mergeCommand(paths: readonly string[], flags: MergeFlags): Promise<void> {
  const twice = paths.find((one, at) => paths.findIndex((other) => resolve(other) === resolve(one)) < at);
  if (twice !== undefined) throw new WrongUse(`${twice} is given twice. Nothing was written.`);
  const options: DatasetOptions = {
    ...splitsOf(flags.split ?? []),
    ...(flags.every === undefined ? {} : { every: wholeNumber(flags.every, '--every') }),
    pictures: flags.pictures === true,
  };
  const output = new Output(flags);
  await withSessions(paths, output, async (sessions) => {
    const report = await exportDataset(sessions, flags.out, options);
    tellOthers(report, output);
    output.result(report, textOf(report));
  });
}

type Splits = Pick<DatasetOptions, 'val' | 'test'>;

/** `--split`: a share, or names of clips, of which more may be given again. Throws a WrongUse for anything else. */
function splitsOf(given: readonly string[]): Splits {
  const splits: { val?: number | readonly string[]; test?: number | readonly string[] } = {};
  for (const text of given) {
    const [, split, value] = /^(val|test)=(.+)$/u.exec(text) ?? [];
    if (value === undefined || (split !== 'val' && split !== 'test'))
      throw new WrongUse(`--split is val=… or test=…, a share or clips, such as val=0.2, not “${text}”.`);
    const before = splits[split];
    const share = /^\d*\.?\d+$/.test(value);
    if (typeof before === 'number' || (share && before !== undefined))
      throw new WrongUse(`The split “${split}” has one share, or clips, not “${text}” as well.`);
    splits[split] = share ? Number(value) : [...(before ?? []), ...value.split(',')];
  }
  return splits;
}

function textOf({ clips, categories, files, folder }: DatasetReport): string {
  const lines = clips.map(
    ({ name, split, frames, objects }) =>
      `${split.padEnd(5)}  ${name}: ${counted(frames, 'frame')}, ${counted(objects, 'object')}\n`,
  );
  const classes = `${categories.length === 1 ? 'class' : 'classes'} ${categories.join(', ')}`;
  const all = `${counted(clips.length, 'clip')}, ${classes}: ${counted(files.length, 'file')} in ${folder}\n`;
  return lines.join('') + all;
}
