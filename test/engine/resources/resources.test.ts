import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  availableBytes,
  cpuSeconds,
  gpuUse,
  machineUse,
  processUse,
  readGpu,
  residentBytes,
} from '../../../src/engine/resources';

const mib = 1024 * 1024;
const linux = process.platform === 'linux' ? describe : describe.skip;
const posix = process.platform === 'win32' ? describe.skip : describe;

linux('a process', () => {
  it('is seen from outside as it sees itself', async () => {
    const own = process.memoryUsage().rss;
    const { user, system } = process.cpuUsage();
    const seen = await processUse(process.pid);
    expect(Math.abs(seen.residentBytes! - own)).toBeLessThan(64 * mib);
    expect(Math.abs(seen.cpuSeconds! - (user + system) / 1e6)).toBeLessThan(1);
  });

  it('that is not there takes nothing that is known', async () => {
    expect(await processUse(2 ** 30)).toEqual({ residentBytes: null, cpuSeconds: null });
  });

  it('may have any name', () => {
    const stat = '42 (a ) b (c) R 1 1 1 0 -1 4194304 0 0 0 0 250 50 0 0 20 0 1 0 9 0 0';
    expect(cpuSeconds(stat)).toBe(3);
    expect(cpuSeconds('')).toBeNull();
    expect(residentBytes('Name:\tx\nVmRSS:\t    2048 kB\n')).toBe(2 * mib);
    expect(residentBytes('')).toBeNull();
  });
});

describe('a machine', () => {
  it('has more memory than is in use, and its cores were busy for a part of the time that passed', async () => {
    const { totalBytes, usedBytes, cores, cpu } = await machineUse();
    expect(usedBytes).toBeGreaterThan(0);
    expect(usedBytes).toBeLessThanOrEqual(totalBytes);
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(cpu.busy).toBeLessThanOrEqual(cpu.passed);
    expect(availableBytes('MemFree: 1 kB\nMemAvailable:    4096 kB\n')).toBe(4 * mib);
    expect(availableBytes('')).toBeNull();
  });
});

// Machines without a GPU: a program that says what nvidia-smi says stands in for it.
posix('a GPU', () => {
  const path = process.env['PATH'];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'masklet-gpu-'));
    process.env['PATH'] = `${folder}:/bin:/usr/bin`;
  });
  afterEach(() => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true });
  });

  function standIn(...lines: readonly string[]): void {
    const script = ['#!/bin/sh', `echo "$@" > ${folder}/asked`, ...lines, ''];
    writeFileSync(join(folder, 'nvidia-smi'), script.join('\n'));
    chmodSync(join(folder, 'nvidia-smi'), 0o755);
  }

  it('is read from its driver’s words, and what that does not tell is not known', async () => {
    standIn('echo "NVIDIA H100 80GB HBM3, 61, 4810, 81559"');
    expect(await gpuUse()).toEqual({
      name: 'NVIDIA H100 80GB HBM3',
      load: 0.61,
      memoryBytes: 4810 * mib,
      totalBytes: 81559 * mib,
    });
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain(
      '--query-gpu=name,utilization.gpu,memory.used,memory.total',
    );
    expect(readGpu('Tesla, [N/A], [Not Supported], 100')).toEqual({
      name: 'Tesla',
      load: null,
      memoryBytes: null,
      totalBytes: 100 * mib,
    });
  });

  it('is not there without a driver, or with one that fails', async () => {
    standIn(
      'echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."',
      'exit 9',
    );
    expect(await gpuUse()).toBeNull();
    process.env['PATH'] = join(folder, 'nowhere');
    expect(await gpuUse()).toBeNull();
    expect(readGpu('No devices were found\n')).toBeNull();
  });
});
