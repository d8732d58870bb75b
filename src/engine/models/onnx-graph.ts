import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { ModelError } from '../../errors';

/** A tensor of 32-bit floats as it crosses into and out of a graph; `data` in C order. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** How to run a graph. */
export interface GraphOptions {
  readonly threads: number;
  /** Only `cpu` has been measured so far; others follow with the models that need them. */
  readonly provider?: 'cpu';
}

/** One ONNX file, loaded. The only place that knows onnxruntime. Running holds the process until it is done. */
export class OnnxGraph {
  readonly name: string;
  readonly #session: InferenceSession;

  private constructor(name: string, session: InferenceSession) {
    this.name = name;
    this.#session = session;
  }

  /** Loads a graph from its bytes. Rejects with a ModelError when they are no graph. */
  static async load(name: string, bytes: Uint8Array, options: GraphOptions): Promise<OnnxGraph> {
    try {
      const session = await InferenceSession.create(bytes, {
        executionProviders: [options.provider ?? 'cpu'],
        intraOpNumThreads: options.threads,
        logSeverityLevel: 3,
      });
      return new OnnxGraph(name, session);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new ModelError(
        `The model file “${name}” cannot be loaded (${why}). It may be damaged: delete node_modules and run \`npm run setup\`.`,
        { name },
        error,
      );
    }
  }

  /** Runs the graph. Throws a TypeError when an input is missing or unknown: that is a bug of the caller. */
  async run<K extends string>(
    feeds: Readonly<Record<string, FloatTensor>>,
    outputs: readonly K[],
  ): Promise<Record<K, FloatTensor>> {
    const wanted = this.#session.inputNames;
    const given = Object.keys(feeds);
    if (given.length !== wanted.length || !wanted.every((one) => one in feeds)) {
      throw new TypeError(`${this.name} takes ${wanted.join(', ')}, not ${given.join(', ')}`);
    }
    const tensors = Object.fromEntries(
      Object.entries(feeds).map(([key, { data, shape }]) => [key, new Tensor('float32', data, shape)]),
    );
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

/** The execution providers this build of onnxruntime knows, whether or not their hardware is there. */
export function knownProviders(): { name: string; bundled: boolean }[] {
  return listSupportedBackends().map(({ name, bundled }) => ({ name, bundled }));
}
