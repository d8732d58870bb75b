import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { ModelError } from '../../errors';
import type { GraphFiles, Sam2Config } from '../sam2';
import { catalogueEntry, embeddedModel } from './catalogue';

/** Where added models are kept: `MASKLET_MODELS`, or the folder that the system has for such things. */
export function modelsFolder(): string {
  const chosen = process.env['MASKLET_MODELS'];
  if (chosen) return chosen;
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'masklet', 'models');
  if (process.platform === 'win32')
    return join(process.env['LOCALAPPDATA'] ?? homedir(), 'masklet', 'models');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'masklet', 'models');
}

/** What is kept beside the graphs of an added model: `model.json`. */
export interface ModelRecord {
  readonly format: 1;
  readonly name: string;
  readonly config: Sam2Config;
  readonly graphs: GraphFiles;
  /** When it was added, ISO 8601. */
  readonly added: string;
  /** The checkpoint that it was made from. */
  readonly source: {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly official: boolean;
  };
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
  readonly host: {
    readonly noMemory: readonly number[];
    readonly noObjectPointer: readonly number[];
    readonly maskDownsample: readonly number[];
    readonly maskDownsampleBias: number;
  };
  /** Sampled outputs of each graph for a seeded input, as this machine computed them when the model was added. */
  readonly selfTest: Readonly<Record<string, readonly number[]>>;
}

const floats = v.array(v.number());
const config = v.object({
  name: v.string(),
  title: v.string(),
  licence: v.string(),
  size: v.number(),
  width: v.number(),
  memoryWidth: v.number(),
  memoryTokens: v.number(),
  spatialTokens: v.boolean(),
});
const graphs = v.object({
  imageEncoder: v.string(),
  maskDecoder: v.string(),
  memoryEncoder: v.string(),
  memoryAttention: v.string(),
});
const record = v.object({
  format: v.literal(1),
  name: v.string(),
  config,
  graphs,
  added: v.string(),
  source: v.object({ file: v.string(), bytes: v.number(), sha256: v.string(), official: v.boolean() }),
  files: v.array(v.object({ file: v.string(), bytes: v.number(), sha256: v.string() })),
  host: v.object({
    noMemory: floats,
    noObjectPointer: floats,
    maskDownsample: floats,
    maskDownsampleBias: v.number(),
  }),
  selfTest: v.record(v.string(), floats),
});

/** The folder of a model, whether or not it is there. */
export function modelFolder(name: string): string {
  return join(modelsFolder(), name);
}

/** True when the model was added. */
export function isAdded(name: string): boolean {
  return existsSync(join(modelFolder(name), 'model.json'));
}

/** Names of all models that were added, known to the catalogue or not. */
export async function addedModels(): Promise<string[]> {
  const names = await readdir(modelsFolder()).catch(() => []);
  return names.filter((name) => !name.startsWith('.') && isAdded(name)).sort();
}

/** What is kept of an added model. Rejects with a ModelError when it is not there or not readable. */
export async function readRecord(name: string): Promise<ModelRecord> {
  const path = join(modelFolder(name), 'model.json');
  if (!existsSync(path)) throw notAdded(name, `Run \`npx masklet models add ${name}\`.`);
  try {
    return v.parse(record, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new ModelError(
      `The model ${name} is damaged: ${path} cannot be read. Run \`npx masklet models add ${name}\` again.`,
      { name },
      error,
    );
  }
}

/** Files of an added model that are missing or changed, in words; empty when all is well. */
export async function damagedFiles(name: string): Promise<string[]> {
  const { files } = await readRecord(name);
  const damaged: string[] = [];
  for (const { file, bytes, sha256 } of files) {
    const path = join(modelFolder(name), file);
    const size = await stat(path).then(
      (one) => one.size,
      () => null,
    );
    if (size === null) damaged.push(`${file} is missing`);
    else if (size !== bytes) damaged.push(`${file} has ${size} bytes, not ${bytes}`);
    else if ((await fileHash(path)) !== sha256) damaged.push(`${file} was changed`);
  }
  return damaged;
}

/** Bytes that an added model takes on the disk. */
export async function modelBytes(name: string): Promise<number> {
  const { files } = await readRecord(name);
  return files.reduce((sum, one) => sum + one.bytes, 0);
}

/** Takes a model off the disk. Rejects with a ModelError when it is not there. */
export async function removeModel(name: string): Promise<void> {
  if (!isAdded(name)) throw notAdded(name, 'Nothing was removed.');
  await rm(modelFolder(name), { recursive: true });
}

/** Why there is nothing of a model in the folder of those that were added. `rest`: what is said where it can be. */
function notAdded(name: string, rest: string): ModelError {
  if (name === embeddedModel)
    return new ModelError(
      `The model ${name} comes with Masklet: it was not added, and it cannot be removed. Whether it computes here: \`npx masklet models verify ${name}\`.`,
      { name },
    );
  if (catalogueEntry(name))
    return new ModelError(`The model ${name} is not on this machine. ${rest}`, { name });
  return new ModelError(
    `There is no model “${name}”. Those there are: \`npx masklet models list\`. Nothing was changed.`,
    { name },
  );
}

/** sha256 of a file, in hexadecimal. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
