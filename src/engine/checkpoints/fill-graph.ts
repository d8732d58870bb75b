import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { ModelError } from '../../errors';
import type { Checkpoint } from './checkpoint';
import { countOf } from './graph-manifest';
import type { GraphManifest, ManifestTensor } from './graph-manifest';
import { positionTable } from './position-tables';

/** A data file that was written. */
export interface FilledFile {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes the data file of a weight-free graph: tensors from the checkpoint, tables computed, one tensor in memory
 * at a time. The file appears under its name only when it is whole; on any failure nothing is left.
 *
 * Rejects with a ModelError when tensors are missing or have other shapes, and when the disk is full.
 */
export async function fillGraph(
  checkpoint: Checkpoint,
  manifest: GraphManifest,
  path: string,
): Promise<FilledFile> {
  checkTensors(checkpoint, [manifest]);
  const partial = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(partial, 'wx');
    let sha256: string;
    try {
      sha256 = await writeTensors(checkpoint, manifest, file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    return { bytes: manifest.bytes, sha256 };
  } catch (error) {
    await rm(partial, { force: true });
    throw writeError(error, path);
  }
}

/** Refuses a checkpoint that lacks tensors of these graphs or has them in other shapes. */
export function checkTensors(checkpoint: Checkpoint, manifests: readonly GraphManifest[]): void {
  const wanted = manifests.flatMap((one) => one.tensors).filter((one) => !one.generated);
  const missing = wanted.filter((one) => !checkpoint.tensors.has(one.name));
  if (missing.length > 0) {
    throw new ModelError(
      `This file is not a checkpoint of this model: ${missing.length} of ${wanted.length} tensors are missing (${someNames(missing)}). Nothing was kept. Check that model and file belong together.`,
    );
  }
  const other = wanted.filter((one) => checkpoint.tensors.get(one.name)!.shape.join() !== one.shape.join());
  if (other.length > 0) {
    const { name, shape } = other[0]!;
    const found = checkpoint.tensors.get(name)!.shape;
    throw new ModelError(
      `This file belongs to a model of another size: ${other.length} of ${wanted.length} tensors have other shapes (${name} is [${found.join(', ')}], not [${shape.join(', ')}]). Nothing was kept. Choose the model that the file is for.`,
    );
  }
}

function someNames(tensors: readonly ManifestTensor[]): string {
  const names = tensors.slice(0, 3).map((one) => one.name);
  return names.join(', ') + (tensors.length > names.length ? ', …' : '');
}

async function writeTensors(
  checkpoint: Checkpoint,
  manifest: GraphManifest,
  file: FileHandle,
): Promise<string> {
  const hash = createHash('sha256');
  const append = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    let written = 0;
    while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
    at += bytes.length;
  };
  let at = 0;
  for (const { name, shape, offset, generated } of manifest.tensors) {
    if (offset > at) await append(new Uint8Array(offset - at));
    const values = generated ? positionTable(generated, shape) : await checkpoint.readFloats(name);
    if (values.length !== countOf(shape))
      throw new ModelError(`The tensor ${name} has ${values.length} numbers, not ${countOf(shape)}.`);
    await append(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  if (at !== manifest.bytes)
    throw new ModelError(`The manifest of ${manifest.graph} does not add up: install Masklet anew.`);
  return hash.digest('hex');
}

function writeError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ModelError(
      `The disk is full: ${path} could not be written. Nothing was left behind. Make room, or set MASKLET_MODELS to a folder on another disk.`,
      { path },
      error,
    );
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new ModelError(
      `${path} may not be written. Nothing was changed. Set MASKLET_MODELS to a folder of yours.`,
      { path },
      error,
    );
  return error;
}
