import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { fillGraph, readManifest, seededCheckpoint } from '../../src/engine/checkpoints';
import type { GraphManifest } from '../../src/engine/checkpoints';
import type { GraphOptions, OnnxGraph } from '../../src/engine/onnx';
import { hostTensors, hostTensorShapes } from '../../src/engine/sam2/host-tensors';
import { loadGraphs } from '../../src/engine/sam2/load-graphs';
import type { GraphFiles } from '../../src/engine/sam2/load-graphs';
import type { Sam2Config } from '../../src/engine/sam2/sam2-config';
import type { HostTensors, Sam2GraphSet } from '../../src/engine/sam2/sam2-graphs';
import type { Frame } from '../../src/engine/video';

const fixtures = resolve(__dirname, '..', 'fixtures', 'sam2');

export const clipSize = { width: 160, height: 96, frames: 24 } as const;

/** The same pixels as models/export/clip.py draws. */
export function clipFrame(index: number): Frame {
  const { width, height } = clipSize;
  const data = new Uint8Array(width * height * 3);
  const [left, top] = [10 + 4 * index, 20 + index];
  const [cx, cy] = [130 - 3 * index, 66];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const tile = (x >> 3) * 7 + (y >> 3) * 13;
      let pixel = [29, 53, 71].map((k, channel) => (tile * k + 40 * channel) % 200);
      if (x >= left && x < left + 32 && y >= top && y < top + 32)
        pixel = [230 - (x % 5) * 4, 40 + (y % 7) * 3, 30 + ((x + y) % 9)];
      if ((x - cx) ** 2 + (y - cy) ** 2 <= 225)
        pixel = [30 + (x % 3) * 5, 90 + (y % 5) * 6, 220 - ((x + y) % 11)];
      if (x >= 76 && x < 88) pixel = [90, 90 + (y % 4), 95];
      data.set(pixel, (y * width + x) * 3);
    }
  }
  return { index, width, height, data };
}

/** Masks that fixtures name. */
export function clipMask(what: string, frame: number): Uint8Array {
  const { width, height } = clipSize;
  const mask = new Uint8Array(width * height);
  if (what === 'square')
    for (let y = 20 + frame; y < 52 + frame; y++)
      for (let x = 10 + 4 * frame; x < 42 + 4 * frame; x++) mask[y * width + x] = 1;
  return mask;
}

export type NanoName = 'nano' | 'nano-edgetam';

/** One answer of Meta's predictor. */
export interface GoldenResult {
  readonly step: 'click' | 'more' | 'box' | 'mask' | 'track';
  readonly object: number;
  readonly frame: number;
  readonly score: number;
  readonly largest: number;
  readonly logits: readonly number[];
  readonly pointer: readonly number[];
  readonly area: number;
  readonly mask: string;
}

type Click = readonly [x: number, y: number, positive: number];

/** What the predictor was asked, in order. */
export type GoldenStep =
  | readonly ['click' | 'more', number, number, readonly Click[]]
  | readonly ['box', number, number, readonly [number, number, number, number], readonly Click[]]
  | readonly ['mask', number, number, string]
  | readonly ['track', number, number, boolean];

export interface Golden {
  readonly model: NanoName;
  readonly scoreBias: number;
  readonly steps: readonly GoldenStep[];
  readonly results: readonly GoldenResult[];
}

export function readGolden(name: string): Golden {
  return JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as Golden;
}

/** The bits of a golden mask, one byte a pixel. */
export function goldenMask({ mask }: GoldenResult): Uint8Array {
  const packed = inflateSync(Buffer.from(mask, 'base64'));
  return Uint8Array.from(
    { length: clipSize.width * clipSize.height },
    (_, i) => (packed[i >> 3]! >> (7 - (i & 7))) & 1,
  );
}

/** The places at which fixtures sample a map of logits (models/export/fixtures.py). */
export function samplePlaces(count: number): number[] {
  return Array.from({ length: 96 }, (_, i) => (i * 7919 + 13) % count);
}

export function nanoConfig(name: NanoName): Sam2Config {
  return {
    name,
    title: 'Nano',
    licence: 'Apache-2.0',
    size: 128,
    width: 64,
    memoryWidth: 16,
    memoryTokens: name === 'nano' ? 64 : 32,
    spatialTokens: name === 'nano',
  };
}

export function nanoFiles(name: NanoName): GraphFiles {
  return {
    imageEncoder: `${name}.image_encoder`,
    maskDecoder: `${name}.mask_decoder`,
    memoryEncoder: `${name}.memory_encoder`,
    memoryAttention: `${name}.memory_attention`,
  };
}

export async function nanoManifests(name: NanoName): Promise<GraphManifest[]> {
  const files = Object.values(nanoFiles(name)) as string[];
  return Promise.all(files.map((file) => readManifest(join(fixtures, 'graphs', `${file}.json`))));
}

export interface LoadedNano {
  readonly graphs: Sam2GraphSet;
  readonly host: HostTensors;
  readonly config: Sam2Config;
  readonly folder: string;
  dispose(): Promise<void>;
}

/** Fills the nano graphs with seeded weights in a folder of its own and loads them. */
export async function loadNano(
  name: NanoName,
  scoreBias = 3,
  options: GraphOptions = { threads: 1 },
): Promise<LoadedNano> {
  const folder = await mkdtemp(join(tmpdir(), 'masklet-nano-'));
  const manifests = await nanoManifests(name);
  const config = nanoConfig(name);
  const bias = { 'sam_mask_decoder.pred_obj_score_head.layers.2.bias': scoreBias };
  const checkpoint = seededCheckpoint(manifests, hostTensorShapes(config), bias);
  for (const manifest of manifests) {
    await fillGraph(checkpoint, manifest, join(folder, manifest.data));
    await copyFile(join(fixtures, 'graphs', manifest.graph), join(folder, manifest.graph));
  }
  const graphs = await loadGraphs(folder, nanoFiles(name), config, options);
  const dispose = async (): Promise<void> => {
    for (const graph of Object.values(graphs) as OnnxGraph[]) await graph.release();
    await rm(folder, { recursive: true });
  };
  return { graphs, host: await hostTensors(checkpoint), config, folder, dispose };
}
