import type { ByteFile } from './byte-file';
import type { CheckpointTensor, TensorType } from './checkpoint';
import { countOf } from './graph-manifest';
import { shownName } from './shown-name';
import { readStatePickle } from './state-pickle';
import type { Pickled, PickledTensor } from './state-pickle';
import { bytesOf } from './tensor-numbers';
import { readZipDirectory } from './zip-directory';
import type { ZipEntry } from './zip-directory';

const types: Readonly<Record<string, TensorType>> = {
  Float: 'float32',
  Half: 'float16',
  BFloat16: 'bfloat16',
  Double: 'float64',
  Long: 'int64',
  Int: 'int32',
  Short: 'int16',
  Char: 'int8',
  Byte: 'uint8',
  Bool: 'bool',
};

/** The pickle of the largest official checkpoint has 180 KB. */
const mostPickleBytes = 16 * 1024 * 1024;

/** The tensors of a `.pt` file as `torch.save` has written it since 1.6: a zip with a pickle and stored numbers. */
export async function readTorchTensors(file: ByteFile): Promise<Map<string, CheckpointTensor>> {
  const entries = await readZipDirectory(file);
  const pickle = [...entries.values()].find((one) => one.name.endsWith('/data.pkl'));
  if (!pickle) throw file.damaged('it is a zip file without PyTorch’s list of tensors');
  if (pickle.size > mostPickleBytes) throw file.damaged('its list of tensors is too large');
  const root = readStatePickle(await file.read(pickle.offset, pickle.size), file.path);
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, value] of stateOf(file, root)) {
    if (!isTensor(value)) continue;
    tensors.set(name, locate(file, name, value, entries.get(`${folder}data/${value.storage}`)));
  }
  if (tensors.size === 0) throw file.damaged('it holds no tensors');
  return tensors;
}

/** Meta's files hold `{model: {...}}`, trainers' often `{state_dict: {...}}`, others the weights themselves. */
function stateOf(file: ByteFile, root: Pickled): Map<string, Pickled> {
  if (!(root instanceof Map)) throw file.damaged('it holds no dictionary of tensors');
  const inner = root.get('model') ?? root.get('state_dict');
  return inner instanceof Map ? inner : root;
}

function isTensor(value: Pickled): value is PickledTensor {
  return typeof value === 'object' && value !== null && 'storage' in value;
}

function locate(
  file: ByteFile,
  name: string,
  { storageType, offset, shape, stride }: PickledTensor,
  entry: ZipEntry | undefined,
): CheckpointTensor {
  const type = types[storageType];
  const shown = shownName(name);
  if (!entry || !type) throw file.damaged(`the numbers of ${shown} are missing`);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && stride[i] !== step) throw file.damaged(`${shown} is stored in another order`);
    step *= shape[i]!;
  }
  const bytes = countOf(shape) * bytesOf[type];
  const start = offset * bytesOf[type];
  if (!Number.isSafeInteger(bytes) || start + bytes > entry.size)
    throw file.damaged(`${shown} is larger than its numbers`);
  return { type, shape, offset: entry.offset + start, bytes };
}
