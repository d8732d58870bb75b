import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeCudaFiles } from '../../src/cli/provider-package';

// CUDA files out of a package that was downloaded. Row I3.

const cuda = 'libonnxruntime_providers_cuda.so';
const shared = 'libonnxruntime_providers_shared.so';
// More than a piece of reading, and hard to compress: as the real one.
const library = Uint8Array.from({ length: 3_000_000 }, (_, i) => Math.imul(i, 0x9e3779b9) >>> 24);
let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-provider-'));
  target = mkdtempSync(join(folder, 'lib-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function wheel(version: string, ...names: readonly string[]): Uint8Array {
  const libraries = names.map((name) => [`onnxruntime/capi/${name}`, library] as const);
  const about = strToU8(`Metadata-Version: 2.4\nName: onnxruntime-gpu\nVersion: ${version}\n`);
  const sum = createHash('sha256').update(library).digest('base64url');
  const record = names.map((name) => `onnxruntime/capi/${name},sha256=${sum},${library.length}\n`).join('');
  return zipSync({
    'onnxruntime/capi/other.so': library,
    ...Object.fromEntries(libraries),
    [`onnxruntime_gpu-${version}.dist-info/METADATA`]: about,
    [`onnxruntime_gpu-${version}.dist-info/RECORD`]: strToU8(record),
  });
}

function file(bytes: Uint8Array): string {
  const path = join(folder, 'package.whl');
  writeFileSync(path, bytes);
  return path;
}

describe('CUDA files', () => {
  it('come out of a wheel whole', async () => {
    await takeCudaFiles(file(wheel('1.30.0', cuda, shared)), target, '1.30.0');
    expect(readdirSync(target).sort()).toEqual([cuda, shared]);
    expect(Buffer.from(library).equals(readFileSync(join(target, cuda)))).toBe(true);
  });

  it('come out of NuGet’s package', async () => {
    const bytes = zipSync({
      'Microsoft.ML.OnnxRuntime.Gpu.Linux.nuspec': strToU8('<metadata><version>1.30.0</version></metadata>'),
      [`runtimes/linux-x64/native/${cuda}`]: library,
      [`runtimes/linux-x64/native/${shared}`]: library,
    });
    await takeCudaFiles(file(bytes), target, '1.30.0');
    expect(readdirSync(target).sort()).toEqual([cuda, shared]);
  });

  it.each([
    [
      'of another version',
      () => wheel('1.31.0', cuda, shared),
      /holds onnxruntime 1\.31\.0, and only .* 1\.30\.0 fit/,
    ],
    [
      'for another system',
      () => wheel('1.30.0', shared),
      /has no libonnxruntime_providers_cuda\.so\. Nothing was changed/,
    ],
    ['of something else', () => zipSync({ 'a.txt': strToU8('a') }), /holds no onnxruntime/],
    ['that is none', () => strToU8('no zip at all'), /Nothing was changed/],
  ])('are not taken from a package %s', async (_, bytes, message) => {
    writeFileSync(join(target, cuda), 'what was there');
    await expect(takeCudaFiles(file(bytes()), target, '1.30.0')).rejects.toThrow(message);
    expect(readdirSync(target)).toEqual([cuda]);
    expect(readFileSync(join(target, cuda), 'utf8')).toBe('what was there');
  });

  it('are not taken from a file that is not there', async () => {
    await expect(takeCudaFiles(join(folder, 'none.whl'), target, '1.30.0')).rejects.toThrow(
      /There is no file/,
    );
  });

  it('stay as they were when the package breaks off anywhere', async () => {
    const whole = wheel('1.30.0', cuda, shared);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await expect(takeCudaFiles(file(whole.subarray(0, length)), target, '1.30.0')).rejects.toThrow(
          /Nothing was changed/,
        );
        expect(readdirSync(target)).toEqual([]);
      }),
      { numRuns: 25, examples: [[whole.length - 1], [whole.length - 100], [whole.length - 400]] },
    );
  });

  it('stay as they were when a byte of them is another', async () => {
    const whole = wheel('1.30.0', cuda, shared);
    const bytes = Buffer.from(whole);
    const [from, to] = [bytes.indexOf(cuda) + 100, bytes.indexOf(shared) - 100];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: from, max: to }), async (at) => {
        const spoilt = whole.slice();
        spoilt[at]! ^= 0x10;
        await expect(takeCudaFiles(file(spoilt), target, '1.30.0')).rejects.toThrow(/Nothing was changed/);
        expect(readdirSync(target)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
