import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { GraphProto, NodeProto, TensorProto } from 'onnx-buf';
import { ModelError } from '../../errors';
import { floats, floatsOf, int, ints, longs, node, number, tensor } from '../graph-parts';
import { gridSize, lowResSize } from './picture-geometry';

/** Of SAM's mask decoder: the length of a token, of what attention compares, and the heads that share it. */
const [depth, inner, heads] = [256, 128, 8] as const;
const places = gridSize ** 2;

/** A block of attention between the prompts' tokens and the places of the image. */
interface Attention {
  /** The block's name in the export. */
  readonly name: string;
  /** The places' vectors, and these with the places' positions added: what values and what keys are made of. */
  readonly image: string;
  readonly placed: string;
}

const layer = (n: number): string => `/transformer/layers.${n}`;
/** The places' vectors at first, after the first layer, and after the second. */
const images = [
  '/transformer/Transpose_output_0',
  `${layer(0)}/norm4/LayerNormalization_output_0`,
  `${layer(1)}/norm4/LayerNormalization_output_0`,
] as const;
const placedImages = [
  `${layer(0)}/Add_1_output_0`,
  `${layer(1)}/Add_2_output_0`,
  '/transformer/Add_output_0',
] as const;
/** What the places have seen, added to what they were, in both layers. */
const sums = [`${layer(0)}/Add_5_output_0`, `${layer(1)}/Add_6_output_0`] as const;

/**
 * SAM's mask decoder, computing the same in another order, in a third of the time. The export projects all 4,096 places for each
 * block of attention and turns them head by head; but there are only some eight tokens, so their side of a product is made
 * first, a column for each token and head, and the places are multiplied once by that. The mask is scaled up place by place,
 * by products of matrices, and only where a picture is. What belongs to no output is left out.
 *
 * Takes int64 `places`[1], how many places of the square from its top on are drawn, instead of `orig_im_size`, and gives no
 * `masks`. Throws a ModelError for another export.
 */
export function quickDecoder(model: Uint8Array): Uint8Array {
  const read = fromBinary(ModelProtoSchema, model);
  if (!read.graph) throw anotherExport('a graph');
  const rewriting = new Rewriting(read.graph);
  rewriting.plainBeginning();
  [0, 1, 2].forEach((n) =>
    rewriting.tokensLook({
      name: n < 2 ? `${layer(n)}/cross_attn_token_to_image` : '/transformer/final_attn_token_to_image',
      image: images[n]!,
      placed: placedImages[n]!,
    }),
  );
  [0, 1].forEach((n) =>
    rewriting.placesLook(
      { name: `${layer(n)}/cross_attn_image_to_token`, image: images[n]!, placed: placedImages[n]! },
      sums[n]!,
    ),
  );
  rewriting.drawMask();
  rewriting.finish();
  return toBinary(ModelProtoSchema, read);
}

class Rewriting {
  readonly #graph: GraphProto;
  readonly #nodes: Map<string, NodeProto>;
  readonly #constants: Map<string, TensorProto>;

  constructor(graph: GraphProto) {
    this.#graph = graph;
    this.#nodes = new Map(graph.node.flatMap((one) => one.output.map((name) => [name, one])));
    this.#constants = new Map(graph.initializer.map((one) => [one.name, one]));
    const only = new Float32Array(heads * inner);
    for (let i = 0; i < only.length; i++)
      only[i] = Math.floor((i % inner) / (inner / heads)) === Math.floor(i / inner) ? 1 : 0;
    this.#give(floats('only/head', [heads, 1, inner], only));
    const scaled = only.map((one) => one / Math.sqrt(inner / heads));
    this.#give(floats('only/scaled', [heads, 1, inner], scaled));
    this.#give(longs('rows/shape', -1, depth));
  }

  /** The image and its positions as they are: the export repeats them for each of several sets of prompts. */
  plainBeginning(): void {
    this.#producer('/Add_7_output_0').input[0] = 'image_embeddings';
    this.#give(longs('positions/shape', 1, depth, places));
    this.#put(
      node(
        'Reshape',
        [this.#known('/Unsqueeze_1_output_0'), 'positions/shape'],
        '/transformer/Reshape_1_output_0',
      ),
    );
  }

