// Full-size models with weights from a seed, for benchmarks and parity where no real checkpoint is at hand. They say
// nothing about quality.
import { mkdirSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './project.mjs';

const require = createRequire(import.meta.url);
const dist = join(root, 'dist', 'engine');
const { readManifest, seededTensor } = require(join(dist, 'checkpoints'));
const { catalogueEntry, graphSource, isAdded } = require(join(dist, 'catalogue'));
const { addModel } = require(join(dist, 'store'));
const { hostTensorShapes } = require(join(dist, 'sam2'));

/** Names and shapes of everything that a model's graphs and the host need. */
async function wantedTensors(entry) {
  const shapes = new Map(Object.entries(hostTensorShapes(entry.config)));
  for (const file of Object.values(entry.graphs)) {
    const { tensors } = await readManifest(join(graphSource(entry), `${file}.json`));
    for (const { name, shape, generated } of tensors) if (!generated) shapes.set(name, shape);
  }
  return shapes;
}

/** Writes a safetensors file, tensor by tensor. */
function writeSafetensors(path, shapes) {
  const head = {};
  let at = 0;
  for (const [name, shape] of shapes) {
    const bytes = 4 * shape.reduce((a, b) => a * b, 1);
    head[name] = { dtype: 'F32', shape, data_offsets: [at, at + bytes] };
    at += bytes;
  }
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = openSync(path, 'w');
  writeSync(file, length);
  writeSync(file, json);
  for (const [name, shape] of shapes) writeSync(file, Buffer.from(seededTensor(name, shape).buffer));
  closeSync(file);
}

/** Adds a model with seeded weights to `folder` and makes that the folder of models of this process. */
export async function addSeeded(name, folder) {
  process.env.MASKLET_MODELS = folder;
  if (isAdded(name)) return;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.safetensors`);
  writeSafetensors(path, await wantedTensors(catalogueEntry(name)));
  await addModel(name, { from: path });
  rmSync(path);
}
