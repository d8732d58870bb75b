import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from '../../../src/engine/checkpoints';
import { ModelError } from '../../../src/errors';
import {
  mutated,
  PickleWriter,
  ptFile,
  safetensorsFile,
  statePickle,
  writeBytes,
} from '../../support/checkpoint-files';
import type { Tensors } from '../../support/checkpoint-files';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'masklet-checkpoints-'));
});
afterAll(() => rm(folder, { recursive: true }));

const tensors: Tensors = {
  'image_encoder.weight': { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 4, 5, 6) },
  no_obj_ptr: { shape: [1, 4], data: Float32Array.of(0.25, 0, -0.125, 7) },
  scalar: { shape: [], data: Float32Array.of(42) },
};

function write(name: string, bytes: Uint8Array): Promise<string> {
  return writeBytes(join(folder, name), bytes);
}

async function reasonOf(path: string): Promise<string> {
  const error: unknown = await openCheckpoint(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return (error as ModelError).message;
}

/** Reads everything that a file says it holds. */
async function readAll(path: string): Promise<Record<string, number[]>> {
  const checkpoint = await openCheckpoint(path);
  try {
    const values: Record<string, number[]> = {};
    for (const name of checkpoint.tensors.keys()) values[name] = [...(await checkpoint.readFloats(name))];
    return values;
  } finally {
    await checkpoint.close();
  }
}

const expected = Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, [...data]]));

describe('a checkpoint file (I2)', () => {
  it('is read from PyTorch’s own layout', async () => {
    const path = await write('model.pt', ptFile(tensors));
    expect(await readAll(path)).toEqual(expected);
    const checkpoint = await openCheckpoint(path);
    expect(checkpoint.tensors.get('image_encoder.weight')!.shape).toEqual([2, 3]);
    await checkpoint.close();
  });

  it('is read from safetensors, whatever it is called', async () => {
    expect(await readAll(await write('model.bin', safetensorsFile(tensors)))).toEqual(expected);
  });

  it('may hold its weights without a name around them', async () => {
    const pickle = new PickleWriter()
      .op(0x7d, 0x28)
      .text('no_obj_ptr')
      .tensor('0', tensors['no_obj_ptr']!)
      .op(0x75);
    const only = { no_obj_ptr: tensors['no_obj_ptr']! };
    const path = await write('bare.pt', ptFile(only, pickle.end()));
    expect(Object.keys(await readAll(path))).toEqual(['no_obj_ptr']);
  });

  it('reads half precision, bfloat16 and doubles as floats', async () => {
    const head = JSON.stringify({
      half: { dtype: 'F16', shape: [3], data_offsets: [0, 6] },
      brain: { dtype: 'BF16', shape: [1], data_offsets: [6, 8] },
      double: { dtype: 'F64', shape: [1], data_offsets: [8, 16] },
    });
    const body = Buffer.alloc(16);
    [0x3c00, 0xc100, 0x0001].forEach((bits, i) => body.writeUInt16LE(bits, 2 * i));
    body.writeUInt16LE(0x4049, 6);
    body.writeDoubleLE(-0.1, 8);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(head.length));
    const values = await readAll(
      await write('types.safetensors', Buffer.concat([length, Buffer.from(head), body])),
    );
    expect(values).toEqual({ half: [1, -2.5, 2 ** -24], brain: [3.140625], double: [Math.fround(-0.1)] });
  });

  it('that is not there, a folder, empty, or something else says so', async () => {
    expect(await reasonOf(join(folder, 'nothing.pt'))).toContain('there is no such file');
    expect(await reasonOf(folder)).toContain('it is not a file');
    expect(await reasonOf(await write('empty.pt', Buffer.alloc(0)))).toContain('it is empty');
    const text = Buffer.from('<!DOCTYPE html><html>404 not found, sorry</html>');
    expect(await reasonOf(await write('page.pt', text))).toContain(
      'neither a PyTorch .pt nor a .safetensors',
    );
    const old = Buffer.concat([Buffer.from([0x80, 2, 0x8a, 10]), Buffer.alloc(100)]);
    expect(await reasonOf(await write('old.pt', old))).toContain('before 1.6');
  });

  it('whose download stopped says so', async () => {
    const whole = ptFile(tensors);
    const path = await write('half.pt', whole.subarray(0, whole.length - 80));
    expect(await reasonOf(path)).toContain('cannot be read as a checkpoint');
  });
});

