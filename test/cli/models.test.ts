import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformersPlace } from '../../src/engine/checkpoints';
import { decodeIndexedPng } from '../../src/formats';
import { PickleWriter, ptFile, safetensorsFile } from '../support/checkpoint-files';
import type { WrittenTensor } from '../support/checkpoint-files';
import { writeSeededCheckpoint } from '../support/sam2-models';

// The command as users run it, on full-size models. Weights come from a seed: they show that files are read, written
// and computed with, not how good a mask is. Rows I2, I4.

const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'masklet-models-'));
const models = join(folder, 'models');

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const env = { ...process.env, MASKLET_MODELS: models, XDG_CACHE_HOME: join(folder, 'cache') };

function masklet(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { code: status, stdout, stderr };
}

/** For commands that talk to a server in this process. */
function maskletAsync(...args: string[]): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (out.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (out.stderr += data.toString()));
    child.on('exit', (code) => done({ code, ...out }));
  });
}

interface Listed {
  readonly name: string;
  readonly ready: boolean;
  readonly downloadBytes: number | null;
}

function listed(): Listed[] {
  return JSON.parse(masklet('models', 'list', '--json').stdout) as Listed[];
}

let edgetam: Record<string, WrittenTensor> = {};
beforeAll(async () => {
  edgetam = await writeSeededCheckpoint('edgetam', join(folder, 'edgetam.pt'));
  await writeSeededCheckpoint('sam2.1_hiera_tiny', join(folder, 'tiny.safetensors'));
  const prompts = [{ frame: 1, points: [[80, 60, 1]], box: [40, 30, 120, 110] }];
  writeFileSync(join(folder, 'prompts.json'), JSON.stringify({ objects: [{ name: 'face', prompts }] }));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('masklet models', () => {
  it('lists what can be added, with sizes, before anything was', () => {
    const names = listed().map((one) => one.name);
    expect(names.slice(0, 6)).toEqual([
      'mobilesam',
      'edgetam',
      'sam2.1_hiera_tiny',
      'sam2.1_hiera_small',
      'sam2.1_hiera_base_plus',
      'sam2.1_hiera_large',
    ]);
    expect(
      listed()
        .filter((one) => one.ready)
        .map((one) => one.name),
    ).toEqual(['mobilesam']);
    expect(masklet('models', 'list').stdout).toMatch(/edgetam +EdgeTAM +56 MB to fetch/);
  });

  it('adds EdgeTAM from a .pt file, with a word on weights that are not the official ones', () => {
    const { code, stdout, stderr } = masklet('models', 'add', 'edgetam', '--from', 'edgetam.pt');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('EdgeTAM is ready');
    expect(stdout).toContain('edgetam.pt is not the official file');
    expect(listed().find((one) => one.name === 'edgetam')!.ready).toBe(true);
  });

  it('makes the same files from transformers’ names', () => {
    const written = readFileSync(join(models, 'edgetam', 'edgetam.memory_encoder.bin'));
    writeFileSync(join(folder, 'model.safetensors'), safetensorsFile(withTransformersNames(edgetam)));
    const { code, stderr } = masklet('models', 'add', 'edgetam', '--from', 'model.safetensors');
    expect([code, stderr]).toEqual([0, '']);
    expect(readFileSync(join(models, 'edgetam', 'edgetam.memory_encoder.bin')).equals(written)).toBe(true);
  });

  it('carries masks through a real clip with EdgeTAM, which is now the default', () => {
    const args = ['sample:carphone', '--prompts', 'prompts.json', '--range', '0-4'];
    const { code, stderr } = masklet('propagate', ...args, '--out', 'out');
    expect([code, stderr]).toEqual([0, expect.stringContaining('4 frames, 1 object')]);
    const out = join(folder, 'out', 'Annotations');
    const pictures = readdirSync(join(out, readdirSync(out)[0]!));
    expect(pictures).toHaveLength(5);
    for (const name of pictures)
      expect(decodeIndexedPng(readFileSync(join(out, readdirSync(out)[0]!, name)))).not.toBeNull();
    const settings = ['--memories', '2', '--out', 'few'];
    expect(masklet('propagate', ...args, ...settings).code).toBe(0);
  }, 120_000);

  it('adds SAM 2.1 tiny from safetensors and carries masks with it', () => {
    const added = masklet('models', 'add', 'sam2.1_hiera_tiny', '--from', 'tiny.safetensors', '--json');
    expect([added.code, added.stderr]).toEqual([0, '']);
    const lines = added.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { stage?: string; added?: string });
    expect(lines[0]!.stage).toBe('converting');
    expect(lines[lines.length - 1]!.added).toBe('sam2.1_hiera_tiny');
    const args = ['sample:carphone', '--prompts', 'prompts.json', '--range', '0-2', '--out', 'tiny'];
    const run = masklet('propagate', ...args, '--model', 'sam2.1_hiera_tiny', '--near', '8');
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('2 frames, 1 object')]);
  }, 180_000);

  it('verifies what was added, and names what was damaged', () => {
    expect(masklet('models', 'verify', 'edgetam').stdout).toContain('all graphs compute as before');
    const file = join(models, 'edgetam', 'edgetam.image_encoder.bin');
    const bytes = readFileSync(file);
    truncateSync(file, bytes.length - 4096);
    const verified = masklet('models', 'verify', 'edgetam');
    expect([verified.code, verified.stderr]).toEqual([
      1,
      expect.stringContaining('edgetam.image_encoder.bin has'),
    ]);
    const run = masklet(
      'propagate',
      'sample:carphone',
      '--prompts',
      'prompts.json',
      '--out',
      'no',
      '--model',
      'edgetam',
    );
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('The model edgetam is damaged')]);
    writeFileSync(file, bytes);
    expect(masklet('models', 'verify', 'edgetam').code).toBe(0);
  });

  it('writes a report of what this machine makes of a model', () => {
    const { code, stdout } = masklet('models', 'report', 'edgetam', '--out', 'report.json');
    expect([code, stdout]).toEqual([0, expect.stringContaining('cpu: image encoder')]);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as {
      providers: { provider: string; largestDifference: number | null }[];
    };
    expect(report.providers.find((one) => one.provider === 'cpu')!.largestDifference).toBeLessThan(1e-4);
  });

  it('times the providers for doctor and says which is the fastest', () => {
    const { stdout } = masklet('doctor', '--model', 'edgetam');
    expect(stdout).toMatch(/edgetam on cpu +\d/);
    expect(stdout).toMatch(/fastest +cpu/);
  });

  it('removes a model, and says so when there is none', () => {
    expect(masklet('models', 'remove', 'sam2.1_hiera_tiny').stdout).toContain('was removed');
    const again = masklet('models', 'remove', 'sam2.1_hiera_tiny');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is not on this machine')]);
  });

  it('tries the model that comes with Masklet, and does not offer to add or remove it', () => {
    const { code, stdout } = masklet('models', 'verify', 'mobilesam');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^mobilesam: comes with Masklet; .* compute/)]);
    for (const what of ['remove', 'report']) {
      const refused = masklet('models', what, 'mobilesam');
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('it cannot be removed')]);
    }
    const unknown = masklet('models', 'verify', 'sam9');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/^There is no model “sam9”/)]);
  });
});

