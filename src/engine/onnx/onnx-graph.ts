import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { ModelError } from '../../errors';
import type { Provider, RefusedProvider } from './provider';
import { missingForProvider } from './provider-files';

// CUDA's memory-efficient attention computes wrong numbers for one head of 256 in 32 bits, SAM 2's memory attention: half
// off with 1.30.0 on an H200, right without it (docs/gpu.md; onnxruntime's issue 26246 is of the same kernel).
process.env['ORT_DISABLE_MEMORY_EFFICIENT_ATTENTION'] ??= '1';

/** A tensor of 32-bit floats as it comes out of a graph; `data` in C order. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A tensor as it goes into a graph. */
export interface InputTensor {
  readonly data: Float32Array | Int32Array | Int8Array | Uint8Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** How to run a graph. */
export interface GraphOptions {
  readonly threads: number;
  /** In the order to try them; the CPU comes last by itself. */
  readonly providers?: readonly Provider[];
  /** False: the graph runs as it is written, slowly; to check the optimiser against. */
  readonly optimise?: boolean;
  /** False: memory goes back after each run, for a few percent of time. */
  readonly arena?: boolean;
}

/** One ONNX file, loaded. The only place that knows onnxruntime. Running holds the process until it is done. */
export class OnnxGraph {
  readonly name: string;
  /** What computes it. */
  readonly provider: Provider;
  /** What was tried before. */
  readonly refused: readonly RefusedProvider[];
  readonly #session: InferenceSession;

  private constructor(
    name: string,
    session: InferenceSession,
    provider: Provider,
    refused: readonly RefusedProvider[],
  ) {
    this.name = name;
    this.#session = session;
    this.provider = provider;
    this.refused = refused;
  }

  /**
   * Loads a graph from its bytes, or from a path where its weights lie in a file beside it. Rejects with a
   * ModelError when it is no graph.
   */
  static async load(name: string, source: Uint8Array | string, options: GraphOptions): Promise<OnnxGraph> {
    const refused: RefusedProvider[] = [];
    const wanted = (options.providers ?? []).filter((one) => one !== 'cpu');
    for (const provider of wanted) {
      const missing = providerObstacle(provider);
      if (missing) {
        refused.push({ provider, reason: missing });
        continue;
      }
      try {
        return new OnnxGraph(name, await open(source, provider, options), provider, refused);
      } catch (error) {
        refused.push({ provider, reason: firstLine(error) });
      }
    }
    try {
      return new OnnxGraph(name, await open(source, 'cpu', options), 'cpu', refused);
    } catch (error) {
      throw new ModelError(
        `The model file “${name}” cannot be loaded (${firstLine(error)}). It may be damaged: ${repair(source)}`,
        { name },
        error,
      );
    }
  }

  /** Runs the graph. Throws a TypeError when an input is missing or unknown: that is a bug of the caller. */
  async run<K extends string>(
    feeds: Readonly<Record<string, InputTensor>>,
    outputs: readonly K[],
  ): Promise<Record<K, FloatTensor>> {
    const wanted = this.#session.inputNames;
    const given = Object.keys(feeds);
    if (given.length !== wanted.length || !wanted.every((one) => one in feeds)) {
      throw new TypeError(`${this.name} takes ${wanted.join(', ')}, not ${given.join(', ')}`);
    }
    return this.runWith(feeds, outputs);
  }

  /** The same for graphs of one kind of which some leave inputs out: what a graph does not take is not given. */
  async runWith<K extends string>(
    feeds: Readonly<Record<string, InputTensor>>,
    outputs: readonly K[],
  ): Promise<Record<K, FloatTensor>> {
    const tensors: Record<string, Tensor> = {};
    for (const name of this.#session.inputNames) {
      const feed = feeds[name];
      if (!feed) throw new TypeError(`${this.name} takes ${name}, which was not given`);
      tensors[name] = tensorOf(feed);
    }
    const results = await this.#session.run(tensors, [...outputs]);
    const read = outputs.map((key) => {
      const tensor = results[key]!;
      return [key, { data: tensor.data as Float32Array, shape: tensor.dims }] as const;
    });
    return Object.fromEntries(read) as Record<K, FloatTensor>;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

function tensorOf({ data, shape }: InputTensor): Tensor {
  if (data instanceof BigInt64Array) return new Tensor('int64', data, shape);
  if (data instanceof Int32Array) return new Tensor('int32', data, shape);
  if (data instanceof Int8Array) return new Tensor('int8', data, shape);
  if (data instanceof Uint8Array) return new Tensor('uint8', data, shape);
  return new Tensor('float32', data, shape);
}

async function open(
  source: Uint8Array | string,
  provider: Provider,
  options: GraphOptions,
): Promise<InferenceSession> {
  const settings: InferenceSession.SessionOptions = {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: options.threads,
    // Threads that wait for more to do wait asleep. Awake they take the cores from what is computed next, in JavaScript or by
    // another graph: on 16 cores three quarters of the processor time and some of the clock (docs/tracker.md, “Speed”).
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
    graphOptimizationLevel: options.optimise === false ? 'disabled' : 'all',
    ...(options.arena === false ? { enableCpuMemArena: false } : {}),
  };
  return typeof source === 'string'
    ? InferenceSession.create(source, settings)
    : InferenceSession.create(source, settings);
}

/** The first line of an error, without the place in onnxruntime's sources that it may begin with. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .split('\n')[0]!
    .replace(/^\S*\/onnxruntime\/\S+:\d+ .* was false\. /, '')
    .trim();
}

function repair(source: Uint8Array | string): string {
  return typeof source === 'string'
    ? 'run `npx masklet models verify`, and add the model anew if it says so.'
    : 'delete node_modules and run `npm run setup`.';
}

/** Why a provider cannot even be tried here, or null. onnxruntime itself drops one that it lacks without a word. */
export function providerObstacle(provider: Provider): string | null {
  const known = knownProviders().some((one) => one.name === provider);
  return known ? missingForProvider(provider) : 'onnxruntime has it on other systems only';
}

/** The execution providers this build of onnxruntime knows, whether or not their hardware is there. */
export function knownProviders(): { name: string; bundled: boolean }[] {
  return listSupportedBackends().map(({ name, bundled }) => ({ name, bundled }));
}
