/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import { OnnxGraph, toWholeWeights, withWholeWeights } from '../../../src/engine/onnx';

/** Below it float32 has no scale to divide by. */
const smallest = 1e-42;

const float = (): fc.Arbitrary<number> => fc.float({ min: -100, max: 100, noNaN: true });
const matrix = (rows: number, columns: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(float(), { minLength: rows * columns, maxLength: rows * columns })
    .map((numbers) => Float32Array.from(numbers));

describe('weights in whole numbers', () => {
  it('are off by half a scale at most, each column by its own, and have seven bits', () => {
    const anyShape = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
    const anyWeights = anyShape.chain(([rows, columns]) =>
      matrix(rows, columns).map((weights) => ({ weights, columns })),
    );
    fc.assert(
      fc.property(anyWeights, ({ weights, columns }) => {
        const { values, scales } = toWholeWeights(weights, columns);
        const sizes = [...scales].map((_, c) => Math.max(...column(weights, columns, c).map(Math.abs)));
        for (let i = 0; i < weights.length; i++) {
          const scale = scales[i % columns]!;
          expect(Math.abs(values[i]!)).toBeLessThanOrEqual(64);
          expect(Math.abs(values[i]! * scale - weights[i]!)).toBeLessThanOrEqual(scale * 0.5001 + smallest);
          expect(scale).toBeCloseTo(sizes[i % columns]! / 64, 5);
        }
      }),
    );
  });

  it('of nothing but zeros are zeros', () => {
    const { values, scales } = toWholeWeights(new Float32Array(6), 2);
    expect([...values, ...scales]).toEqual(new Array(8).fill(0));
  });
});

const [rows, inner, columns] = [5, 16, 7];

/** A model of one product with a constant matrix, and of one with a matrix that comes in. */
function products(weights: Float32Array): Uint8Array {
  const dim = (...sizes: number[]): object => ({
    value: {
      case: 'tensorType',
      value: {
        elemType: TensorProto_DataType.FLOAT,
        shape: { dim: sizes.map((size) => ({ value: { case: 'dimValue', value: BigInt(size) } })) },
      },
    },
  });
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ version: 13n }],
    graph: {
      name: 'products',
      node: [
        { opType: 'MatMul', input: ['x', 'weights'], output: ['constant'], name: 'constant' },
        { opType: 'MatMul', input: ['constant', 'other'], output: ['y'], name: 'other' },
      ],
      initializer: [
        {
          name: 'weights',
          dims: [BigInt(inner), BigInt(columns)],
          dataType: TensorProto_DataType.FLOAT,
          rawData: new Uint8Array(Float32Array.from(weights).buffer),
        },
      ],
      input: [
        { name: 'x', type: dim(rows, inner) },
        { name: 'other', type: dim(columns, columns) },
      ],
      output: [
        { name: 'constant', type: dim(rows, columns) },
        { name: 'y', type: dim(rows, columns) },
      ],
    },
  });
  return toBinary(ModelProtoSchema, model);
}

describe('a model with weights in whole numbers', () => {
  it('multiplies as before, give or take what was rounded', async () => {
    const anyInput = fc.tuple(matrix(inner, columns), matrix(rows, inner), matrix(columns, columns));
    await fc.assert(
      fc.asyncProperty(anyInput, async ([weights, x, other]) => {
        const model = withWholeWeights(products(weights));
        const graph = await OnnxGraph.load('products', model, { threads: 1 });
        const feeds = {
          x: { data: x, shape: [rows, inner] },
          other: { data: other, shape: [columns, columns] },
        };
        const { constant, y } = await graph.run(feeds, ['constant', 'y']);
        await graph.release();
        const { scales } = toWholeWeights(weights, columns);
        const step = (Math.max(0, ...x) - Math.min(0, ...x)) / 255;
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const [line, weight] = [x.subarray(r * inner, (r + 1) * inner), column(weights, columns, c)];
            const sum = (of: (i: number) => number): number => line.reduce((total, _, i) => total + of(i), 0);
            const exact = sum((i) => line[i]! * weight[i]!);
            // Each factor is off by half a step or, of what comes in, by one where zero is no whole step.
            const bound = sum(
              (i) => Math.abs(weight[i]!) * step + (Math.abs(line[i]!) + step) * scales[c]! * 0.5,
            );
            expect(Math.abs(constant.data[r * columns + c]! - exact)).toBeLessThanOrEqual(
              bound * 1.001 + 1e-3,
            );
          }
        // What comes in on both sides is multiplied as it is.
        const product = (r: number, c: number): number =>
          column(other, columns, c).reduce(
            (total, one, i) => total + constant.data[r * columns + i]! * one,
            0,
          );
        const size = Math.max(1, ...constant.data.map(Math.abs)) * 100 * columns;
        for (let i = 0; i < rows * columns; i++)
          expect(Math.abs(y.data[i]! - product(Math.floor(i / columns), i % columns))).toBeLessThan(
            size * 1e-5,
          );
      }),
      { numRuns: 25 },
    );
  });

  it('says so where there is nothing to be had', () => {
    const model = fromBinary(ModelProtoSchema, products(new Float32Array(inner * columns)));
    model.graph!.node.shift();
    expect(() => withWholeWeights(toBinary(ModelProtoSchema, model))).toThrow('no matrix products');
  });
});

function column(numbers: Float32Array, columns: number, at: number): number[] {
  return [...numbers].filter((_, i) => i % columns === at);
}
