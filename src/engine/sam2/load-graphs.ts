import { join } from 'node:path';
import { OnnxGraph } from '../onnx';
import type { GraphOptions } from '../onnx';
import type { Sam2Config } from './sam2-config';
import type { Sam2GraphSet } from './sam2-graphs';

/** File names of a model's graphs, without their ending. */
export interface GraphFiles {
  readonly imageEncoder: string;
  readonly maskDecoder: string;
  readonly memoryEncoder: string;
  readonly memoryAttention: string;
}

/** Loads the filled graphs that lie in a folder. */
export async function loadGraphs(
  folder: string,
  files: GraphFiles,
  { spatialTokens }: Pick<Sam2Config, 'spatialTokens'>,
  options: GraphOptions,
): Promise<Sam2GraphSet> {
  const load = (name: string, arena: boolean): Promise<OnnxGraph> =>
    OnnxGraph.load(`${name}.onnx`, join(folder, `${name}.onnx`), { arena, ...options });
  // Memory that a graph keeps between runs saves the time to get it anew: a tenth of the encoder's. Of the two graphs
  // that need most the attention gives its back, so that they do not hold a gigabyte each.
  return {
    imageEncoder: await load(files.imageEncoder, true),
    maskDecoder: await load(files.maskDecoder, true),
    memoryEncoder: await load(files.memoryEncoder, true),
    memoryAttention: await load(files.memoryAttention, !spatialTokens),
  };
}
