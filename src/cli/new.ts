import { existsSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandError, refusalWords } from '../errors';
import { makeFolders, openFolderFor, openVideoPath, Session } from '../session';
import type { FolderSources, Video } from '../session';
import { counted } from './counted';
import { enginesOf } from './engines';
import { openOptions, withModelFlags } from './flags';
import type { ModelFlags } from './flags';
import { givePrompts } from './give-prompts';
import { asOneStep } from './one-step';
import { requireWritable, sessionSources, withSession } from './open-session';
import type { SessionFlags } from './open-session';
import { Output } from './output';
import { openPromptsFile } from './prompts-file';
import type { PromptsFile } from './prompts-file';

const newExamples = `
Examples:
  $ masklet new birds.masklet --video birds.mp4
  $ masklet new birds.masklet --video birds.mp4 --range 0-900 --every 2 --prompts prompts.json
  $ masklet new birds.masklet --video frames/ --prompts instances.json --keep

With --prompts the model answers them at once; the session is there when all of them are answered, or not at all, however
the command ends. Go on with masklet propagate --session, or in a notebook: openSession("birds.masklet").
The prompts file, and what is read of COCO, LabelMe and CSV: docs/prompts-file.md.`;

const promptExamples = `
Examples:
  $ masklet prompt birds.masklet --file corrections.json
  $ masklet prompt birds.masklet --file boxes.csv --json

Objects that the session has by name have the prompts added; others are new. It is one step to undo; when one of the
prompts does not fit, none is given. The prompts file, and what is read of COCO, LabelMe and CSV: docs/prompts-file.md.`;

interface NewFlags extends ModelFlags {
  readonly video: string;
  readonly range?: string;
  readonly every?: string;
  readonly prompts?: string;
  readonly keep?: boolean;
  readonly json?: boolean;
}

/** Adds `masklet new` and `prompt`. */
export function registerNewCommands(program: Command): void {
  const begin = program
    .command('new')
    .summary('makes a session of a video, with prompts where there are any')
    .description(
      'Makes a session: a folder that keeps the work on one video, for notebooks and for commands.',
    )
    .argument('<session>', 'the folder to make, such as birds.masklet')
    .requiredOption('--video <path>', 'a video file, an image folder, or sample:big-buck-bunny')
    .option('--range <first-last>', 'frames of the file to use, both included, such as 0-200')
    .option('--every <n>', 'use every n-th frame')
    .option('--prompts <file>', 'prompts to begin with: JSON, or boxes as COCO, LabelMe or CSV')
    .option('--keep', 'leave a session of this video that is there already as it is');
  withModelFlags(begin)
    .option('--json', 'what was made, for machines')
    .addHelpText('after', newExamples)
    .action(newCommand);
  const prompt = program
    .command('prompt')
    .summary('gives a session the prompts of a file')
    .description('Gives a session the prompts of a file, and has the model answer them.')
    .argument('<session>', 'the session’s folder')
    .requiredOption('--file <file>', 'the prompts: JSON, or boxes as COCO, LabelMe or CSV')
    .option('--video <path>', 'where the video is now, when it is not where it was');
  withModelFlags(prompt, 'the session’s')
    .option('--json', 'what was given, for machines')
    .addHelpText('after', promptExamples)
    .action(promptCommand);
}

async function newCommand(path: string, flags: NewFlags): Promise<void> {
  const output = new Output(flags);
  const target = resolve(path);
  const prompts = flags.prompts === undefined ? null : await openPromptsFile(resolve(flags.prompts));
  const engines = enginesOf(flags);
  try {
    const video = await openVideoPath(flags.video, openOptions(flags), engines);
    const { name, width, height, frameCount } = video;
    const facts = { name, width, height, frameCount };
    const size = `${frameCount} frames of ${width} × ${height}`;
    if (existsSync(target)) {
      if (!flags.keep)
        throw new CommandError(
          `There is something at ${target} already. Nothing was made; --keep goes on with a session that is there.`,
        );
      const { folder } = await openFolderFor(target, video, sessionSources());
      await folder.close();
      output.result(
        { session: target, made: false, video: facts },
        `${path} is there already (${name}: ${size}); it was left as it is.\n`,
      );
      return;
    }
    const given = await make(target, video, prompts, output);
    const words =
      prompts === null
        ? ''
        : `, ${counted(given.prompts, 'prompt')} of ${counted(given.objects.length, 'object')} answered`;
    output.result(
      { session: target, made: true, video: facts, model: engines.modelRef.name, ...given },
      `${path} is ready (${name}: ${size}${words}).\n`,
    );
  } finally {
    output.end();
    await engines.dispose();
  }
}

/** Makes the session beside its place and moves it there when it is whole: a command that is killed leaves none. */
async function make(
  target: string,
  video: Video,
  prompts: PromptsFile | null,
  output: Output,
): Promise<{ readonly objects: readonly string[]; readonly prompts: number }> {
  const objects = prompts === null ? [] : await prompts(video);
  const partial = partialName(target, process.pid);
  try {
    makeFolders(dirname(target));
    await removeLeftovers(target);
    makeFolders(partial);
  } catch (error) {
    const why = refusalWords(error);
    throw new CommandError(
      `${target} cannot be made: ${why}. No session was made; choose another place.`,
      { path: target },
      error,
    );
  }
  try {
    const sources: FolderSources = sessionSources();
    const opened = await openFolderFor(partial, video, sources);
    const session = new Session(video, { ...sources, opened });
    let given;
    try {
      given = await givePrompts(session, objects, (done, total) =>
        output.progress({ what: 'prompts', done, total, text: `${done} of ${total} prompts answered` }),
      );
    } finally {
      await session.dispose();
    }
    await rename(partial, target);
    return given;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

const partialName = (target: string, pid: number): string =>
  join(dirname(target), `.${basename(target)}.${hostname()}-${pid}.partial`);

/** What commands that were killed on this machine left beside a session's place. */
async function removeLeftovers(target: string): Promise<void> {
  const [before, after] = [`.${basename(target)}.${hostname()}-`, '.partial'];
  for (const name of readdirSync(dirname(target))) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    const pid = Number(name.slice(before.length, -after.length));
    if (!isAlive(pid)) await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface PromptFlags extends SessionFlags {
  readonly file: string;
}

async function promptCommand(path: string, flags: PromptFlags): Promise<void> {
  const output = new Output(flags);
  const prompts = await openPromptsFile(resolve(flags.file));
  await withSession(path, flags, output, async (session) => {
    requireWritable(session);
    const objects = await prompts(session.video);
    const given = await asOneStep(session, 'Give prompts', () =>
      givePrompts(session, objects, (done, total) =>
        output.progress({ what: 'prompts', done, total, text: `${done} of ${total} prompts answered` }),
      ),
    );
    output.result(
      given,
      `${counted(given.prompts, 'prompt')} of ${counted(given.objects.length, 'object')} given to ${path}.\n`,
    );
  });
}
