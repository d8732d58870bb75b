import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { seededTensor } from '../checkpoints';
import { matchModel, OnnxGraph, withOutput, withWholeWeights } from '../onnx';
import type { GraphOptions } from '../onnx';
import { label, MaskDecoder } from './mask-decoder';
import { encoderOutputs, wholeEncoder } from './encoder-maps';
import type { PictureEncoder } from './encoder-maps';
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

/** The encoder of the whole square, with the maps inside it that the tracker uses. Rejects with a ModelError for a damaged file. */
export async function loadEncoder(files: MobileSamFiles, options: GraphOptions): Promise<OnnxGraph> {
  return OnnxGraph.load('encoder.onnx', withMaps(await readFile(files.encoder)), options);
}

/** The cells of a picture of 16:9, as most videos are. */
const mostPictures = { columns: gridSize, rows: (gridSize * 9) / 16 };

/**
 * The encoder for a CPU: of the part of the square that the picture touches; `fast`: with whole numbers for weights. Ready for
 * pictures of 16:9. Rejects with a ModelError for a damaged file.
 */
export async function loadPartEncoder(
  files: MobileSamFiles,
  options: GraphOptions,
  fast: boolean,
): Promise<PictureEncoder> {
  const published = await readFile(files.encoder);
  const encoder = new PartEncoder(withMaps(fast ? withWholeWeights(published) : published), options);
  await encoder.prepare(mostPictures);
  return encoder;
}

function withMaps(model: Uint8Array): Uint8Array {
  const [, ...inside] = encoderOutputs;
  return inside.reduce<Uint8Array>(withOutput, model);
}

/** The mask decoder. Rejects with a ModelError for a damaged file. */
export async function loadDecoder({ decoder }: MobileSamFiles, options: GraphOptions): Promise<OnnxGraph> {
  return OnnxGraph.load('sam.onnx', quickDecoder(await readFile(decoder)), options);
}

/** Threads that matches are worth: on 16 cores tracking seven objects took 0.95 s a frame with four, 1.20 with eight. */
const matchThreads = 4;

/** What a CPU encodes differently from the published model: the part alone, and that in whole numbers. */
const onCpu = {
  plain: 'the part that the picture touches',
  fast: 'whole numbers for weights, of the part that the picture touches',
};

/** MobileSAM from its loaded parts; `encoder`: a graph of the whole square, or how a CPU encodes. */
export async function mobileSam(
  files: MobileSamFiles,
  parts: { readonly encoder: OnnxGraph | 'plain' | 'fast'; readonly decoder: OnnxGraph },
  { threads, ...computed }: ComputedOn & { readonly threads: number },
): Promise<MobileSam> {
  const { encoder, decoder } = parts;
  const hash = createHash('sha256');
  for (const file of [files.encoder, files.decoder]) hash.update(await readFile(file));
  if (typeof encoder === 'string') hash.update(onCpu[encoder]);
  return new MobileSam({
    weights: hash.digest('hex').slice(0, 16),
    encoder:
      typeof encoder === 'string'
        ? await loadPartEncoder(files, { threads }, encoder === 'fast')
        : wholeEncoder(encoder),
    decoder: new MaskDecoder(decoder),
    // Products of bytes, many and small: sending them to a GPU would take longer than they do, as does sharing them out
    // among more than a few threads (docs/tracker.md, “Speed”).
    dotProduct: await OnnxGraph.load('match', matchModel(), { threads: Math.min(threads, matchThreads) }),
    computed,
  });
}

/** Encodes a blank picture of 16:9 twice, and says the seconds of the second time: the first makes ready. */
export async function timeEncoder(encoder: PictureEncoder): Promise<number> {
  const square = new Float32Array(3 * modelSize * modelSize);
  const geometry = pictureGeometry(1280, 720);
  return (await timed(() => encoder.encode(square, geometry))).seconds;
}

/** What a run gives, and its seconds: of the second, since the first makes ready. */
async function timed<T>(run: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  await run();
  const began = performance.now();
  const value = await run();
  return { value, seconds: (performance.now() - began) / 1000 };
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

/** The same of the decoder, for a click on noise, and the seconds of the second run: the first makes ready. */
export async function tryDecoder(
  graph: OnnxGraph,
): Promise<{ samples: Record<string, number[]>; seconds: number }> {
  const image = seededTensor('self-test.coarse.noise', [1, 256, gridSize, gridSize]);
  const geometry = pictureGeometry(modelSize, modelSize);
  const click = { x: modelSize / 3, y: modelSize / 2, label: label.positive };
  const decoder = new MaskDecoder(graph);
  const { value, seconds } = await timed(() => decoder.decode({ image, geometry }, [click], null));
  return { samples: { logits: sampleOf(value.logits.data), score: [value.score] }, seconds };
}
