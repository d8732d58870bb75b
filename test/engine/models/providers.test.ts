/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { ModelError } from '../../../src/errors';
import { loadModel } from '../../../src/engine/models';
import { fitProviders } from '../../../src/engine/models/fit-providers';
import type { ProviderTrial } from '../../../src/engine/models/fit-providers';

// Which provider computes, and what is said of those that do not. Row I3.

const driver = ['/usr/lib/chromium/vk_swiftshader_icd.json', process.env['VK_ICD_FILENAMES'] ?? ''].find(
  (path) => existsSync(path),
);
let before: string | undefined;
beforeEach(() => {
  if (!driver) throw new Error('chromium’s software GPU is missing: run .ci/run once, or install chromium');
  before = process.env['VK_ICD_FILENAMES'];
  process.env['VK_ICD_FILENAMES'] = driver;
});
afterEach(() => {
  if (before === undefined) delete process.env['VK_ICD_FILENAMES'];
  else process.env['VK_ICD_FILENAMES'] = before;
});

/** Trials that give the CPU a second, and what is said for WebGPU. */
function trials(webgpu: Partial<ProviderTrial>): (provider: string) => Promise<ProviderTrial> {
  const cpu = { difference: 0, seconds: 1, refused: null };
  return (provider) => Promise.resolve(provider === 'cpu' ? cpu : { ...cpu, ...webgpu });
}

describe('a provider', () => {
  it('is used where it gives the CPU’s numbers in less time', async () => {
    const found = await fitProviders(['webgpu', 'cpu'], true, trials({ seconds: 0.1, difference: 1e-3 }));
    expect(found).toEqual({ providers: ['webgpu'], refused: [] });
  });

  it.each([
    ['slower', { seconds: 2 }, 'it is slower than the CPU here'],
    ['wrong', { seconds: 0.1, difference: 0.5 }, 'its numbers differ from the CPU’s by 5.0e-1'],
    ['not to be had', { refused: 'No supported adapters' }, 'No supported adapters'],
  ])('that is %s is left alone, and why is said', async (_, trial, reason) => {
    const found = await fitProviders(['webgpu', 'cpu'], true, trials(trial));
    expect(found).toEqual({ providers: [], refused: [{ provider: 'webgpu', reason }] });
  });

  it('that was asked for by name may be slower, but not wrong', async () => {
    expect((await fitProviders(['webgpu'], false, trials({ seconds: 9 }))).providers).toEqual(['webgpu']);
    await expect(fitProviders(['webgpu'], false, trials({ difference: NaN }))).rejects.toThrow(
      /WebGPU was not used: its numbers differ.*Nothing was computed/,
    );
  });

  it('without its files or its system is not even tried', async () => {
    const never = (): never => {
      throw new Error('tried');
    };
    const { refused } = await fitProviders(['coreml', 'dml'], true, never);
    expect(refused.map((one) => one.reason)).toEqual(
      Array(2).fill('onnxruntime has it on other systems only'),
    );
  });
});

describe('MobileSAM', () => {
  it('is not computed by the CPU in silence where another provider was asked for', async () => {
    await expect(loadModel('mobilesam', { threads: 2, provider: 'coreml' })).rejects.toThrow(ModelError);
    await expect(loadModel('mobilesam', { threads: 2, provider: 'coreml' })).rejects.toThrow(
      /CoreML was not used.*Nothing was computed/,
    );
  });

  it('takes the CPU where nothing better works, and says what it tried', async () => {
    delete process.env['VK_ICD_FILENAMES'];
    const model = await loadModel('mobilesam', { threads: 2 });
    expect(model.info.provider).toBe('CPU');
    expect(model.info.notes.join(' ')).toMatch(/CUDA was not used: its files are not installed/);
    await model.dispose();
  });
});
