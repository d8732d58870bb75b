import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkTensors,
  fillGraph,
  readManifest,
  seededCheckpoint,
  underMetaNames,
} from '../../../src/engine/checkpoints';
import type { Checkpoint, GraphManifest } from '../../../src/engine/checkpoints';
import { nanoManifests } from '../../support/sam2-nano';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'masklet-fill-'));
});
afterAll(() => rm(folder, { recursive: true }));

const manifest: GraphManifest = {
  graph: 'g.onnx',
  data: 'g.bin',
  bytes: 64 + 16,
  tensors: [
    { name: 'a', shape: [3], offset: 0 },
    { name: 'gen_dim_t', shape: [4], offset: 64, generated: 'dim-t' },
  ],
};

function checkpointOf(values: Readonly<Record<string, Float32Array>>): Checkpoint {
  return {
    tensors: new Map(Object.entries(values).map(([name, data]) => [name, { shape: [data.length] }])),
    readFloats: async (name) => values[name]!,
    close: async () => undefined,
  };
}

describe('a graph’s data file', () => {
  it('holds each tensor at its place, tables computed, zeros between', async () => {
    const path = join(folder, 'g.bin');
    const { bytes, sha256 } = await fillGraph(checkpointOf({ a: Float32Array.of(1, 2, 3) }), manifest, path);
    const file = await readFile(path);
    expect([file.length, bytes, sha256.length]).toEqual([80, 80, 64]);
    const floats = new Float32Array(file.buffer.slice(file.byteOffset, file.byteOffset + 80));
    expect([...floats.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect([...floats.subarray(3, 16)]).toEqual(new Array(13).fill(0));
    expect([...floats.subarray(16)]).toEqual([1, 1, 100, 100]);
  });

  it('is refused by name when tensors are missing or have other shapes', () => {
    expect(() => checkTensors(checkpointOf({}), [manifest])).toThrow('1 of 1 tensors are missing (a)');
    expect(() => checkTensors(checkpointOf({ a: new Float32Array(4) }), [manifest])).toThrow(
      'a is [4], not [3]',
    );
  });

  it('is not there when a tensor could not be read, and nothing else is', async () => {
    const before = await readdir(folder);
    const broken = {
      ...checkpointOf({ a: new Float32Array(3) }),
      readFloats: () => Promise.reject(new Error('the disk was pulled')),
    };
    await expect(fillGraph(broken, manifest, join(folder, 'broken.bin'))).rejects.toThrow(
      'the disk was pulled',
    );
    expect(await readdir(folder)).toEqual(before);
  });

  it('says so when the disk is full, and leaves nothing', async () => {
    const small = join(folder, 'small');
    execFileSync('mkdir', [small]);
    let mounted = true;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      // Where nobody may mount, the operating system's own error for a full disk stands in.
      mounted = false;
    }
    try {
      const large: GraphManifest = {
        graph: 'l',
        data: 'l',
        bytes: 4e6,
        tensors: [{ name: 'a', shape: [1e6], offset: 0 }],
      };
      const full = checkpointOf({ a: new Float32Array(1e6) });
      const checkpoint = mounted
        ? full
        : {
            ...full,
            readFloats: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
          };
      await expect(fillGraph(checkpoint, large, join(small, 'l.bin'))).rejects.toThrow('The disk is full');
      expect(await readdir(small)).toEqual([]);
    } finally {
      if (mounted) execFileSync('umount', [small]);
    }
  });
});

describe('a manifest', () => {
  it('of every shipped graph can be read, and adds up', async () => {
    const graphs = join(__dirname, '..', '..', '..', 'models', 'graphs');
    for (const part of [graphs, join(graphs, '512')])
      for (const name of (await readdir(part)).filter((one) => one.endsWith('.json'))) {
        const { bytes, tensors } = await readManifest(join(part, name));
        const last = tensors[tensors.length - 1]!;
        expect(last.offset + 4 * last.shape.reduce((a, b) => a * b, 1)).toBe(bytes);
      }
  });

  it('that is damaged is no TypeError but a sentence', async () => {
    const path = join(folder, 'bad.json');
    await writeFile(path, '{"graph": "../../x", "data": "x", "bytes": 1, "tensors": []}');
    await expect(readManifest(path)).rejects.toThrow('install Masklet anew');
  });
});

describe('names of transformers', () => {
  it('are seen under Meta’s: rows of one tensor, halves of two, layers by place', async () => {
    const numbers = (count: number, from: number): Float32Array =>
      Float32Array.from({ length: count }, (_, i) => from + i);
    const values: Record<string, { shape: number[]; data: Float32Array }> = {
      'prompt_encoder.point_embed.weight': { shape: [4, 2], data: numbers(8, 0) },
      'spatial_perceiver.layers.0.cross_attention.k_proj.weight': { shape: [2, 2], data: numbers(4, 10) },
      'spatial_perceiver.layers.0.cross_attention.v_proj.weight': { shape: [2, 2], data: numbers(4, 20) },
      'memory_attention.layers.1.mlp.up_proj.bias': { shape: [2], data: numbers(2, 30) },
      'vision_encoder.backbone.blocks.3.mlp.proj_out.weight': { shape: [1, 2], data: numbers(2, 40) },
      'memory_encoder.mask_downsampler.layers.2.conv.weight': { shape: [1], data: numbers(1, 50) },
      'mask_decoder.pred_obj_score_head.layers.0.weight': { shape: [1], data: numbers(1, 60) },
    };
    const file: Checkpoint = {
      tensors: new Map(Object.entries(values)),
      readFloats: async (name) => values[name]!.data,
      close: async () => undefined,
    };
    const expected: Record<string, readonly [number[], number[]]> = {
      'sam_prompt_encoder.point_embeddings.2.weight': [
        [1, 2],
        [4, 5],
      ],
      'spatial_perceiver.layers.0.attn.to_kv.weight': [
        [4, 2],
        [10, 11, 12, 13, 20, 21, 22, 23],
      ],
      'memory_attention.layers.1.linear1.bias': [[2], [30, 31]],
      'image_encoder.trunk.blocks.3.mlp.layers.1.weight': [
        [1, 2],
        [40, 41],
      ],
      'memory_encoder.mask_downsampler.encoder.6.weight': [[1], [50]],
      'sam_mask_decoder.pred_obj_score_head.layers.1.weight': [[1], [60]],
    };
    const view = underMetaNames(file, [...Object.keys(expected), 'not.there']);
    expect([...view.tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [name, [shape, data]] of Object.entries(expected)) {
      expect([name, view.tensors.get(name)!.shape, [...(await view.readFloats(name))]]).toEqual([
        name,
        shape,
        data,
      ]);
    }
  });
});

describe('a file as save_pretrained writes it', () => {
  const point = 'prompt_encoder.point_embed.weight';
  const key = 'spatial_perceiver.layers.0.cross_attention.k_proj.weight';
  const value = 'spatial_perceiver.layers.0.cross_attention.v_proj.weight';

  function shapes(of: Readonly<Record<string, readonly number[]>>): Checkpoint {
    return {
      tensors: new Map(Object.entries(of).map(([name, shape]) => [name, { shape }])),
      readFloats: async (name) => new Float32Array(of[name]!.reduce((a, b) => a * b, 1)).fill(7),
      close: async () => undefined,
    };
  }

  it('has the matrix that places points once, under the picture’s name', async () => {
    const wanted = 'sam_prompt_encoder.pe_layer.positional_encoding_gaussian_matrix';
    const view = underMetaNames(shapes({ 'shared_image_embedding.positional_embedding': [2, 3] }), [wanted]);
    expect(view.tensors.get(wanted)!.shape).toEqual([2, 3]);
    expect([...(await view.readFloats(wanted))]).toEqual(new Array(6).fill(7));
  });

  it('lacks a tensor whose parts do not fit together', () => {
    const wanted = [
      'sam_prompt_encoder.point_embeddings.0.weight',
      'spatial_perceiver.layers.0.attn.to_kv.weight',
    ];
    const file = shapes({ [point]: [1e6, 256], [key]: [2, 2], [value]: [1e6, 2] });
    expect([...underMetaNames(file, wanted).tensors.keys()]).toEqual([]);
  });
});

describe('a seeded checkpoint', () => {
  it('has every tensor of the graphs it is for', async () => {
    const manifests = await nanoManifests('nano');
    expect(() => checkTensors(seededCheckpoint(manifests), manifests)).not.toThrow();
  });
});
