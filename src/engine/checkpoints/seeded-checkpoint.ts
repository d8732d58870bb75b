import { countOf } from './graph-manifest';
import type { GraphManifest } from './graph-manifest';
import type { Checkpoint } from './checkpoint';

// Weights made from nothing but a tensor's name and shape, the same bits as models/export/seeded_weights.py makes:
// whole-number arithmetic of 32 bits, one multiplication and one addition in float64, one rounding to float32.

function nameHash(name: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** Offset and scale that turn uniform values into what a network lives with: unit gain, small biases. */
function offsetAndScale(name: string, shape: readonly number[]): readonly [offset: number, scale: number] {
  const parts = name.split('.');
  const last = parts[parts.length - 1]!;
  if (name.endsWith('pred_obj_score_head.layers.2.bias')) return [3, 0.2];
  if (last === 'running_var' || (shape.length === 1 && last === 'weight')) return [1, 0.2];
  if (last === 'gamma') return [0.3, 0.2];
  if (shape.length <= 1) return [0, 0.2];
  if (last !== 'weight' || parts[parts.length - 2]!.includes('_embed')) return [0, 3.4641016151377544];
  return [0, Math.sqrt(12 / countOf(shape.slice(1)))];
}

/** float32 values for a tensor of this name and shape. */
export function seededTensor(name: string, shape: readonly number[]): Float32Array {
  const [offset, scale] = offsetAndScale(name, shape);
  const seed = nameHash(name);
  const values = new Float32Array(countOf(shape));
  for (let i = 0; i < values.length; i++) {
    let x = (Math.imul(i, 0x9e3779b9) + seed) | 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x7feb352d);
    x ^= x >>> 15;
    x = Math.imul(x, 0x846ca68b);
    x ^= x >>> 16;
    values[i] = ((x >>> 8) / 16777216 - 0.5) * scale + offset;
  }
  return values;
}

/**
 * A checkpoint without a file, for tests, parity and benchmarks where no real weights are at hand. It says nothing
 * about a model's quality. `constants` fill tensors of these names with one value.
 */
export function seededCheckpoint(
  manifests: readonly GraphManifest[],
  further: Readonly<Record<string, readonly number[]>> = {},
  constants: Readonly<Record<string, number>> = {},
): Checkpoint {
  const listed = manifests.flatMap((one) => one.tensors).filter((one) => !one.generated);
  const tensors = new Map(listed.map(({ name, shape }) => [name, { shape }] as const));
  for (const [name, shape] of Object.entries(further)) tensors.set(name, { shape });
  return {
    tensors,
    readFloats: async (name) => {
      const { shape } = tensors.get(name)!;
      const constant = constants[name];
      if (constant === undefined) return seededTensor(name, shape);
      return new Float32Array(countOf(shape)).fill(constant);
    },
    close: async () => undefined,
  };
}
