import { join } from 'node:path';
import { OnnxGraph } from '../onnx';
import type { GraphOptions } from '../onnx';
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
  options: GraphOptions,
): Promise<Sam2GraphSet> {
  const load = (name: string): Promise<OnnxGraph> =>
    OnnxGraph.load(`${name}.onnx`, join(folder, `${name}.onnx`), options);
  return {
    imageEncoder: await load(files.imageEncoder),
    maskDecoder: await load(files.maskDecoder),
    memoryEncoder: await load(files.memoryEncoder),
    memoryAttention: await load(files.memoryAttention),
  };
}
