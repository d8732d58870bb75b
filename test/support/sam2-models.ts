import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readManifest, seededTensor } from '../../src/engine/checkpoints';
import type { GraphManifest } from '../../src/engine/checkpoints';
import type { ModelRecord } from '../../src/engine/catalogue';
import { hostTensorShapes } from '../../src/engine/sam2/host-tensors';
import { sampleGraphs } from '../../src/engine/store';
import { ptFile, safetensorsFile } from './checkpoint-files';
import type { WrittenTensor } from './checkpoint-files';
import { loadNano, nanoFiles } from './sam2-nano';
import type { NanoName } from './sam2-nano';

const graphs = resolve(__dirname, '..', '..', 'models', 'graphs');

/** Seeded weights of every tensor that a model's graphs and the host need. */
async function seededTensors(files: readonly string[]): Promise<Record<string, WrittenTensor>> {
  const manifests: GraphManifest[] = await Promise.all(
    files.map((file) => readManifest(join(graphs, `${file}.json`))),
  );
  const tensors: Record<string, WrittenTensor> = {};
  for (const { name, shape, generated } of manifests.flatMap((one) => one.tensors))
    if (!generated) tensors[name] = { shape, data: seededTensor(name, shape) };
  for (const [name, shape] of Object.entries(hostTensorShapes({ width: 256 })))
    tensors[name] = { shape, data: seededTensor(name, shape) };
  return tensors;
}

const filesOf = {
  edgetam: [
    'edgetam.image_encoder',
    'edgetam.mask_decoder',
    'edgetam.memory_encoder',
    'edgetam.memory_attention',
  ],
  'sam2.1_hiera_tiny': [
    'sam2.1_hiera_tiny.image_encoder',
    'sam2.1.mask_decoder',
    'sam2.1.memory_encoder',
    'sam2.1.memory_attention',
  ],
} as const;

/** Writes a checkpoint as its makers do, with seeded weights. */
export async function writeSeededCheckpoint(
  model: keyof typeof filesOf,
  path: string,
): Promise<Record<string, WrittenTensor>> {
  const tensors = await seededTensors(filesOf[model]);
  await writeFile(path, path.endsWith('.pt') ? ptFile(tensors) : safetensorsFile(tensors));
  return tensors;
}

/** Puts a nano model into a models folder, as `masklet models add` would, under its own name. */
export async function addNanoModel(name: NanoName, modelsFolder: string): Promise<void> {
  const nano = await loadNano(name);
  const folder = join(modelsFolder, name);
  const { cp } = await import('node:fs/promises');
  await mkdir(modelsFolder, { recursive: true });
  await cp(nano.folder, folder, { recursive: true });
  const files = nanoFiles(name);
  const { samples } = await sampleGraphs(folder, { config: nano.config, graphs: files }, { threads: 1 });
  const { noMemory, noObjectPointer, maskDownsample, maskDownsampleBias } = nano.host;
  const record: ModelRecord = {
    format: 1,
    name,
    config: nano.config,
    graphs: files,
    added: '2026-01-01T00:00:00.000Z',
    source: { file: 'seeded', bytes: 0, sha256: '', official: false },
    files: [],
    host: {
      noMemory: [...noMemory],
      noObjectPointer: [...noObjectPointer],
      maskDownsample: [...maskDownsample],
      maskDownsampleBias,
    },
    selfTest: samples,
  };
  await writeFile(join(folder, 'model.json'), JSON.stringify(record));
  await nano.dispose();
}
