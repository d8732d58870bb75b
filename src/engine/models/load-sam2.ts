import { createHash } from 'node:crypto';
import { ModelError } from '../../errors';
import { providerObstacle } from '../onnx';
import type { OnnxGraph, Provider } from '../onnx';
import { damagedFiles, modelFolder, readRecord } from '../catalogue';
import type { ModelRecord } from '../catalogue';
import { largestDifference, sampleGraphs } from '../store';
import type { TrackingModel } from '../tracking';
import { describeProviders, insistOn, providersToTry, providerTitles } from './providers';
import type { LoadOptions } from './load-options';

/** A GPU's numbers may differ from the CPU's by this share of the largest; half precision would by 1e-2. */
const gpuTolerance = 5e-2;

/** Loads an added model. Rejects with a ModelError when it is not here, damaged, or computes wrong numbers. */
export async function loadSam2(name: string, options: LoadOptions): Promise<TrackingModel> {
  const { loadGraphs, Sam2Model } = await import('../sam2');
  const record = await readRecord(name);
  const folder = modelFolder(name);
  const choice = options.provider ?? 'auto';
  const tried = await fitProviders(
    record,
    folder,
    options.threads,
    providersToTry(choice),
    choice === 'auto',
  );
  try {
    const graphs = await loadGraphs(folder, record.graphs, record.config, {
      threads: options.threads,
      providers: tried.providers,
    });
    const all: readonly OnnxGraph[] = Object.values(graphs);
    insistOn(choice, all);
    const { provider, notes } = describeProviders(all);
    const { noMemory, noObjectPointer, maskDownsample, maskDownsampleBias } = record.host;
    return new Sam2Model({
      graphs,
      host: {
        noMemory: Float32Array.from(noMemory),
        noObjectPointer: Float32Array.from(noObjectPointer),
        maskDownsample: Float32Array.from(maskDownsample),
        maskDownsampleBias,
      },
      config: record.config,
      settings: options.settings ?? {},
      weights: weightsMark(record),
      provider,
      notes: [...tried.notes, ...notes, ...(options.settings?.fast ? [noFast(record)] : [])],
    });
  } catch (error) {
    const damaged = await damagedFiles(name);
    if (damaged.length === 0) throw error;
    throw new ModelError(
      `The model ${name} is damaged: ${damaged.join(', ')}. Run \`npx masklet models add ${name}\` again.`,
      { name },
      error,
    );
  }
}

/** Said where the setting `fast` was chosen with another model, or for it. */
function noFast({ config: { title } }: ModelRecord): string {
  return `${title} has no fast setting, and computes as ever`;
}

/** Files are told apart by their own hashes, which were taken when the model was added. */
function weightsMark({ files }: ModelRecord): string {
  const hash = createHash('sha256');
  files.forEach(({ sha256 }) => hash.update(sha256));
  return hash.digest('hex').slice(0, 16);
}

/**
 * The providers worth using. Each first runs the smallest graph: it must give the numbers that the CPU gave when the
 * model was added, and, where the choice is ours, in less time: a GPU that is emulated in software is none.
 */
async function fitProviders(
  record: ModelRecord,
  folder: string,
  threads: number,
  candidates: readonly Provider[],
  mustPay: boolean,
): Promise<{ providers: Provider[]; notes: string[] }> {
  const providers: Provider[] = [];
  const notes: string[] = [];
  const trial = (one: Provider): ReturnType<typeof sampleGraphs> =>
    sampleGraphs(folder, record, { threads, providers: [one], arena: false }, ['maskDecoder'], 2);
  const gpus = candidates.filter((one) => one !== 'cpu');
  let cpu: Awaited<ReturnType<typeof trial>> | null = null;
  for (const provider of gpus) {
    const title = providerTitles[provider];
    const obstacle = providerObstacle(provider);
    if (obstacle) {
      notes.push(`${title} was not used: ${obstacle}`);
      continue;
    }
    const { samples, seconds, graphs } = await trial(provider);
    const { refused } = graphs[0]!;
    const difference = largestDifference(samples, record.selfTest);
    if (refused[0]) notes.push(`${title} was not used: ${refused[0].reason}`);
    else if (!(difference <= gpuTolerance))
      notes.push(
        `${title} was not used: its numbers differ from the CPU’s by ${difference.toExponential(1)}`,
      );
    else if (mustPay && seconds['maskDecoder']! > (cpu ??= await trial('cpu')).seconds['maskDecoder']!)
      notes.push(`${title} was not used: it is slower than the CPU here`);
    else providers.push(provider);
  }
  if (!mustPay && gpus.length > 0 && providers.length === 0)
    throw new ModelError(
      `${notes.join('. ')}. Nothing was computed. Choose the provider auto or cpu; \`npx masklet doctor\` says what works.`,
    );
  return { providers, notes };
}
