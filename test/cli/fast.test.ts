import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeIndexedPng } from '../../src/formats';

// MobileSAM's fast setting as users of the command meet it, on three frames of Big Buck Bunny.

const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const video = ['sample:big-buck-bunny', '--range', '60-62'];
let folder = '';

function masklet(...args: string[]): string {
  const done = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  expect([done.status, done.status === 0 ? '' : done.stderr]).toEqual([0, '']);
  return done.stdout;
}

const json = (...args: string[]): unknown => JSON.parse(masklet(...args, '--json'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-fast-'));
  const prompts = { objects: [{ name: 'rabbit', prompts: [{ frame: 0, box: [200, 40, 710, 610] }] }] };
  writeFileSync(join(folder, 'prompts.json'), JSON.stringify(prompts));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The last mask below a folder. */
function lastMask(out: string): Uint8Array {
  const [video] = readdirSync(join(folder, out, 'Annotations'));
  const names = join(folder, out, 'Annotations', video!);
  return decodeIndexedPng(readFileSync(join(names, readdirSync(names).sort().at(-1)!)))!.data;
}

describe('masklet with --fast', () => {
  it('draws nearly the same masks', () => {
    const given = [...video, '--prompts', 'prompts.json', '--model', 'mobilesam'];
    masklet('propagate', ...given, '--out', 'plain');
    masklet('propagate', ...given, '--out', 'fast', '--fast');
    const [plain, fast] = [lastMask('plain'), lastMask('fast')];
    let [both, either] = [0, 0];
    plain.forEach((one, i) => {
      both += one & fast[i]!;
      either += one | fast[i]!;
    });
    expect(both / either).toBeGreaterThan(0.95);
    expect(both / either).toBeLessThan(1);
  });

  it('keeps the setting with a session, and computes the same again', () => {
    masklet(
      'new',
      'a.masklet',
      '--video',
      ...video,
      '--prompts',
      'prompts.json',
      '--model',
      'mobilesam',
      '--fast',
    );
    masklet('propagate', '--session', 'a.masklet');
    const saved = JSON.parse(readFileSync(join(folder, 'a.masklet', 'session.json'), 'utf8')) as {
      model: { settings: unknown };
      document: { runs: { model: { settings: unknown } }[] };
    };
    expect(saved.model.settings).toEqual({ fast: 1 });
    expect(saved.document.runs.map((one) => one.model.settings)).toEqual([{ fast: 1 }]);
    expect(json('replay', 'a.masklet')).toMatchObject({ masks: 3, identical: 3 });
  });

  it('is let go of by an edit', () => {
    masklet('edit', 'a.masklet', 'use-model', 'model=mobilesam', 'fast=false');
    const saved = JSON.parse(readFileSync(join(folder, 'a.masklet', 'session.json'), 'utf8')) as {
      model: { settings: unknown };
    };
    expect(saved.model.settings).toEqual({ fast: 0 });
  });
});
