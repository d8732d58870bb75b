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

/** What a model's graph is for. */
export type GraphRole = keyof GraphFiles;

/** Loads one of the filled graphs that lie in a folder. */
export function loadGraph(
  role: GraphRole,
  folder: string,
  files: GraphFiles,
  { spatialTokens }: Pick<Sam2Config, 'spatialTokens'>,
  options: GraphOptions,
): Promise<OnnxGraph> {
  // Memory that a graph keeps between runs saves the time to get it anew: a tenth of the encoder's. Of the two graphs
  // that need most the attention gives its back, so that they do not hold a gigabyte each.
  const arena = role !== 'memoryAttention' || !spatialTokens;
  return OnnxGraph.load(`${files[role]}.onnx`, join(folder, `${files[role]}.onnx`), { arena, ...options });
}

/** All four, one after the other, by whatever loads one. */
export async function graphSet(load: (role: GraphRole) => Promise<OnnxGraph>): Promise<Sam2GraphSet> {
  return {
    imageEncoder: await load('imageEncoder'),
    maskDecoder: await load('maskDecoder'),
    memoryEncoder: await load('memoryEncoder'),
    memoryAttention: await load('memoryAttention'),
  };
}

/** Loads the filled graphs that lie in a folder. */
export function loadGraphs(
  folder: string,
  files: GraphFiles,
  config: Pick<Sam2Config, 'spatialTokens'>,
  options: GraphOptions,
): Promise<Sam2GraphSet> {
  return graphSet((role) => loadGraph(role, folder, files, config, options));
}