describe('a pickle that asks for more than tensors', () => {
  const calls: readonly (readonly [string, string, string])[] = [
    ['posix.system', 'posix', 'system'],
    ['os.system', 'os', 'system'],
    ['builtins.eval', 'builtins', 'eval'],
    ['torch.load', 'torch', 'load'],
    ['torch.hub.FloatStorage', 'torch.hub', 'FloatStorage'],
  ];

  it.each(calls)('is refused by the name it asks for: %s', async (name, module, callee) => {
    const pickle = new PickleWriter()
      .global(module, callee)
      .op(0x28)
      .text('touch /tmp/masklet-was-here')
      .op(0x74, 0x52);
    const message = await reasonOf(await write('evil.pt', ptFile(tensors, pickle.end())));
    expect(message).toContain(`it asks to run \`${name}\``);
    expect(message).toContain('Nothing was run');
  });

  it('is refused when the name comes from the stack', async () => {
    const pickle = new PickleWriter().text('posix').text('system').op(0x93);
    expect(await reasonOf(await write('stack.pt', ptFile(tensors, pickle.end())))).toContain(
      '`posix.system`',
    );
  });

  it('is refused by name when it makes an object of a class', async () => {
    const pickle = new PickleWriter().op(0x28).op(...Buffer.from('iposix\nsystem\n'));
    expect(await reasonOf(await write('made.pt', ptFile(tensors, pickle.end())))).toContain('`posix.system`');
  });

  it('cannot write to the terminal, nor fill it, by the names in it', async () => {
    const escape = '\u001b[2J\u009b2J\u202e';
    const asked = new PickleWriter().text(escape.repeat(100_000)).text('system').op(0x93);
    const head = JSON.stringify({
      [escape.repeat(1000)]: { dtype: 'F32', shape: [3], data_offsets: [0, 4] },
    });
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(Buffer.byteLength(head)));
    const files = [
      await write('escape.pt', ptFile(tensors, asked.end())),
      await write('escape.safetensors', Buffer.concat([length, Buffer.from(head), Buffer.alloc(4)])),
    ];
    for (const path of files) {
      const message = await reasonOf(path);
      expect(message).toContain('\\u001b[2J');
      expect(message).not.toContain('\u001b');
      expect(message).not.toContain('\u009b');
      expect(message).not.toContain('\u202e');
      expect(message.length).toBeLessThan(1000);
    }
  });

  it('is refused for an operation that makes objects', async () => {
    for (const code of [0x81, 0x6f, 0x92, 0x50]) {
      const pickle = new PickleWriter().op(0x29, 0x29, code);
      expect(await reasonOf(await write('object.pt', ptFile(tensors, pickle.end())))).toContain(
        'was refused',
      );
    }
  });

  it('is refused when its storage is no storage', async () => {
    const pickle = new PickleWriter()
      .op(0x28)
      .text('module')
      .global('collections', 'OrderedDict')
      .op(0x74, 0x51);
    expect(await reasonOf(await write('storage.pt', ptFile(tensors, pickle.end())))).toContain(
      'no tensor storage',
    );
  });
});

describe('a tensor that reaches beyond its file', () => {
  it('is refused in both kinds', async () => {
    const long = { ...tensors, no_obj_ptr: { shape: [1, 400], data: tensors['no_obj_ptr']!.data } };
    expect(await reasonOf(await write('long.pt', ptFile(long)))).toContain(
      'no_obj_ptr is larger than its numbers',
    );
    expect(await reasonOf(await write('long.safetensors', safetensorsFile(long)))).toContain(
      'not as large as its shape',
    );
  });
});

describe('a safetensors file with a head of 17 MB', () => {
  it('is refused before the head is read', async () => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(17_000_000n);
    const path = await write('head.safetensors', Buffer.concat([length, Buffer.alloc(17_000_000, '[')]));
    expect(await reasonOf(path)).toContain('neither a PyTorch .pt nor a .safetensors');
  });
});

describe('files with something changed, 200 of each kind', () => {
  it.each([
    ['.pt', ptFile(tensors)],
    ['the pickle of a .pt', null],
    ['.safetensors', safetensorsFile(tensors)],
  ] as const)('%s: read, or refused in a sentence', async (kind, whole) => {
    const refused = { count: 0 };
    for (let seed = 1; seed <= 200; seed++) {
      const bytes = whole ? mutated(whole, seed) : ptFile(tensors, mutated(statePickle(tensors), seed));
      const path = await write('mutated', bytes);
      const error: unknown = await readAll(path).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) continue;
      refused.count++;
      expect([kind, seed, error instanceof ModelError ? 'ModelError' : `${(error as Error).stack}`]).toEqual([
        kind,
        seed,
        'ModelError',
      ]);
    }
    expect(refused.count).toBeGreaterThan(40);
  });
});
