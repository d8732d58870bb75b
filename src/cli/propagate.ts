import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { parseProvider } from '../engine/models';
import type { Sam2Settings } from '../engine/sam2';
import { CommandError } from '../errors';
import { formatNames, formatOf } from '../formats';
import { encodeRunLength } from '../mask';
import { duration, EnginePair, openVideoPath, Session } from '../session';
import type { RunStep, RunSummary, Video } from '../session';
import { collect } from './exchange';
import { readMaskPicture } from './mask-picture';
import { readPromptsFile } from './prompts-file';
import type { FileObject, FilePrompt } from './prompts-file';
import { wholeNumber } from './whole-number';

interface PropagateFlags {
  readonly prompts: string;
  readonly out: string;
  readonly format?: readonly string[];
  readonly model?: string;
  readonly provider?: string;
  readonly memories?: string;
  readonly near?: string;
  readonly stride?: string;
  readonly range?: string;
  readonly every?: string;
  readonly threads?: string;
}

const example = `
Examples:
  $ masklet propagate birds.mp4 --prompts prompts.json --out birds
  $ masklet propagate frames/ --prompts prompts.json --out masks --range 0-200
  $ masklet propagate birds.mp4 --prompts prompts.json --out birds --format coco --format overlay

prompts.json:
  { "objects": [ { "name": "swan", "prompts": [
      { "frame": 0, "mask": "first.png" },
      { "frame": 12, "points": [[410, 220, 1], [380, 90, 0]], "box": [300, 80, 520, 400] } ] } ] }
  Any of mask, points ([x, y, 1] object, [x, y, 0] not) and box (edges inclusive) in a prompt. Pixels: x to the
  right, y down, (0, 0) is the centre of the first. Paths in the file are relative to it.

Writes OUT/Annotations/NAME/00000.png ..., one indexed PNG a frame; a pixel's value is the object's place in
prompts.json, from 1. With several formats each has a folder of its own below OUT. Prompts in the middle of the video run both ways.`;

/** Adds `masklet propagate`. */
export function registerPropagateCommand(program: Command): void {
  program
    .command('propagate')
    .summary('masks for every frame of a video, from prompts in a file')
    .description(
      'Carries the masks that the prompts describe through a video and writes them as indexed PNG, or in other formats.',
    )
    .argument('<video>', 'a video file, an image folder, or sample:big-buck-bunny')
    .requiredOption('--prompts <file>', 'the prompts, as JSON')
    .requiredOption('--out <folder>', 'where to write')
    .option('--format <name>', `again for more (default: davis): ${formatNames().join(', ')}`, collect)
    .option('--model <name>', 'the model (default: the best on this machine; see masklet models list)')
    .option('--provider <name>', 'what computes: auto, cpu, cuda, webgpu, coreml, dml', 'auto')
    .option(
      '--memories <n>',
      'frames that SAM 2 looks back at, 1 to 6: fewer are quicker (unverified in quality)',
    )
    .option(
      '--near <cells>',
      'keep only what SAM 2 remembers near the object: quicker (unverified in quality)',
    )
    .option('--stride <n>', 'compute every n-th frame, interpolate the masks between (unverified in quality)')
    .option('--range <first-last>', 'frames of the file to use, both included, such as 0-200')
    .option('--every <n>', 'use every n-th frame')
    .option('--threads <n>', 'threads of the model (default: all cores)')
    .addHelpText('after', example)
    .action(async (video: string, flags: PropagateFlags) => propagateCommand(video, flags));
}

async function propagateCommand(path: string, flags: PropagateFlags): Promise<void> {
  const formats = flags.format ?? ['davis'];
  formats.forEach((one) => formatOf(one));
  const objects = await readPromptsFile(resolve(flags.prompts));
  const engines = new EnginePair({
    ...(flags.model === undefined ? {} : { model: flags.model }),
    provider: parseProvider(flags.provider ?? 'auto'),
    settings: settingsOf(flags),
    ...(flags.threads === undefined ? {} : { threads: wholeNumber(flags.threads, '--threads') }),
  });
  try {
    const video = await openVideoPath(path, openOptions(flags), engines);
    const session = new Session(video);
    await givePrompts(session, objects);
    const stride = flags.stride === undefined ? 1 : wholeNumber(flags.stride, '--stride');
    await runAndWrite(session, video, { out: flags.out, formats, stride });
  } finally {
    await engines.dispose();
  }
}

