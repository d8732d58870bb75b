import type { Command } from 'commander';
import { CommandError } from '../errors';
import { formatNames, formatOf } from '../formats';
import { collect, withModelFlags } from './flags';
import { Output } from './output';
import { propagateSession } from './propagate-session';
import type { SessionRunFlags } from './propagate-session';
import { propagateVideo } from './propagate-video';
import { WrongUse } from './wrong-use';

interface PropagateFlags extends SessionRunFlags {
  readonly session?: string;
  readonly prompts?: string;
  readonly every?: string;
}

const example = `
Examples:
  $ masklet propagate birds.mp4 --prompts prompts.json --out birds
  $ masklet propagate frames/ --prompts prompts.json --out masks --range 0-200
  $ masklet propagate birds.mp4 --prompts prompts.json --out birds --format coco --format overlay
  $ masklet propagate birds.mp4 --prompts boxes.csv --out birds
  $ masklet propagate --session birds.masklet
  $ masklet propagate --session birds.masklet --missing
  $ masklet propagate --session birds.masklet --object swan --from 120 --out masks

A session keeps its masks; --range then counts its frames, and --out may be left out. --missing computes the frames
that have no mask yet and no others: after a stop, a crash or a kill it goes on where the work was, and where
nothing is left it does nothing and ends with 0. Ctrl+C stops after the frame in hand; what is done is kept: in the session, or,
of a video, in OUT, with the frames that have masks by then.

prompts.json:
  { "objects": [ { "name": "swan", "prompts": [
      { "frame": 0, "mask": "first.png" },
      { "frame": 12, "points": [[410, 220, 1], [380, 90, 0]], "box": [300, 80, 520, 400] } ] } ] }
  Any of mask, points ([x, y, 1] object, [x, y, 0] not) and box (edges inclusive) in a prompt. Pixels: x to the
  right, y down, (0, 0) is the centre of the first. Paths in the file are relative to it.
  Boxes of COCO or LabelMe JSON and of CSV are read too: docs/prompts-file.md.

Writes OUT/Annotations/NAME/00000.png ..., one indexed PNG a frame; a pixel's value is the object's place in
prompts.json, from 1. With several formats each has a folder of its own below OUT. Prompts in the middle of the video run both ways.`;

/** Adds `masklet propagate`. */
export function registerPropagateCommand(program: Command): void {
  const command = program
    .command('propagate')
    .summary('masks for every frame: of a video, from prompts in a file; or of a session')
    .description(
      'Carries the masks that prompts describe through a video and writes them as indexed PNG or in other formats; or through the video of a session, which keeps them.',
    )
    .argument('[video]', 'a video file, an image folder, or sample:big-buck-bunny')
    .option('--prompts <file>', 'the prompts, with a video: JSON, or boxes as COCO, LabelMe or CSV')
    .option('--session <folder>', 'a session, instead of a video and prompts')
    .option('--out <folder>', 'where to write')
    .option('--format <name>', `again for more (default: davis): ${formatNames().join(', ')}`, collect)
    .option('--range <first-last>', 'frames to use, both included, such as 0-200')
    .option('--every <n>', 'use every n-th frame: of a video')
    .option('--stride <n>', 'compute every n-th frame, interpolate the masks between: quick motion suffers')
    .option('--missing', 'of a session: only frames without a mask; goes on with work that was stopped')
    .option('--direction <way>', 'of a session: both, forward, backward', 'both')
    .option('--object <name>', 'of a session: this object only; again for more', collect)
    .option('--block <n>', 'of a session: this block only, counted from 0')
    .option('--from <frame>', 'of a session: outward from a corrected frame, as far as the result differs')
    .option('--forecast', 'of a session: say what it would take, and compute nothing')
    .option('--video <path>', 'of a session: where the video is now, when it is not where it was');
  withModelFlags(command)
    .option(
      '--memories <n>',
      'frames that SAM 2 looks back at, 1 to 6: fewer are quicker (unverified in quality)',
    )
    .option(
      '--near <cells>',
      'keep only what SAM 2 remembers near the object: quicker (unverified in quality)',
    )
    .option('--json', 'what came of it, for machines')
    .addHelpText('after', example)
    .action(propagateCommand);
}

async function propagateCommand(path: string | undefined, flags: PropagateFlags): Promise<void> {
  const output = new Output(flags);
  if (flags.session !== undefined) {
    if (path !== undefined || flags.prompts !== undefined)
      throw new CommandError(
        'Give a session, or a video and prompts, not both. masklet prompt gives a session prompts.',
      );
    if (flags.every !== undefined)
      throw new CommandError('--every belongs to a session from its beginning: masklet new --every.');
    return propagateSession(flags.session, flags, output);
  }
  const { prompts, out } = flags;
  if (path === undefined || prompts === undefined || out === undefined)
    throw new WrongUse('Give a video with --prompts and --out, or --session.');
  const wrong = (['missing', 'object', 'block', 'from', 'forecast'] as const).find((one) => flags[one]);
  if (wrong !== undefined || flags.direction !== 'both')
    throw new WrongUse(`--${wrong ?? 'direction'} is for sessions: masklet propagate --session SESSION.`);
  const formats = flags.format ?? ['davis'];
  formats.forEach((one) => formatOf(one));
  await propagateVideo({ path, prompts, out, formats }, flags, output);
}
