import { OnnxGraph } from '../onnx';
import type { GraphOptions } from '../onnx';
import { encoderOfPart } from './encoder-part';
import { encoderOutputs } from './encoder-maps';
import type { EncoderMaps, PictureEncoder } from './encoder-maps';
import { cellSize, gridSize, modelSize, partOf } from './picture-geometry';
import type { Cells, PictureGeometry } from './picture-geometry';

/** A part's graph, and what it makes of nothing; null where the part is the whole square. */
interface LoadedPart {
  readonly part: Cells;
  readonly graph: OnnxGraph;
  readonly nothing: Float32Array | null;
}

/**
 * Encodes the part of the square that a picture touches: of a wide one 42 of 64 rows, two thirds of the work. Beyond it its output
 * is what the encoder makes of nothing. Inside they differ from the whole square's, which attention carries from window to window.
 */
export class PartEncoder implements PictureEncoder {
  readonly #model: Uint8Array;
  readonly #options: GraphOptions;
  #loaded: LoadedPart | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `model`: the whole square's encoder, with {@link encoderOutputs} among its outputs. */
  constructor(model: Uint8Array, options: GraphOptions) {
    this.#model = model;
    this.#options = options;
  }

  /** Makes ready for pictures of a shape, as the first of them would. Rejects with a ModelError for a damaged model. */
  async prepare(geometry: Cells): Promise<void> {
    await this.#inTurn(() => this.#of(partOf(geometry)));
  }

  /** One picture after the other. */
  encode(square: Float32Array, geometry: PictureGeometry): Promise<EncoderMaps> {
    return this.#inTurn(async () => {
      const { part, graph, nothing } = await this.#of(partOf(geometry));
      const maps = await run(graph, part, square);
      return nothing
        ? { ...maps, output: { data: onSquare(maps.output.data, part, nothing.slice()) } }
        : maps;
    });
  }

  async release(): Promise<void> {
    await this.#turn;
    await this.#loaded?.graph.release();
    this.#loaded = null;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #of(part: Cells): Promise<LoadedPart> {
    const { columns, rows } = part;
    if (this.#loaded?.part.columns === columns && this.#loaded.part.rows === rows) return this.#loaded;
    await this.#loaded?.graph.release();
    this.#loaded = null;
    const whole = columns === gridSize && rows === gridSize;
    const model = whole ? this.#model : encoderOfPart(this.#model, part);
    const graph = await OnnxGraph.load('encoder.onnx', model, this.#options);
    return (this.#loaded = { part, graph, nothing: whole ? null : await ofNothing(graph, part) });
  }
}

async function ofNothing(graph: OnnxGraph, part: Cells): Promise<Float32Array> {
  const { output } = await run(graph, part, new Float32Array(3 * modelSize * modelSize));
  return repeated(output.data, part);
}

/** The part's own maps. */
async function run(graph: OnnxGraph, part: Cells, square: Float32Array): Promise<EncoderMaps> {
  const [width, height] = [cellSize * part.columns, cellSize * part.rows];
  const input = {
    data: width * height < modelSize ** 2 ? cutOut(square, width, height) : square,
    shape: [1, 3, height, width],
  };
  return { ...(await graph.run({ input }, encoderOutputs)), shown: part };
}

/** The upper left of a square of three planes. */
function cutOut(square: Float32Array, width: number, height: number): Float32Array {
  const data = new Float32Array(3 * width * height);
  for (let line = 0; line < 3 * height; line++) {
    const from = (Math.floor(line / height) * modelSize + (line % height)) * modelSize;
    data.set(square.subarray(from, from + width), line * width);
  }
  return data;
}

/** Planes of the part put into those of a square. */
function onSquare(data: Float32Array, { columns, rows }: Cells, square: Float32Array): Float32Array {
  for (let line = 0; line < data.length / columns; line++) {
    const to = (Math.floor(line / rows) * gridSize + (line % rows)) * gridSize;
    square.set(data.subarray(line * columns, (line + 1) * columns), to);
  }
  return square;
}

/** Planes of the part over the whole square, beyond it again from its far edge backwards. */
function repeated(data: Float32Array, { columns, rows }: Cells): Float32Array {
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