function settingsOf({ memories, near }: PropagateFlags): Sam2Settings {
  return {
    ...(memories === undefined ? {} : { recentFrames: wholeNumber(memories, '--memories') }),
    ...(near === undefined ? {} : { nearObject: wholeNumber(near, '--near') }),
  };
}

function openOptions({ range, every }: PropagateFlags): { range?: [number, number]; every?: number } {
  const span = range === undefined ? null : /^(\d+)-(\d+)$/.exec(range);
  if (range !== undefined && !span)
    throw new CommandError(`--range is FIRST-LAST, such as 0-200, not “${range}”.`);
  return {
    ...(span ? { range: [Number(span[1]), Number(span[2])] } : {}),
    ...(every === undefined ? {} : { every: wholeNumber(every, '--every') }),
  };
}

async function givePrompts(session: Session, objects: readonly FileObject[]): Promise<void> {
  for (const { name, class: className, prompts } of objects) {
    const object = session.objects.add({ name, ...(className === null ? {} : { class: className }) });
    for (const prompt of prompts) await givePrompt(session, object.id, prompt);
  }
}

/** Points, box and mask of one prompt are one edit: the model answers them together. */
async function givePrompt(
  session: Session,
  objectId: string,
  { frame, mask, points, box }: FilePrompt,
): Promise<void> {
  const { width, height } = session.video;
  const base = (): { id: string; objectId: string; frame: number } => ({
    id: session.nextId(),
    objectId,
    frame,
  });
  const bitmap = mask === null ? null : await readMaskPicture(mask, width, height);
  const stored = bitmap && (await session.store.put(encodeRunLength(bitmap)));
  await session.apply({
    kind: 'together',
    edits: [
      ...(stored === null ? [] : [{ kind: 'mask', ...base(), mask: stored } as const]),
      ...(box === null
        ? []
        : [{ kind: 'box', ...base(), x0: box[0], y0: box[1], x1: box[2], y1: box[3] } as const]),
      ...points.map(([x, y, sign]) => ({ kind: 'point', ...base(), x, y, positive: sign === 1 }) as const),
    ].map((prompt) => ({ kind: 'add-prompt', prompt })),
  });
}

interface Output {
  readonly out: string;
  readonly formats: readonly string[];
  readonly stride: number;
}

async function runAndWrite(session: Session, video: Video, { out, formats, stride }: Output): Promise<void> {
  const masks = framesLeft(session) ? await run(session, stride) : null;
  const pace = masks ? `, ${(masks.seconds / masks.frames).toFixed(2)} seconds per frame` : '';
  for (const format of formats) {
    const report = await session.export(format, formats.length === 1 ? out : join(out, format));
    const folder = relative(process.cwd(), report.folder) || '.';
    if (format !== 'davis') {
      process.stdout.write(`${format}: ${report.files.length} files in ${folder}${pace}\n`);
      continue;
    }
    const where = join(folder, 'Annotations', video.name);
    process.stdout.write(`${report.files.length} masks in ${where}${pace}\n`);
    if (report.files.length !== video.frameCount)
      throw new CommandError(`Only ${report.files.length} of ${video.frameCount} frames were written.`);
  }
}

/** False when every object is prompted on every frame: there is nothing to compute then. */
function framesLeft(session: Session): boolean {
  return [...session.objects].some((object) => object.frames.length < session.video.frameCount);
}

async function run(session: Session, stride: number): Promise<RunSummary> {
  const { text } = await session.forecast({ stride });
  process.stderr.write(`${text}\n`);
  const run = session.propagate({ direction: 'both', stride });
  for await (const step of run) showProgress(step);
  if (process.stderr.isTTY) process.stderr.write('\n');
  return run;
}

function showProgress({ done, total, secondsLeft }: RunStep): void {
  if (!process.stderr.isTTY) return;
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
  process.stderr.write(`\r\u001b[K${done} of ${total} frames${left}`);
}
