import { join } from 'node:path';
import { ModelError } from '../../errors';
import { seededTensor } from '../checkpoints';
import { OnnxGraph } from '../onnx';
import type { GraphOptions, InputTensor, Provider, RefusedProvider } from '../onnx';
import type { CatalogueEntry } from '../catalogue';
import { largestDifference, wrongBy } from './gpu-check';
import type { Samples } from './gpu-check';

/** The part of an entry that its graphs follow from. */
type TestedModel = Pick<CatalogueEntry, 'config' | 'graphs'>;

const sampled = 48;
/** Outputs may differ by this share of the largest; onnxruntime 1.24.4 was off by 2.8e-2 (facts). */
const tolerance = 2e-3;

/** What running graphs on seeded inputs gave. */
export interface SampledGraphs {
  readonly samples: Samples;
  /** Seconds of the last run by role. */
  readonly seconds: Record<string, number>;
  readonly graphs: readonly {
    readonly role: string;
    readonly provider: Provider;
    readonly refused: readonly RefusedProvider[];
  }[];
}

/** Runs graphs of a model (all, where no roles are named) on a seeded input, `runs` times, and samples what comes out. */
export async function sampleGraphs(
  folder: string,
  entry: TestedModel,
  options: GraphOptions,
  roles: readonly string[] = Object.keys(entry.graphs),
  runs = 1,
): Promise<SampledGraphs> {
  const samples: Record<string, number[]> = {};
  const seconds: Record<string, number> = {};
  const graphs: SampledGraphs['graphs'][number][] = [];
  for (const [role, file] of Object.entries(entry.graphs) as [string, string][]) {
    if (!roles.includes(role)) continue;
    const graph = await OnnxGraph.load(`${file}.onnx`, join(folder, `${file}.onnx`), options);
    const { feeds, outputs } = seededFeeds(role, entry);
    for (let i = 0; i < runs; i++) {
      const began = performance.now();
      const results = await graph.runWith(feeds, outputs);
      seconds[role] = (performance.now() - began) / 1000;
      for (const output of outputs) samples[`${role}.${output}`] = sampleOf(results[output]!.data);
    }
    graphs.push({ role, provider: graph.provider, refused: graph.refused });
    await graph.release();
  }
  return { samples, seconds, graphs };
}

/** How far a loaded graph's numbers on seeded input are off; see {@link wrongBy}. */
export function graphWrongBy(
  role: string,
  graph: OnnxGraph,
  entry: TestedModel,
  expected: Samples,
): Promise<number | null> {
  const { feeds, outputs } = seededFeeds(role, entry);
  return wrongBy(async (adjust) => {
    const adjusted = Object.entries(feeds).map(([name, { data, shape }]): [string, InputTensor] => [
      name,
      { data: data instanceof Float32Array ? adjust(data) : data, shape },
    ]);
    const results = await graph.runWith(Object.fromEntries(adjusted), outputs);
    return Object.fromEntries(outputs.map((one) => [`${role}.${one}`, sampleOf(results[one]!.data)]));
  }, expected);
}

function sampleOf(data: Float32Array): number[] {
  return Array.from(
    { length: Math.min(sampled, data.length) },
    (_, i) => data[(i * 7919 + 13) % data.length]!,
  );
}

/** Throws a ModelError naming the first output that is not a number or differs from what was expected. */
export function checkSamples(name: string, found: Samples, expected: Samples, against: string): void {
  for (const [output, values] of Object.entries(found)) {
    const worst = largestDifference({ [output]: values }, expected);
    if (worst <= tolerance) continue;
    throw new ModelError(
      `The model ${name} computes wrong numbers on this machine: ${output} differs from ${against} by ${Number.isFinite(worst) ? worst.toExponential(1) : 'what is no number'}. It was not used. Check that onnxruntime-node is the version in package.json (\`npx masklet doctor\`).`,
      { name, output },
    );
  }
}

function seededFeeds(
  role: string,
  { config }: TestedModel,
): { feeds: Record<string, InputTensor>; outputs: string[] } {
  const { size, width, memoryWidth, memoryTokens } = config;
  const n = size / 16;
  const floats = (name: string, shape: readonly number[]): InputTensor => ({
    // Without an ending that stands for a layer: plain noise of unit variance.
    data: seededTensor(`self-test.${name}.noise`, shape),
    shape,
  });
  const fine = floats('fine', [1, width / 8, 4 * n, 4 * n]);
  const middle = floats('middle', [1, width / 4, 2 * n, 2 * n]);
  const coarse = floats('coarse', [1, width, n, n]);
  const logits = floats('mask', [1, 1, 4 * n, 4 * n]);
  const one = (value: number, ...shape: number[]): InputTensor => ({ data: Float32Array.of(value), shape });
  switch (role) {
    case 'imageEncoder':
      return {
        feeds: { image: floats('image', [1, 3, size, size]) },
        outputs: ['feat_s0', 'feat_s1', 'feat_s2'],
      };
    case 'maskDecoder':
      return {
        feeds: {
          pix_feat: coarse,
          feat_s0: fine,
          feat_s1: middle,
          point_coords: { data: Float32Array.of(size / 3, size / 2), shape: [1, 1, 2] },
          point_labels: one(1, 1, 1),
          mask_input: logits,
          has_mask: one(1, 1, 1, 1, 1),
        },
        outputs: ['masks', 'ious', 'obj_ptrs', 'object_score'],
      };
    case 'memoryEncoder':
      return {
        feeds: {
          feat_s2: coarse,
          low_res_mask: logits,
          object_score: one(1, 1, 1),
          binarize: one(0, 1, 1, 1, 1),
        },
        outputs: ['memory'],
      };
    default:
      return {
        feeds: {
          feat_s2: coarse,
          memory: floats('memory', [1, memoryTokens, memoryWidth]),
          mem_place: { data: Int32Array.from({ length: memoryTokens }, (_, i) => i), shape: [memoryTokens] },
          mem_tpos: { data: new Int32Array(memoryTokens).fill(6), shape: [memoryTokens] },
          obj_ptrs: floats('pointers', [1, 2, width]),
          obj_ptr_tdiff: { data: Float32Array.of(0.2, 0.1), shape: [2] },
        },
        outputs: ['pix_feat'],
      };
  }
}
