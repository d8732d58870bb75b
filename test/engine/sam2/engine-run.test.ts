/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { decodeRunLength } from '../../../src/mask';
import { addNanoModel } from '../../support/sam2-models';
import { clipFrame, clipSize, goldenMask, readGolden } from '../../support/sam2-nano';

// The whole engine process with a nano model: on the CPU against Meta's predictor, and on WebGPU (chromium's
// software GPU) against the CPU. Rows I2, I3.

const script = resolve(__dirname, '..', '..', 'support', 'run-engine.cjs');
const softwareGpu = ['/usr/lib/chromium/vk_swiftshader_icd.json', process.env['VK_ICD_FILENAMES'] ?? ''].find(
  (path) => existsSync(path),
);
let folder = '';

interface Report {
  readonly loaded: { readonly title: string; readonly provider: string; readonly notes: readonly string[] };
  readonly first: readonly number[];
  readonly steps: readonly {
    readonly frame: number;
    readonly block: number;
    readonly counts: readonly number[];
  }[];
  /** Embeddings that lay on the disk after the run, and the run done again with them. */
  readonly shelved: number;
  readonly again: Report['steps'] | null;
}

function run(
  frames: number,
  provider: string,
  more: Record<string, string> = {},
  ...args: string[]
): { report: Report | null; stderr: string } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [script, join(folder, 'frames'), String(frames), 'nano', provider, '26', '36', '4', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, MASKLET_MODELS: join(folder, 'models'), XDG_CACHE_HOME: folder, ...more },
    },
  );
  return { report: stdout === '' ? null : (JSON.parse(stdout) as Report), stderr };
}

function bits(counts: readonly number[]): Uint8Array {
  return decodeRunLength({ width: clipSize.width, height: clipSize.height, counts: Uint32Array.from(counts) })
    .data;
}

function differing(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, i) => sum + (value === other[i] ? 0 : 1), 0);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'masklet-engine-run-'));
  await addNanoModel('nano', join(folder, 'models'));
  await mkdir(join(folder, 'frames'));
  for (let i = 0; i < 8; i++) {
    const { width, height, data } = clipFrame(i);
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(join(folder, 'frames', `${String(i).padStart(5, '0')}.png`));
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe('a model of the SAM 2 family in the engine process', () => {
  it('gives the masks of Meta’s predictor, over two blocks (I2)', () => {
    const { report } = run(8, 'cpu');
    expect(report!.loaded).toMatchObject({ title: 'Nano', provider: 'CPU', notes: [] });
    const golden = readGolden('nano.one-click').results.filter((one) => one.step === 'track');
    const allowed = (clipSize.width * clipSize.height) / 10_000;
    expect(differing(bits(report!.first), goldenMask(golden[0]!))).toBeLessThan(allowed);
    expect(report!.steps.map(({ frame, block }) => [frame, block])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((frame) => [frame, Math.floor(frame / 4)]),
    );
    for (const { frame, counts } of report!.steps)
      expect([frame, differing(bits(counts), goldenMask(golden[frame]!)) < allowed]).toEqual([frame, true]);
  });

  it('gives the same masks when its embeddings lay on the disk in between', () => {
    const memory = run(8, 'cpu').report!;
    const disk = run(8, 'cpu', {}, '100000').report!;
    expect(disk.shelved).toBeGreaterThanOrEqual(6);
    expect(disk.steps).toEqual(memory.steps);
    expect(disk.again).toEqual(memory.steps);
  });

  // An untrained network draws ragged masks: chromium’s software GPU rounds otherwise along their edges.
  it('runs on WebGPU in agreement with the CPU (I3)', () => {
    if (!softwareGpu)
      throw new Error('chromium’s software GPU is missing: run .ci/run once, or install chromium');
    const cpu = run(6, 'cpu').report!;
    const gpu = run(6, 'webgpu', { VK_ICD_FILENAMES: softwareGpu });
    if (!gpu.report) throw new Error(gpu.stderr);
    expect(gpu.report.loaded.provider).toContain('WebGPU');
    const pixels = clipSize.width * clipSize.height;
    expect(differing(bits(gpu.report.first), bits(cpu.first)) / pixels).toBeLessThan(0.02);
    expect(gpu.report.steps).toHaveLength(5);
    gpu.report.steps.forEach(({ counts }, i) =>
      expect(differing(bits(counts), bits(cpu.steps[i]!.counts)) / pixels).toBeLessThan(0.02),
    );
  });

  it('computes a graph whose numbers are wrong on a GPU on the CPU, and says so (I3)', () => {
    const path = join(folder, 'models', 'nano', 'model.json');
    const kept = readFileSync(path, 'utf8');
    const record = JSON.parse(kept) as { selfTest: Record<string, number[]> };
    const output = 'memoryAttention.pix_feat';
    // What the CPU gave when the model was added was something else: as if the GPU were wrong.
    record.selfTest[output] = record.selfTest[output]!.map((one) => -one);
    writeFileSync(path, JSON.stringify(record));
    const gpu = run(3, 'webgpu', { VK_ICD_FILENAMES: softwareGpu! });
    writeFileSync(path, kept);
    if (!gpu.report) throw new Error(gpu.stderr);
    expect(gpu.report.loaded.provider).toBe('WebGPU and CPU');
    expect(gpu.report.loaded.notes.join('. ')).toMatch(
      /WebGPU was not used for nano\.memory_attention\.onnx: its numbers differ.*nano\.memory_attention\.onnx on the CPU/,
    );
    expect(gpu.report.steps).toHaveLength(2);
  });

  it('says why a provider that was asked for cannot be used, and does not go on without it', () => {
    const { report, stderr } = run(2, 'coreml');
    expect(report).toBeNull();
    expect(stderr).toContain('CoreML was not used');
    expect(stderr).toContain('Nothing was computed');
  });

  it('takes the CPU where nothing better works, and says what it tried', () => {
    const { report } = run(2, 'auto');
    expect(report!.loaded.provider).toBe('CPU');
    expect(report!.loaded.notes.join(' ')).toMatch(/CUDA was not used: its files are not installed/);
  });
});
