import { ModelError } from '../../errors';
import { knownProviders } from '../onnx';
import type { OnnxGraph, Provider, RefusedProvider } from '../onnx';

/** What should compute: one provider, or the best of those that work. */
export type ProviderChoice = Provider | 'auto';

/** Names people read. */
export const providerTitles: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  coreml: 'CoreML',
  dml: 'DirectML',
  webgpu: 'WebGPU',
};

/** The order in which providers are tried: what is made for the machine first, the CPU last. */
export const providerOrder: readonly Provider[] = ['cuda', 'coreml', 'dml', 'webgpu', 'cpu'];

/** Reads a choice from outside. Throws a ModelError that lists the names there are. */
export function parseProvider(text: string): ProviderChoice {
  if (text === 'auto') return text;
  const found = providerOrder.find((one) => one === text.toLowerCase());
  if (found) return found;
  throw new ModelError(`There is no provider “${text}”. There are: auto, ${providerOrder.join(', ')}.`, {
    provider: text,
  });
}

/** The providers to try for a choice, in order; only those that this build of onnxruntime has. */
export function providersToTry(choice: ProviderChoice): Provider[] {
  if (choice !== 'auto') return [choice];
  const known = knownProviders().map((one) => one.name);
  return providerOrder.filter((one) => known.includes(one));
}

/** Why providers are not used, a sentence each. */
export function notUsed(refused: readonly RefusedProvider[]): string[] {
  return refused.map(({ provider, reason }) => `${providerTitles[provider]} was not used: ${reason}`);
}

/** What is said of a graph. */
export type LoadedGraph = Pick<OnnxGraph, 'name' | 'provider' | 'refused'>;

/** What computes a model's graphs, in words, and why not what was tried before. */
export function describeProviders(graphs: readonly LoadedGraph[]): { provider: string; notes: string[] } {
  const used = [...new Set(graphs.map((one) => providerTitles[one.provider]))];
  const notes = new Set(notUsed(graphs.flatMap((one) => one.refused)));
  if (used.length > 1) {
    const onCpu = graphs.filter((one) => one.provider === 'cpu').map((one) => one.name);
    notes.add(`${onCpu.join(', ')} on the CPU`);
  }
  return { provider: used.join(' and '), notes: [...notes] };
}

/**
 * A provider that was asked for by name is used or refused aloud: nobody waits for a CPU unawares. `wrong`: why graphs that
 * it took were taken from it again.
 */
export function insistOn(
  choice: ProviderChoice,
  graphs: readonly LoadedGraph[],
  wrong: readonly string[] = [],
): void {
  if (choice === 'auto' || choice === 'cpu' || graphs.some((one) => one.provider === choice)) return;
  const refused = graphs.flatMap((one) => one.refused).find((one) => one.provider === choice);
  const why = refused ? `: ${refused.reason}` : wrong.length > 0 ? `. ${wrong.join('. ')}` : '';
  throw new ModelError(
    `${providerTitles[choice]} cannot be used here${why}. Nothing was computed. Choose the provider auto or cpu; \`npx masklet doctor\` says what works.`,
    { provider: choice },
  );
}

/** What is to be said of a graph whose numbers on a provider are wrong by `off`. */
export function wrongNumbers({ name, provider }: OnnxGraph, off: number): string {
  return `${providerTitles[provider]} was not used for ${name}: its numbers differ from the CPU’s by ${off.toExponential(1)}`;
}
