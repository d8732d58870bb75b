import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GpuMemoryWatch } from '../../src/cli/evaluate/memory-watch';

// No machine of ours has a GPU: a program that says what nvidia-smi says stands in for it.

const posix = process.platform === 'win32' ? describe.skip : describe;
const path = process.env['PATH'];
const visible = process.env['CUDA_VISIBLE_DEVICES'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-gpu-'));
  process.env['PATH'] = `${folder}:/bin:/usr/bin`;
});

afterEach(() => {
  process.env['PATH'] = path;
  if (visible === undefined) delete process.env['CUDA_VISIBLE_DEVICES'];
  else process.env['CUDA_VISIBLE_DEVICES'] = visible;
  rmSync(folder, { recursive: true });
});

function standIn(...lines: readonly string[]): void {
  const script = ['#!/bin/sh', ...lines, `echo "$@" > ${folder}/asked`, 'exec sleep 20', ''];
  writeFileSync(join(folder, 'nvidia-smi'), script.join('\n'));
  chmodSync(join(folder, 'nvidia-smi'), 0o755);
}

/** Until the stand-in has said all that it says, and a moment for the pipe. */
async function told(): Promise<void> {
  for (let turn = 0; turn < 60 && !existsSync(join(folder, 'asked')); turn++) await wait(50);
  await wait(200);
}

posix('the memory of a GPU', () => {
  it('is the least and the most that was seen', async () => {
    process.env['CUDA_VISIBLE_DEVICES'] = '2,3';
    standIn('echo 1200', 'echo 4800', 'echo "[N/A]"', 'echo 900');
    const watch = new GpuMemoryWatch();
    await told();
    expect(watch.stop()).toEqual({ least: 900, most: 4800 });
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain('--id=2');
  });

  it('is not known where there is no such program', async () => {
    process.env['PATH'] = folder;
    const watch = new GpuMemoryWatch();
    await wait(100);
    expect(watch.stop()).toBeNull();
  });

  it('is not known where the driver does not answer', async () => {
    standIn('echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."');
    const watch = new GpuMemoryWatch();
    await told();
    expect(watch.stop()).toBeNull();
  });
});
