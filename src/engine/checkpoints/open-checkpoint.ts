import { ModelError } from '../../errors';
import { ByteFile } from './byte-file';
import type { Checkpoint, CheckpointTensor } from './checkpoint';
import { readSafetensors } from './safetensors';
import { toFloats } from './tensor-numbers';
import { readTorchTensors } from './torch-checkpoint';

/** A checkpoint file that is open: what it holds, and where. */
export interface CheckpointFile extends Checkpoint {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
}

/**
 * Opens a checkpoint, of either kind, by what is in it. Only its list of tensors is read; nothing in it is ever
 * run. Rejects with a ModelError that says what is wrong. Whoever opened it closes it.
 */
export async function openCheckpoint(path: string): Promise<CheckpointFile> {
  const file = await ByteFile.open(path);
  try {
    const tensors = await readTensors(file);
    const readFloats = async (name: string): Promise<Float32Array> => {
      const tensor = tensors.get(name);
      if (!tensor) throw new ModelError(`${path} has no tensor ${name}.`, { path });
      return toFloats(await file.read(tensor.offset, tensor.bytes), tensor.type);
    };
    return { path, tensors, readFloats, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readTensors(file: ByteFile): Promise<Map<string, CheckpointTensor>> {
  if (file.size < 16) throw file.damaged('it is empty');
  const head = await file.read(0, 4);
  if (head.readUInt32LE() === 0x04034b50) return readTorchTensors(file);
  if (head[0] === 0x80)
    throw file.damaged('it is in PyTorch’s format from before 1.6; save it anew with a current PyTorch');
  return readSafetensors(file);
}
