import * as v from 'valibot';
import type { ByteFile } from './byte-file';
import type { CheckpointTensor, TensorType } from './checkpoint';
import { countOf } from './graph-manifest';
import { shownName } from './shown-name';
import { bytesOf } from './tensor-numbers';

const types: Readonly<Record<string, TensorType>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  F64: 'float64',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const entry = v.object({
  dtype: v.string(),
  shape: v.pipe(v.array(whole), v.maxLength(8)),
  data_offsets: v.tuple([whole, whole]),
});

/** EdgeTAM's 986 tensors need 130 KB. The format allows 100 MB, whose JSON can take gigabytes of memory. */
const mostHeaderBytes = 16 * 1024 * 1024;

/** The tensors of a safetensors file: a length, a JSON head, then the numbers. */
export async function readSafetensors(file: ByteFile): Promise<Map<string, CheckpointTensor>> {
  const length = Number((await file.read(0, 8)).readBigUInt64LE());
  if (length > mostHeaderBytes || 8 + length > file.size)
    throw file.damaged('it is neither a PyTorch .pt nor a .safetensors file');
  const head = parseHead(file, (await file.read(8, length)).toString('utf8'));
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, value] of Object.entries(head)) {
    if (name === '__metadata__') continue;
    const shown = shownName(name);
    const parsed = v.safeParse(entry, value);
    if (!parsed.success) throw file.damaged(`its entry ${shown} is no tensor`);
    const { dtype, shape, data_offsets: places } = parsed.output;
    const type = types[dtype];
    if (!type)
      throw file.damaged(`${shown} has numbers of a kind (${shownName(dtype)}) that is not known here`);
    const bytes = places[1] - places[0];
    if (bytes !== countOf(shape) * bytesOf[type] || 8 + length + places[1] > file.size)
      throw file.damaged(`${shown} is not as large as its shape says`);
    tensors.set(name, { type, shape, offset: 8 + length + places[0], bytes });
  }
  if (tensors.size === 0) throw file.damaged('it holds no tensors');
  return tensors;
}

function parseHead(file: ByteFile, text: string): object {
  try {
    const head: unknown = JSON.parse(text);
    if (typeof head === 'object' && head !== null) return head;
  } catch {
    // The sentence below says all there is to say.
  }
  throw file.damaged('its head is damaged');
}