describe('masklet models add, when it cannot', () => {
  function refused(...args: string[]): string {
    const before = existsSync(models) ? readdirSync(models).sort() : [];
    const { code, stderr } = masklet('models', 'add', ...args);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    // The folder of downloads is no model.
    expect(
      readdirSync(models)
        .filter((one) => one !== '.downloads')
        .sort(),
    ).toEqual(before.filter((one) => one !== '.downloads'));
    return stderr;
  }

  it('refuses a pickle that asks to run something, by its name', () => {
    const pickle = new PickleWriter()
      .global('posix', 'system')
      .op(0x28)
      .text('touch was-here')
      .op(0x74, 0x52)
      .end();
    writeFileSync(join(folder, 'evil.pt'), ptFile({}, pickle));
    expect(refused('edgetam', '--from', 'evil.pt')).toContain('it asks to run `posix.system`');
    expect(existsSync(join(folder, 'was-here'))).toBe(false);
  });

  it('names what is missing when file and model do not belong together', () => {
    expect(refused('sam2.1_hiera_small', '--from', 'tiny.safetensors')).toContain('tensors are missing');
    expect(refused('sam2.1_hiera_tiny', '--from', 'edgetam.pt')).toContain(
      'Check that model and file belong together',
    );
  });

  it('knows its names, and says when nobody is there to fetch from', () => {
    expect(refused('sam3')).toContain('There are: edgetam, sam2.1_hiera_tiny');
    expect(refused('edgetam_512', '--mirror', 'http://127.0.0.1:9/edgetam.pt')).toContain(
      'cannot be reached',
    );
  });

  it('deletes what a server sent when it is something else', async () => {
    const server = createServer((_, response) => response.end(Buffer.alloc(56_116_523)));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/edgetam.pt`;
    const { code, stderr } = await maskletAsync('models', 'add', 'edgetam_512', '--mirror', url);
    server.close();
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not edgetam.pt: its sha256 is')]);
    expect(readdirSync(join(models, '.downloads'))).toEqual([]);
  });
});

/** EdgeTAM's tensors as transformers writes them; the names that matter here, by hand from its converter. */
function withTransformersNames(tensors: Record<string, WrittenTensor>): Record<string, WrittenTensor> {
  const renamed: Record<string, WrittenTensor> = {};
  const points: Float32Array[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const { names, row } = transformersPlace(name, () => false);
    if (row !== undefined) {
      points[row] = tensor.data;
      continue;
    }
    const rows = tensor.shape[0]! / names.length;
    const length = tensor.data.length / names.length;
    names.forEach((one, i) => {
      const shape = names.length === 1 ? tensor.shape : [rows, ...tensor.shape.slice(1)];
      renamed[one] = { shape, data: tensor.data.slice(i * length, (i + 1) * length) };
    });
  }
  const whole = new Float32Array(4 * 256);
  points.forEach((one, i) => whole.set(one, i * 256));
  renamed['prompt_encoder.point_embed.weight'] = { shape: [4, 256], data: whole };
  return renamed;
}
