import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { ModelError } from '../../errors';
import {
  checkTensors,
  fillGraph,
  hasTransformersNames,
  openCheckpoint,
  readManifest,
  underMetaNames,
} from '../checkpoints';
import type { Checkpoint, GraphManifest } from '../checkpoints';
import { hostTensors, hostTensorShapes } from '../sam2';
import { catalogue, catalogueEntry, fileHash, graphSource, modelFolder, modelsFolder } from '../catalogue';
import type { CatalogueEntry, ModelRecord } from '../catalogue';
import { download } from './download';
import type { Progress } from './download';
import { checkSamples, sampleGraphs } from './self-test';

/** What adding a model is busy with. */
export type AddStage = 'downloading' | 'converting' | 'testing';

/** How to add a model. */
export interface AddOptions {
  /** A checkpoint that is here already: `.pt` or `.safetensors`, Meta's names or transformers'. */
  readonly from?: string | undefined;
  /** Another place to download the official file from. */
  readonly mirror?: string | undefined;
  readonly onProgress?: ((stage: AddStage, done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A model that was added. */
export interface AddedModel {
  readonly name: string;
  readonly folder: string;
  readonly record: ModelRecord;
  /** What the user should know, such as that the file is not the official one. */
  readonly warnings: readonly string[];
}

/** The catalogue's entry of a name. Throws a ModelError that lists the names there are. */
export function entryOf(name: string): CatalogueEntry {
  const entry = catalogueEntry(name);
  if (entry) return entry;
  const names = catalogue().map((one) => one.config.name);
  throw new ModelError(`There is no model “${name}” to add. There are: ${names.join(', ')}.`, { name });
}

/**
 * Makes a model ready for use: fetches its checkpoint (or takes one that is here), writes its weights beside its
 * graphs, and tests what the graphs compute. The model is there when all of that went well, and as before otherwise.
 */
export async function addModel(name: string, options: AddOptions = {}): Promise<AddedModel> {
  const entry = entryOf(name);
  const path = options.from ?? (await fetchCheckpoint(entry, options));
  const checkpoint = await openCheckpoint(path);
  try {
    const manifests = await entryManifests(entry);
    const wanted = manifests.flatMap((one) => one.tensors.map((tensor) => tensor.name));
    const host = Object.keys(hostTensorShapes(entry.config));
    const view = hasTransformersNames(checkpoint)
      ? underMetaNames(checkpoint, [...wanted, ...host])
      : checkpoint;
    checkTensors(view, [...manifests, hostManifest(entry)]);
    await checkSpace(entry, manifests);
    return await convert(entry, manifests, view, path, options);
  } finally {
    await checkpoint.close();
  }
}

async function fetchCheckpoint(entry: CatalogueEntry, options: AddOptions): Promise<string> {
  const path = join(modelsFolder(), '.downloads', entry.checkpoint.file);
  const there = await stat(path).catch(() => null);
  if (there?.size === entry.checkpoint.bytes) return path;
  const onProgress: Progress = (done, total) => options.onProgress?.('downloading', done, total);
  await download(entry.checkpoint, path, { url: options.mirror, signal: options.signal, onProgress });
  return path;
}

/** The manifests of an entry's graphs. */
export async function entryManifests(entry: CatalogueEntry): Promise<GraphManifest[]> {
  const files = Object.values(entry.graphs) as string[];
  return Promise.all(files.map((file) => readManifest(join(graphSource(entry), `${file}.json`))));
}

function hostManifest({ config }: CatalogueEntry): GraphManifest {
  const tensors = Object.entries(hostTensorShapes(config)).map(([name, shape]) => ({
    name,
    shape,
    offset: 0,
  }));
  return { graph: 'host', data: 'host', bytes: 0, tensors };
}

async function checkSpace(entry: CatalogueEntry, manifests: readonly GraphManifest[]): Promise<void> {
  const folder = modelsFolder();
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const needed = manifests.reduce((sum, one) => sum + one.bytes, 0) + 4_000_000;
  if (bavail * bsize >= needed) return;
  throw new ModelError(
    `${entry.config.title} needs ${megabytes(needed)} in ${folder}, where ${megabytes(bavail * bsize)} are free. Nothing was changed. Make room, or set MASKLET_MODELS to a folder on another disk.`,
    { folder },
  );
}

async function convert(
  entry: CatalogueEntry,
  manifests: readonly GraphManifest[],
  checkpoint: Checkpoint,
  path: string,
  options: AddOptions,
): Promise<AddedModel> {
  const { name } = entry.config;
  await dropLeftovers(name);
  const folder = join(modelsFolder(), `.${name}.${randomUUID()}`);
  await mkdir(folder);
  try {
    const files = await writeGraphs(entry, manifests, checkpoint, folder, options);
    options.onProgress?.('testing', 0, 1);
    const source = await describeSource(entry, path);
    const record: ModelRecord = {
      format: 1,
      name,
      config: entry.config,
      graphs: entry.graphs,
      added: new Date().toISOString(),
      source,
      files,
      host: await hostRecord(checkpoint),
      selfTest: await selfTest(folder, entry),
    };
    await writeFile(join(folder, 'model.json'), JSON.stringify(record));
    await putInPlace(folder, modelFolder(name));
    options.onProgress?.('testing', 1, 1);
    if (!options.from) await rm(path, { force: true });
    return { name, folder: modelFolder(name), record, warnings: warningsOf(entry, record) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What an add that was killed left behind. */
async function dropLeftovers(name: string): Promise<void> {
  for (const one of await readdir(modelsFolder()))
    if (one.startsWith(`.${name}.`)) await rm(join(modelsFolder(), one), { recursive: true, force: true });
}

async function writeGraphs(
  entry: CatalogueEntry,
  manifests: readonly GraphManifest[],
  checkpoint: Checkpoint,
  folder: string,
  { onProgress, signal }: AddOptions,
): Promise<ModelRecord['files']> {
  const files: ModelRecord['files'][number][] = [];
  const total = manifests.reduce((sum, one) => sum + one.bytes, 0);
  let done = 0;
  for (const manifest of manifests) {
    if (signal?.aborted)
      throw new ModelError(`Adding ${entry.config.title} was stopped. Nothing was changed.`);
    onProgress?.('converting', done, total);
    const graph = join(folder, manifest.graph);
    await copyFile(join(graphSource(entry), manifest.graph), graph);
    files.push({ file: manifest.graph, bytes: (await stat(graph)).size, sha256: await fileHash(graph) });
    files.push({
      file: manifest.data,
      ...(await fillGraph(checkpoint, manifest, join(folder, manifest.data))),
    });
    done += manifest.bytes;
  }
  onProgress?.('converting', total, total);
  return files;
}

async function hostRecord(checkpoint: Checkpoint): Promise<ModelRecord['host']> {
  const { noMemory, noObjectPointer, maskDownsample, maskDownsampleBias } = await hostTensors(checkpoint);
  return {
    noMemory: [...noMemory],
    noObjectPointer: [...noObjectPointer],
    maskDownsample: [...maskDownsample],
    maskDownsampleBias,
  };
}

/** The graphs as onnxruntime optimises them must compute what they compute as they are written. */
async function selfTest(folder: string, entry: CatalogueEntry): Promise<ModelRecord['selfTest']> {
  const threads = availableParallelism();
  const { samples } = await sampleGraphs(folder, entry, { threads, arena: false });
  const plain = await sampleGraphs(folder, entry, { threads, arena: false, optimise: false });
  checkSamples(entry.config.name, samples, plain.samples, 'the same graph without optimisation');
  return samples;
}

async function describeSource(entry: CatalogueEntry, path: string): Promise<ModelRecord['source']> {
  const sha256 = await fileHash(path);
  const { size } = await stat(path);
  return { file: basename(path), bytes: size, sha256, official: sha256 === entry.checkpoint.sha256 };
}

async function putInPlace(from: string, to: string): Promise<void> {
  const old = `${from}.old`;
  const replaced = await rename(to, old).then(
    () => true,
    () => false,
  );
  await rename(from, to);
  if (replaced) await rm(old, { recursive: true, force: true });
}

function warningsOf(entry: CatalogueEntry, { source }: ModelRecord): string[] {
  const warnings = entry.caution ? [entry.caution] : [];
  if (!source.official) {
    warnings.push(
      `${source.file} is not the official file of ${entry.config.title} (its sha256 is another): it is used as weights of your own.`,
    );
  }
  return warnings;
}

/** “156 MB”. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
}
