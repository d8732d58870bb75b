import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { seededTensor } from '../checkpoints';
import { matchModel, OnnxGraph, withOutput, withWholeWeights } from '../onnx';
import type { GraphOptions } from '../onnx';
import { label, MaskDecoder } from './mask-decoder';
import { encoderOutputs, fineMap, innerMap } from './encoder-maps';
import { MobileSam } from './mobile-sam';
import type { ComputedOn } from './mobile-sam';
import { PartEncoder } from './part-encoder';
import { gridSize, modelSize, pictureGeometry } from './picture-geometry';
import { quickDecoder } from './quick-decoder';

/** MobileSAM's two files. */
export interface MobileSamFiles {
  readonly encoder: string;
  readonly decoder: string;
}

/**
 * The encoder, with the maps inside it that the tracker uses; `fast`: with whole numbers for weights, which pays on a CPU.
 * Rejects with a ModelError for a damaged file.
 */
export async function loadEncoder(
  files: MobileSamFiles,
  options: GraphOptions,
  fast = false,
): Promise<OnnxGraph> {
  return OnnxGraph.load('encoder.onnx', await encoderBytes(files, fast), options);
}

async function encoderBytes({ encoder }: MobileSamFiles, fast: boolean): Promise<Uint8Array> {
  const published = await readFile(encoder);
  const bytes = fast ? withWholeWeights(published) : published;
  return withOutput(withOutput(bytes, innerMap), fineMap);
}

/** The mask decoder. Rejects with a ModelError for a damaged file. */
export async function loadDecoder({ decoder }: MobileSamFiles, options: GraphOptions): Promise<OnnxGraph> {
  return OnnxGraph.load('sam.onnx', quickDecoder(await readFile(decoder)), options);
}

/** MobileSAM from its loaded graphs. */
export async function mobileSam(
  files: MobileSamFiles,
  graphs: { readonly encoder: OnnxGraph; readonly decoder: OnnxGraph },
  { threads, fast, ...computed }: ComputedOn & { readonly threads: number; readonly fast: boolean },
): Promise<MobileSam> {
  const hash = createHash('sha256');
  for (const file of [files.encoder, files.decoder]) hash.update(await readFile(file));
  if (fast) hash.update('whole numbers for weights, of the part that the picture touches');
  return new MobileSam({
    weights: hash.digest('hex').slice(0, 16),
    encoder: graphs.encoder,
    partEncoder: fast ? new PartEncoder(await encoderBytes(files, true), { threads }) : null,
    decoder: new MaskDecoder(graphs.decoder),
    // Products of bytes, many and small: sending them to a GPU would take longer than they do.
    dotProduct: await OnnxGraph.load('match', matchModel(), { threads }),
    computed,
  });
}

/** Numbers of an output that are compared: every so many. A prime, so that all rows, columns and channels are met. */
const sampledEvery = 4999;

function sampleOf(data: Float32Array): number[] {
  return Array.from(data.filter((_, i) => i % sampledEvery === 0));
}

/** What the encoder makes of a seeded, adjusted picture of noise, sampled: to compare providers by. */
export async function sampleEncoder(
  encoder: OnnxGraph,
  adjust: (data: Float32Array) => Float32Array,
): Promise<Record<string, number[]>> {
  const shape = [1, 3, modelSize, modelSize];
  const input = { data: adjust(seededTensor('self-test.image.noise', shape)), shape };
  const maps = await encoder.run({ input }, encoderOutputs);
  return Object.fromEntries(encoderOutputs.map((name) => [name, sampleOf(maps[name].data)]));
}

/** The same of the decoder, for a click on noise. */
export async function sampleDecoder(graph: OnnxGraph): Promise<Record<string, number[]>> {
  const image = seededTensor('self-test.coarse.noise', [1, 256, gridSize, gridSize]);
  const geometry = pictureGeometry(modelSize, modelSize);
  const click = { x: modelSize / 3, y: modelSize / 2, label: label.positive };
  const { logits, score } = await new MaskDecoder(graph).decode({ image, geometry }, [click], null);
  return { logits: sampleOf(logits.data), score: [score] };
}
