import { createHash } from 'node:crypto';
import { ModelError } from '../../errors';
import type { GraphOptions, OnnxGraph, Provider } from '../onnx';
import type { GraphRole, Sam2GraphSet } from '../sam2';
import { damagedFiles, modelFolder, readRecord } from '../catalogue';
import type { ModelRecord } from '../catalogue';
import { graphWrongBy, largestDifference, sampleGraphs } from '../store';
import type { TrackingModel } from '../tracking';
import { fitProviders, loadTrusted } from './fit-providers';
import type { ProviderTrial } from './fit-providers';
import { describeProviders, insistOn, notUsed, providersToTry } from './providers';
import type { LoadOptions } from './load-options';

/** Loads an added model. Rejects with a ModelError when it is not here, damaged, or computes wrong numbers. */
export async function loadSam2(name: string, options: LoadOptions): Promise<TrackingModel> {
  const { Sam2Model } = await import('../sam2');
  const record = await readRecord(name);
  const folder = modelFolder(name);
  const choice = options.provider ?? 'auto';
  const trial = (one: Provider): Promise<ProviderTrial> => trySmallest(record, folder, options.threads, one);
  const tried = await fitProviders(providersToTry(choice), choice === 'auto', trial);
  try {
    const { graphs, wrong } = await trustedGraphs(record, folder, {
      threads: options.threads,
      providers: tried.providers,
    });
    const all: readonly OnnxGraph[] = Object.values(graphs);
    insistOn(choice, all, wrong);
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
      notes: [
        ...notUsed(tried.refused),
        ...wrong,
        ...notes,
        ...(options.settings?.fast ? [noFast(record)] : []),
      ],
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
 * The graphs, each on the first provider whose numbers are right: onnxruntime's CUDA attention has been seen to give wrong
 * ones where all other graphs were right. `wrong`: what is to be said of those that are not.
 */
async function trustedGraphs(
  record: ModelRecord,
  folder: string,
  options: GraphOptions & { readonly providers: readonly Provider[] },
): Promise<{ graphs: Sam2GraphSet; wrong: string[] }> {
  const { graphSet, loadGraph } = await import('../sam2');
  const wrong: string[] = [];
  const load = async (role: GraphRole): Promise<OnnxGraph> => {
    const { graph, wrong: more } = await loadTrusted(
      options.providers,
      (providers) => loadGraph(role, folder, record.graphs, record.config, { ...options, providers }),
      (one) => graphWrongBy(role, one, record, record.selfTest),
    );
    wrong.push(...more);
    return graph;
  };
  return { graphs: await graphSet(load), wrong };
}

/** Runs the smallest graph; the CPU's numbers were taken when the model was added. */
async function trySmallest(
  record: ModelRecord,
  folder: string,
  threads: number,
  provider: Provider,
): Promise<ProviderTrial> {
  const options = { threads, providers: [provider], arena: false };
  const { samples, seconds, graphs } = await sampleGraphs(folder, record, options, ['maskDecoder'], 2);
  const refused = graphs[0]!.refused[0]?.reason ?? null;
  return {
    difference: largestDifference(samples, record.selfTest),
    seconds: seconds['maskDecoder']!,
    refused,
  };
}
