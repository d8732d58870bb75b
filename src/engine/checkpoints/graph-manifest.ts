import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ModelError } from '../../errors';
import { tableKinds } from './position-tables';
import type { TableKind } from './position-tables';

/** One tensor of a graph's data file, float32 in C order. */
export interface ManifestTensor {
  /** Its name in the official checkpoint; for generated tables, its name in the graph. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the data file; a multiple of 64. */
  readonly offset: number;
  readonly generated?: TableKind | undefined;
}

/** What a weight-free graph needs beside it. */
export interface GraphManifest {
  readonly graph: string;
  readonly data: string;
  /** Length of the data file. */
  readonly bytes: number;
  readonly tensors: readonly ManifestTensor[];
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/));
const schema = v.object({
  graph: fileName,
  data: fileName,
  bytes: whole,
  tensors: v.array(
    v.object({
      name: v.string(),
      shape: v.array(whole),
      offset: v.pipe(whole, v.multipleOf(64)),
      generated: v.optional(v.picklist(tableKinds)),
    }),
  ),
});

/** Reads a manifest. Rejects with a ModelError when it is none. */
export async function readManifest(path: string): Promise<GraphManifest> {
  try {
    return v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new ModelError(
      `The graph manifest ${path} cannot be read. It belongs to Masklet itself: install Masklet anew.`,
      { name: path },
      error,
    );
  }
}

/** Numbers in a tensor. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, one) => product * one, 1);
}
