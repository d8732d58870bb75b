import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import {
  damagedFiles,
  embeddedModel,
  isAdded,
  modelBytes,
  modelEntries,
  modelFolder,
  modelsFolder,
  readRecord,
  removeModel,
} from '../engine/catalogue';
import type { ModelEntry } from '../engine/catalogue';
import { embeddedObstacle, timeEmbedded } from '../engine/models';
import { addModel, checkSamples, entryOf, megabytes, sampleGraphs } from '../engine/store';
import type { AddStage } from '../engine/store';
import { ModelError } from '../errors';
import { reportModel } from './model-report';
import { Output } from './output';
import { ProgressLine } from './progress-line';

const examples = `
Examples:
  $ masklet models list
  $ masklet models add edgetam
  $ masklet models add sam2.1_hiera_tiny --from ~/Downloads/sam2.1_hiera_tiny.pt
  $ masklet models verify

Checkpoints are read, never run: a file that asks for more than tensors is refused. Models are kept in
${modelsFolder()}
(MASKLET_MODELS names another folder).`;

/** Adds `masklet models`. */
export function registerModelCommands(program: Command): void {
  const models = program
    .command('models')
    .summary('the models on this machine: add, list, verify, remove')
    .addHelpText('after', examples);
  models
    .command('list')
    .description('Lists the models that can be used, and those that can be added.')
    .option('--json', 'for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const entries = await modelEntries();
      process.stdout.write(json ? `${JSON.stringify(entries, null, 2)}\n` : listText(entries));
    });
  models
    .command('add')
    .description(
      'Fetches a model, writes its weights beside its graphs, and tests it. Once for each machine.',
    )
    .argument('<name>', 'see masklet models list')
    .option('--from <file>', 'a checkpoint that is here: .pt or .safetensors, the official one or your own')
    .option('--mirror <url>', 'fetch the official file from here instead')
    .option('--json', 'one line of JSON for each step, for machines')
    .action(addCommand);
  models
    .command('verify')
    .description(
      'Checks the files of added models, and that they compute what they computed when they were added.',
    )
    .argument('[name]', 'one model, also the one that comes with Masklet (default: all that were added)')
    .option('--json', 'for machines')
    .action(verifyCommand);
  models
    .command('remove')
    .description('Takes an added model off the disk.')
    .argument('<name>')
    .option('--json', 'for machines')
    .action(async (name: string, flags: { json?: boolean }) => {
      const bytes = isAdded(name) ? await modelBytes(name) : 0;
      await removeModel(name);
      new Output(flags).result({ removed: name, bytes }, `${name} was removed (${megabytes(bytes)}).\n`);
    });
  models
    .command('report')
    .description(
      'Runs the checks of docs/real-weights.md that this machine can, and writes a file to send back.',
    )
    .argument('<name>')
    .option('--image <file>', 'car.png of the published scores (docs/real-weights.md)')
    .option('--out <file>', 'where to write (default: masklet-report-NAME.json)')
    .option('--json', 'the report, for machines')
    .action(async (name: string, flags: { image?: string; out?: string; json?: boolean }) => {
      const out = flags.out ?? `masklet-report-${name}.json`;
      const report = await reportModel(name, flags.image);
      await writeFile(out, `${JSON.stringify(report, null, 2)}\n`);
      new Output(flags).result(report, `${report.summary.join('\n')}\nWritten to ${out}.\n`);
    });
}

function listText(entries: readonly ModelEntry[]): string {
  const name = Math.max(...entries.map((one) => one.name.length));
  const title = Math.max(...entries.map((one) => one.title.length));
  const lines = entries.map((one) => {
    const { cost, downloadBytes } = one;
    const state = one.ready ? '✓ here' : `  ${megabytes(downloadBytes ?? 0)} to fetch`;
    const pace = cost
      ? `${(cost.encodeSeconds + cost.trackSeconds).toFixed(1)} s a frame, ${(cost.peakMiB / 1024).toFixed(1)} GiB`
      : '';
    return `${one.name.padEnd(name)}  ${one.title.padEnd(title)}  ${state.padEnd(18)}  ${pace}`.trimEnd();
  });
  return `${lines.join('\n')}

Seconds and memory: one object on a CPU of two cores, cache not counted; measured for EdgeTAM and tiny,
reckoned for the others. Licences: Apache-2.0.
Add one with masklet models add NAME. Models of 512 pixels are quicker; their quality was not measured.
`;
}

async function addCommand(
  name: string,
  flags: { from?: string; mirror?: string; json?: boolean },
): Promise<void> {
  const line = new ProgressLine(process.stderr);
  const words: Readonly<Record<AddStage, string>> = {
    downloading: 'Fetching',
    converting: 'Writing weights',
    testing: 'Testing what it computes',
  };
  const onProgress = (stage: AddStage, done: number, total: number): void => {
    if (flags.json) process.stdout.write(`${JSON.stringify({ stage, done, total })}\n`);
    else if (stage === 'testing') line.show(words[stage]);
    else line.show(`${words[stage]} ${megabytes(done)} of ${megabytes(total)}`, done / Math.max(1, total));
  };
  const stop = new AbortController();
  const interrupted = (): void => stop.abort();
  process.once('SIGINT', interrupted);
  try {
    const { from, mirror } = flags;
    const added = await addModel(name, { from, mirror, onProgress, signal: stop.signal });
    line.clear();
    if (flags.json) {
      process.stdout.write(`${JSON.stringify({ added: name, warnings: added.warnings })}\n`);
      return;
    }
    process.stdout.write(`${entryOf(name).config.title} is ready, in ${added.folder}.\n`);
    for (const warning of added.warnings) process.stdout.write(`Note: ${warning}\n`);
  } finally {
    line.clear();
    process.removeListener('SIGINT', interrupted);
  }
}

async function verifyCommand(name: string | undefined, flags: { json?: boolean }): Promise<void> {
  const added = (await modelEntries()).filter((one) => isAdded(one.name)).map((one) => one.name);
  const names = name === undefined ? added : [name];
  const lines = names.length === 0 ? ['No model was added yet; the embedded one needs no check.\n'] : [];
  for (const one of names) {
    if (one === embeddedModel) {
      lines.push(await verifyEmbedded());
      continue;
    }
    const record = await readRecord(one);
    const damaged = await damagedFiles(one);
    if (damaged.length > 0)
      throw new ModelError(
        `The model ${one} is damaged: ${damaged.join(', ')}. Run \`npx masklet models add ${one}\` again.`,
      );
    const { samples } = await sampleGraphs(modelFolder(one), record, { threads: 0, arena: false });
    checkSamples(one, samples, record.selfTest, 'what it gave when it was added');
    const source = record.source.official
      ? 'the official file'
      : `${record.source.file}, not the official file`;
    lines.push(`${one}: all files as written, all graphs compute as before (from ${source}).\n`);
  }
  new Output(flags).result({ verified: names }, lines.join(''));
}

/** The embedded model has no record of what it gave: its graphs are loaded and run. Throws a ModelError where they do not. */
async function verifyEmbedded(): Promise<string> {
  const threads = availableParallelism();
  const { seconds, refused } = await timeEmbedded('cpu', threads);
  const obstacle = refused ?? (await embeddedObstacle('cpu', threads));
  if (obstacle !== null)
    throw new ModelError(
      `The model ${embeddedModel} does not compute: ${obstacle}. It comes with Masklet: run \`npm run setup\`.`,
      { name: embeddedModel },
    );
  return `${embeddedModel}: comes with Masklet; its graphs are there and compute (${seconds.toFixed(1)} s a picture).\n`;
}
