import { join } from 'node:path';
import type { Checkpoint } from '../checkpoints';
import { OnnxGraph } from '../models';
import type { GraphOptions } from '../models';
import type { Sam2Config } from './sam2-config';
import type { HostTensors, Sam2GraphSet } from './sam2-graphs';

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

/** Names and shapes of what the host needs of a checkpoint beside the graphs. */
export function hostTensorShapes({ width }: Pick<Sam2Config, 'width'>): Record<string, readonly number[]> {
  return {
    no_mem_embed: [1, 1, width],
    no_obj_ptr: [1, width],
    'mask_downsample.weight': [1, 1, 4, 4],
    'mask_downsample.bias': [1],
  };
}

/** Reads them. */
export async function hostTensors(checkpoint: Pick<Checkpoint, 'readFloats'>): Promise<HostTensors> {
  return {
    noMemory: await checkpoint.readFloats('no_mem_embed'),
    noObjectPointer: await checkpoint.readFloats('no_obj_ptr'),
    maskDownsample: await checkpoint.readFloats('mask_downsample.weight'),
    maskDownsampleBias: (await checkpoint.readFloats('mask_downsample.bias'))[0]!,
  };
}
