import { ModelError } from '../../errors';
import { providerObstacle } from '../onnx';
import type { OnnxGraph, Provider, RefusedProvider } from '../onnx';
import { gpuTolerance } from '../store';
import { notUsed, wrongNumbers } from './providers';

/** What trying a provider on one graph of a model gave. */
export interface ProviderTrial {
  /** The largest difference from the CPU's numbers, as a share of the largest. */
  readonly difference: number;
  /** Of the last of its runs. */
  readonly seconds: number;
  /** Why the provider did not take the graph, or null. */
  readonly refused: string | null;
}

/** Providers worth using, in order, and why not the others. */
export interface FittingProviders {
  readonly providers: readonly Provider[];
  readonly refused: readonly RefusedProvider[];
}

/**
 * The providers worth using. Each first runs one graph: it must give the CPU's numbers, and, where the choice is ours
 * (`mustPay`), in less time: a GPU that is emulated in software is none. Rejects with a ModelError where a provider
 * that was asked for by name does not fit.
 */
export async function fitProviders(
  candidates: readonly Provider[],
  mustPay: boolean,
  trial: (provider: Provider) => Promise<ProviderTrial>,
): Promise<FittingProviders> {
  const providers: Provider[] = [];
  const all: RefusedProvider[] = [];
  const gpus = candidates.filter((one) => one !== 'cpu');
  let cpu: ProviderTrial | null = null;
  for (const provider of gpus) {
    const refuse = (reason: string): number => all.push({ provider, reason });
    const obstacle = providerObstacle(provider);
    if (obstacle) {
      refuse(obstacle);
      continue;
    }
    const { difference, seconds, refused } = await trial(provider);
    if (refused) refuse(refused);
    else if (!(difference <= gpuTolerance))
      refuse(`its numbers differ from the CPU’s by ${difference.toExponential(1)}`);
    else if (mustPay && seconds > (cpu ??= await trial('cpu')).seconds)
      refuse('it is slower than the CPU here');
    else providers.push(provider);
  }
  if (!mustPay && gpus.length > 0 && providers.length === 0)
    throw new ModelError(
      `${notUsed(all).join('. ')}. Nothing was computed. Choose the provider auto or cpu; \`npx masklet doctor\` says what works.`,
    );
  return { providers, refused: all };
}

/**
 * A graph on the first of the providers whose numbers are right, in the end on the CPU. `load` takes those that are left, `offBy`
 * says how wrong a graph's numbers are, or null. `wrong`: what is to be said of those that are.
 */
export async function loadTrusted(
  providers: readonly Provider[],
  load: (providers: readonly Provider[]) => Promise<OnnxGraph>,
  offBy: (graph: OnnxGraph) => Promise<number | null>,
): Promise<{ graph: OnnxGraph; wrong: string[] }> {
  const wrong: string[] = [];
  for (let rest = providers; ;) {
    const graph = await load(rest);
    const off = graph.provider === 'cpu' ? null : await offBy(graph);
    if (off === null) return { graph, wrong };
    await graph.release();
    wrong.push(wrongNumbers(graph, off));
    rest = rest.slice(rest.indexOf(graph.provider) + 1);
  }
}
