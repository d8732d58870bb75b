import { writeFile } from 'node:fs/promises';

/** A tensor to be written. */
export interface WrittenTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Tensors = Readonly<Record<string, WrittenTensor>>;

/** A pickle by hand: what `torch.save` writes, operation by operation (CPython's pickletools). */
export class PickleWriter {
  readonly #parts: Buffer[] = [Buffer.from([0x80, 2])];

  op(...bytes: readonly number[]): this {
    this.#parts.push(Buffer.from(bytes));
    return this;
  }

  text(value: string): this {
    const bytes = Buffer.from(value);
    const head = Buffer.alloc(5);
    head[0] = 0x58;
    head.writeUInt32LE(bytes.length, 1);
    this.#parts.push(head, bytes);
    return this;
  }

  whole(value: number): this {
    const bytes = Buffer.alloc(5);
    bytes[0] = 0x4a;
    bytes.writeInt32LE(value, 1);
    this.#parts.push(bytes);
    return this;
  }

  global(module: string, name: string): this {
    this.#parts.push(Buffer.from(`c${module}\n${name}\n`, 'latin1'));
    return this;
  }

  tuple(values: readonly number[]): this {
    this.op(0x28);
    values.forEach((one) => this.whole(one));
    return this.op(0x74);
  }

  /** The call of `_rebuild_tensor_v2` for one tensor. */
  tensor(key: string, { shape, data }: WrittenTensor): this {
    const stride = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
    return this.global('torch._utils', '_rebuild_tensor_v2')
      .op(0x28, 0x28)
      .text('storage')
      .global('torch', 'FloatStorage')
      .text(key)
      .text('cpu')
      .whole(data.length)
      .op(0x74, 0x51)
      .whole(0)
      .tuple(shape)
      .tuple(stride)
      .op(0x89)
      .global('collections', 'OrderedDict')
      .op(0x29, 0x52, 0x74, 0x52);
  }

  end(): Buffer {
    return Buffer.concat([...this.#parts, Buffer.from('.')]);
  }
}

/** `{"model": OrderedDict of tensors}`, as Meta's files have it. */
export function statePickle(tensors: Tensors): Buffer {
  const pickle = new PickleWriter()
    .op(0x7d)
    .text('model')
    .global('collections', 'OrderedDict')
    .op(0x29, 0x52, 0x28);
  Object.entries(tensors).forEach(([name, tensor], i) => pickle.text(name).tensor(String(i), tensor));
  return pickle.op(0x75, 0x73).end();
}

/** A zip file with stored entries, as torch writes it. */
export function storedZip(entries: readonly (readonly [name: string, data: Uint8Array])[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, data] of entries) {
    const bytes = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt32LE(data.length, 22);
    head.writeUInt16LE(bytes.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    head.copy(record, 16, 14, 28);
    record.writeUInt32LE(at, 42);
    central.push(record, bytes);
    parts.push(head, bytes, Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    at += 30 + bytes.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

function bytesOf({ data }: WrittenTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** A `.pt` file in torch's layout. */
export function ptFile(tensors: Tensors, pickle: Uint8Array = statePickle(tensors)): Buffer {
  const storages = Object.values(tensors).map((one, i) => [`archive/data/${i}`, bytesOf(one)] as const);
  return storedZip([['archive/data.pkl', pickle], ...storages, ['archive/version', Buffer.from('3\n')]]);
}

/** A `.safetensors` file. */
export function safetensorsFile(tensors: Tensors): Buffer {
  const head: Record<string, object> = { __metadata__: { format: 'pt' } };
  let at = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    const { byteLength } = tensor.data;
    head[name] = { dtype: 'F32', shape: tensor.shape, data_offsets: [at, at + byteLength] };
    at += byteLength;
  }
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...Object.values(tensors).map((one) => bytesOf(one))]);
}

export async function writeBytes(path: string, bytes: Uint8Array): Promise<string> {
  await writeFile(path, bytes);
  return path;
}

/** A small generator of whole numbers below `limit`, the same every time. */
export function seededNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** The bytes with something changed: flipped bits, a piece cut out, put in or zeroed, or the end gone. */
export function mutated(bytes: Uint8Array, seed: number, within = bytes.length): Buffer {
  const pick = seededNumbers(seed);
  const copy = Buffer.from(bytes);
  const at = pick(within);
  switch (pick(5)) {
    case 0:
      for (let i = 0; i <= pick(6); i++) copy[pick(within)]! ^= 1 << pick(8);
      return copy;
    case 1:
      return copy.subarray(0, at);
    case 2:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + pick(40))]);
    case 3:
      return Buffer.concat([copy.subarray(0, at), Buffer.alloc(1 + pick(20), pick(256)), copy.subarray(at)]);
    default:
      return copy.fill(pick(256), at, Math.min(at + 1 + pick(16), copy.length));
  }
}
