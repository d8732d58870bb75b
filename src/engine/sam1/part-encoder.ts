import { OnnxGraph } from '../onnx';
import type { FloatTensor, GraphOptions } from '../onnx';
import { encoderOfPart, partOf } from './encoder-part';
import type { EncodedPart } from './encoder-part';
import { encoderOutputs, fineMap, innerMap } from './encoder-maps';
import { gridSize, modelSize } from './picture-geometry';
import type { PictureGeometry } from './picture-geometry';

/** The encoder's maps of a picture. */
export type EncoderMaps = Readonly<
  Record<'output' | typeof innerMap | typeof fineMap, Pick<FloatTensor, 'data'>>
>;

/** A part's graph, and what it makes of nothing. */
interface LoadedPart {
  readonly part: EncodedPart;
  readonly graph: OnnxGraph;
  readonly nothing: Float32Array;
}

/**
 * Encodes the part of the square that a picture touches: of a wide one 42 of 64 rows, two thirds of the work. Beyond it the maps
 * are what the encoder makes of nothing. Inside they differ from the whole square's, which attention carries from window to window.
 */
export class PartEncoder {
  readonly #model: Uint8Array;
  readonly #options: GraphOptions;
  #loaded: LoadedPart | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `model`: the whole square's encoder, with {@link innerMap} and {@link fineMap} among its outputs. */
  constructor(model: Uint8Array, options: GraphOptions) {
    this.#model = model;
    this.#options = options;
  }

  /** The maps of float32[3, 1024, 1024]; null for a picture that takes the whole square. One after the other. */
  encode(square: Float32Array, geometry: PictureGeometry): Promise<EncoderMaps | null> {
    const part = partOf(geometry);
    if (part.columns === gridSize && part.rows === gridSize) return Promise.resolve(null);
    const turn = this.#turn.then(async () => {
      const { graph, nothing } = await this.#of(part);
      const maps = await run(graph, part, square);
      return {
        output: { data: onSquare(maps.output.data, part, nothing) },
        [innerMap]: { data: onSquare(maps[innerMap].data, part, null) },
        [fineMap]: { data: quartersOnSquare(maps[fineMap].data, part) },
      };
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async release(): Promise<void> {
    await this.#turn;
    await this.#loaded?.graph.release();
    this.#loaded = null;
  }

  async #of(part: EncodedPart): Promise<LoadedPart> {
    const { columns, rows } = part;
    if (this.#loaded?.part.columns === columns && this.#loaded.part.rows === rows) return this.#loaded;
    await this.#loaded?.graph.release();
    this.#loaded = null;
    const graph = await OnnxGraph.load('encoder.onnx', encoderOfPart(this.#model, part), this.#options);
    const blank = new Float32Array(3 * modelSize * modelSize);
    const { output } = await run(graph, part, blank);
    return (this.#loaded = { part, graph, nothing: repeated(output.data, part) });
  }
}

/** The part's own maps. */
async function run(graph: OnnxGraph, part: EncodedPart, square: Float32Array): Promise<EncoderMaps> {
  const pixels = modelSize / gridSize;
  const [width, height] = [pixels * part.columns, pixels * part.rows];
  const data = new Float32Array(3 * width * height);
  for (let line = 0; line < 3 * height; line++) {
    const from = (Math.floor(line / height) * modelSize + (line % height)) * modelSize;
    data.set(square.subarray(from, from + width), line * width);
  }
  const input = { data, shape: [1, 3, height, width] };
  return graph.run({ input }, encoderOutputs);
}

/** Planes of the part as planes of the square. Beyond it stands what is made of nothing; nought where that is not known. */
function onSquare(
  data: Float32Array,
  { columns, rows }: EncodedPart,
  nothing: Float32Array | null,
): Float32Array {
  const channels = data.length / (columns * rows);
  const square = nothing?.slice() ?? new Float32Array(channels * gridSize * gridSize);
  for (let line = 0; line < channels * rows; line++) {
    const to = (Math.floor(line / rows) * gridSize + (line % rows)) * gridSize;
    square.set(data.subarray(line * columns, (line + 1) * columns), to);
  }
  return square;
}

/** Planes of the part over the whole square, beyond it again from its far edge backwards. */
function repeated(data: Float32Array, { columns, rows }: EncodedPart): Float32Array {
  const channels = data.length / (columns * rows);
  const square = new Float32Array(channels * gridSize * gridSize);
  const within = (at: number, size: number): number =>
    at < size ? at : size - 1 - ((gridSize - 1 - at) % size);
  for (let i = 0; i < square.length; i++) {
    const [plane, y, x] = [Math.floor(i / gridSize ** 2), Math.floor(i / gridSize) % gridSize, i % gridSize];
    square[i] = data[(plane * rows + within(y, rows)) * columns + within(x, columns)]!;
  }
  return square;
}

/** The same for quarters of cells, whose channels lie side by side; nobody looks beyond the part. */
function quartersOnSquare(data: Float32Array, { columns, rows }: EncodedPart): Float32Array {
  const channels = data.length / (4 * columns * rows);
  const square = new Float32Array(4 * gridSize * gridSize * channels);
  const line = 2 * columns * channels;
  for (let y = 0; y < 2 * rows; y++)
    square.set(data.subarray(y * line, (y + 1) * line), y * 2 * gridSize * channels);
  return square;
}