  /**
   * Tokens look at places. A token's likeness to a place is its query times the place's key, `(placed · K + k) · q`, so `placed ·
   * (K · q)` but for what is the same for all places. What it takes is `P · (image · V + v)` = `(P · image) · V + v`.
   */
  tokensLook({ name, image, placed }: Attention): void {
    const [keys, values] = [this.#weight(`${name}/k_proj`), this.#weight(`${name}/v_proj`)];
    const at = (part: string): string => `${name}/quick/${part}`;
    this.#turn(keys, at('keys'));
    this.#give(longs(at('apart'), heads, -1, inner));
    this.#put(
      node('Mul', [this.#known(`${name}/q_proj/Add_output_0`), 'only/scaled'], at('queries')),
      node('MatMul', [at('queries'), at('keys')], at('asked')),
      node('Reshape', [at('asked'), 'rows/shape'], at('asked/rows')),
      node('Reshape', [this.#known(placed), 'rows/shape'], at('placed')),
      node('Gemm', [at('asked/rows'), at('placed')], at('likeness'), int('transB', 1)),
      node('Softmax', [at('likeness')], at('shares'), int('axis', 1)),
      node('Reshape', [this.#known(image), 'rows/shape'], at('image')),
      node('MatMul', [at('shares'), at('image')], at('seen')),
      node('MatMul', [at('seen'), values], at('taken')),
      node('Reshape', [at('taken'), at('apart')], at('taken/heads')),
      node('Mul', [at('taken/heads'), 'only/head'], at('taken/own')),
      node('ReduceSum', [at('taken/own'), this.#axis(at('first'), 0)], at('joined'), int('keepdims', 1)),
      node('Add', [at('joined'), this.#bias(`${name}/v_proj`)], at('value')),
    );
    this.#producer(`${name}/out_proj/MatMul_output_0`).input[0] = at('value');
  }

  /** Places look at tokens: `placed · (Q · k)`, and of what they take, `(P · v) · O`, tokens' values are turned first, `P · (v · O)`; `sum`: that, added to the image. */
  placesLook({ name, image, placed }: Attention, sum: string): void {
    const [queries, out] = [this.#weight(`${name}/q_proj`), this.#weight(`${name}/out_proj`)];
    const at = (part: string): string => `${name}/quick/${part}`;
    this.#turn(queries, at('queries'));
    // Each head's shares make up one: what is added to the values of all heads is added once for each.
    const bias = floatsOf(this.#constant(this.#bias(`${name}/out_proj`))).map((one) => one / heads);
    this.#give(floats(at('out/bias'), [depth], bias));
    this.#give(longs(at('column'), inner, 1));
    this.#give(longs(at('flat'), -1));
    this.#give(longs(at('by/heads'), places, heads, -1));
    this.#give(longs(at('by/rows'), places, -1));
    this.#give(longs(at('whole'), 1, places, depth));
    this.#put(
      node('Mul', [this.#known(`${name}/k_proj/Add_output_0`), 'only/scaled'], at('keys')),
      node('MatMul', [at('keys'), at('queries')], at('asked')),
      node('Reshape', [at('asked'), 'rows/shape'], at('asked/rows')),
      node('Reshape', [this.#bias(`${name}/q_proj`), at('column')], at('bias')),
      node('MatMul', [at('keys'), at('bias')], at('always')),
      node('Reshape', [at('always'), at('flat')], at('always/row')),
      node('Reshape', [this.#known(placed), 'rows/shape'], at('placed')),
      node('Gemm', [at('placed'), at('asked/rows'), at('always/row')], at('likeness'), int('transB', 1)),
      node('Reshape', [at('likeness'), at('by/heads')], at('likeness/heads')),
      node('Softmax', [at('likeness/heads')], at('shares'), int('axis', 2)),
      node('Reshape', [at('shares'), at('by/rows')], at('shares/rows')),
      node('Mul', [this.#known(`${name}/v_proj/Add_output_0`), 'only/head'], at('values')),
      node('MatMul', [at('values'), out], at('values/out')),
      node('Add', [at('values/out'), at('out/bias')], at('values/biased')),
      node('Reshape', [at('values/biased'), 'rows/shape'], at('values/rows')),
      node('Reshape', [this.#known(image), 'rows/shape'], at('image')),
      node('Gemm', [at('shares/rows'), at('values/rows'), at('image')], at('taken')),
      node('Reshape', [at('taken'), at('whole')], this.#known(sum)),
    );
  }

  /** Each place becomes 4 × 4 pixels, in two steps; of four masks the one that counts is drawn. */
  drawMask(): void {
    const first = this.#upscaling('0', 'draw/first');
    const second = this.#upscaling('3', 'draw/second');
    const lines = lowResSize / gridSize;
    this.#give(longs('draw/from', 0));
    this.#give(longs('draw/narrow', -1, first));
    this.#give(longs('draw/single', -1, second));
    this.#give(longs('draw/pixels', -1, gridSize, 2, 2, 2, 2));
    this.#give(longs('draw/mask', 1, 1, -1, lines * gridSize));
    this.#put(
      node('Reshape', [images[2], 'rows/shape'], 'draw/image'),
      node('Slice', ['draw/image', 'draw/from', 'places'], 'draw/drawn'),
      node('Gemm', ['draw/drawn', 'draw/first', 'draw/first/bias'], 'draw/quarters'),
      node('Reshape', ['draw/quarters', 'draw/narrow'], 'draw/quarters/rows'),
      this.#norm('draw/quarters/rows', 'draw/normed'),
      ...this.#gelu('draw/normed', 'draw/bent'),
      node('Gemm', ['draw/bent', 'draw/second', 'draw/second/bias'], 'draw/sixteenths'),
      node('Reshape', ['draw/sixteenths', 'draw/single'], 'draw/sixteenths/rows'),
      ...this.#gelu('draw/sixteenths/rows', 'draw/features'),
      node(
        'Gather',
        [this.#known('/Concat_10_output_0'), this.#known('/ArgMax_output_0')],
        'draw/chosen',
        int('axis', 1),
      ),
      node('Reshape', ['draw/chosen', 'draw/single'], 'draw/row'),
      node('Gemm', ['draw/features', 'draw/row'], 'draw/logits', int('transB', 1)),
      node('Reshape', ['draw/logits', 'draw/pixels'], 'draw/blocks'),
      // [row, column, down, across, down, across] to [row, down, down, column, across, across]
      node('Transpose', ['draw/blocks'], 'draw/lines', ints('perm', 0, 2, 4, 1, 3, 5)),
      node('Reshape', ['draw/lines', 'draw/mask'], 'low_res_masks'),
    );
  }

  /** Leaves what outputs need, each after what it needs. */
  finish(): void {
    const graph = this.#graph;
    graph.output = graph.output.filter((one) => one.name !== 'masks');
    const sorted = new Set<NodeProto>();
    const visit = (name: string): void => {
      const producer = this.#nodes.get(name);
      if (!producer || sorted.has(producer)) return;
      producer.input.forEach(visit);
      sorted.add(producer);
    };
    graph.output.forEach((one) => {
      visit(one.name);
    });
    graph.node = [...sorted];
    const used = new Set(graph.node.flatMap((one) => one.input));
    const asked = graph.input.find((one) => one.name === 'orig_im_size');
    if (!asked) throw anotherExport('orig_im_size');
    const size = create(ValueInfoProtoSchema, tensor('places', TensorProto_DataType.INT64, 'one'));
    graph.input = [...graph.input.filter((one) => one !== asked && used.has(one.name)), size];
    graph.initializer = [...this.#constants.values()].filter((one) => used.has(one.name));
    graph.valueInfo = [];
  }

  /**
   * The weights of a convolution that makes 2 × 2 places of each, float32[from, to, 2, 2], as a matrix float32[from, 2 · 2 · to], with
   * the biases that belong to it. Answers how many numbers each place then has.
   */
  #upscaling(which: string, name: string): number {
    const weight = this.#constant(`mask_decoder.output_upscaling.${which}.weight`);
    const bias = floatsOf(this.#constant(`mask_decoder.output_upscaling.${which}.bias`));
    const [from, to] = [Number(weight.dims[0]), Number(weight.dims[1])];
    const values = floatsOf(weight);
    const matrix = new Float32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const [row, column, place] = [Math.floor(i / (4 * to)), Math.floor(i / 4) % to, i % 4];
      matrix[(row * 4 + place) * to + column] = values[i]!;
    }
    this.#give(floats(name, [from, 4 * to], matrix));
    this.#give(
      floats(
        `${name}/bias`,
        [4 * to],
        Float32Array.from({ length: 4 * to }, (_, i) => bias[i % to]!),
      ),
    );
    return to;
  }

  #norm(input: string, output: string): NodeProto {
    const name = '/output_upscaling/output_upscaling.1';
    const [scale, shift] = [`${name}/Mul_output_0`, `${name}/Add_1_output_0`].map((made) => {
      const given = this.#producer(made).input.find((one) => this.#constants.has(one));
      const value = given === undefined ? undefined : this.#constants.get(given);
      if (!value) throw anotherExport(made);
      const flat = create(TensorProtoSchema, { ...value, name: `${made}/flat` });
      flat.dims = [BigInt(floatsOf(value).length)];
      this.#constants.set(flat.name, flat);
      return flat.name;
    });
    return create(
      NodeProtoSchema,
      node('LayerNormalization', [input, scale!, shift!], output, int('axis', -1), number('epsilon', 1e-6)),
    );
  }

  /** x · (erf(x / √2) + 1) / 2, as the export has it and as onnxruntime knows it. */
  #gelu(input: string, output: string): NodeProto[] {
    const name = '/output_upscaling/output_upscaling.4';
    const constant = (part: string): string => this.#known(`${name}/${part}_output_0`);
    return [
      node('Div', [input, constant('Constant')], `${output}/div`),
      node('Erf', [`${output}/div`], `${output}/erf`),
      node('Add', [`${output}/erf`, constant('Constant_1')], `${output}/add`),
      node('Mul', [input, `${output}/add`], `${output}/mul`),
      node('Mul', [`${output}/mul`, constant('Constant_2')], output),
    ].map((one) => create(NodeProtoSchema, one));
  }

  /** Puts nodes in the place of those that made the same. */
  #put(...made: (ReturnType<typeof node> | NodeProto)[]): void {
    for (const one of made) {
      const whole = create(NodeProtoSchema, one);
      for (const name of whole.output) this.#nodes.set(name, whole);
    }
  }

  #give(constant: ReturnType<typeof longs>): void {
    this.#constants.set(constant.name!, create(TensorProtoSchema, constant));
  }

  #axis(name: string, axis: number): string {
    this.#give(longs(name, axis));
    return name;
  }

  /** A matrix of weights with rows for columns. */
  #turn(matrix: string, name: string): void {
    const tensor = this.#constant(matrix);
    const [rows, columns] = [Number(tensor.dims[0]), Number(tensor.dims[1])];
    const values = floatsOf(tensor);
    const turned = new Float32Array(values.length);
    for (let i = 0; i < values.length; i++)
      turned[(i % columns) * rows + Math.floor(i / columns)] = values[i]!;
    this.#give(floats(name, [columns, rows], turned));
  }

  #weight(projection: string): string {
    return this.#ofConstants(`${projection}/MatMul_output_0`);
  }

  #bias(projection: string): string {
    return this.#ofConstants(`${projection}/Add_output_0`);
  }

  /** The input of a node that is a constant. */
  #ofConstants(made: string): string {
    const name = this.#producer(made).input.find((one) => this.#constants.has(one));
    if (name === undefined) throw anotherExport(made);
    return name;
  }

  #constant(name: string): TensorProto {
    const found = this.#constants.get(name);
    if (!found) throw anotherExport(name);
    return found;
  }

  #known(name: string): string {
    this.#producer(name);
    return name;
  }

  #producer(name: string): NodeProto {
    const found = this.#nodes.get(name);
    if (!found) throw anotherExport(name);
    return found;
  }
}

function anotherExport(what: string): ModelError {
  return new ModelError(
    `This is another export of SAM’s mask decoder: it lacks ${what}. Delete node_modules and run \`npm run setup\`.`,
  );
}
