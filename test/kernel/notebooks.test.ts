import { afterAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// Every notebook, from top to bottom, without a browser (H8).

const root = resolve(__dirname, '..', '..');
const jupyter = join(root, '.venv', 'bin', 'jupyter');
const folder = mkdtempSync(join(tmpdir(), 'masklet-notebooks-'));
const notebooks = readdirSync(join(root, 'notebooks')).filter((name) => name.endsWith('.ipynb'));

interface Output {
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function execute(name: string): Output[] {
  if (!existsSync(jupyter)) throw new Error('there is no Jupyter in .venv: run `npm run setup` first');
  cpSync(join(root, 'notebooks', name), join(folder, name));
  const args = ['nbconvert', '--to', 'notebook', '--execute', '--inplace', '--log-level=ERROR', name];
  const env = { ...process.env, JUPYTER_PREFER_ENV_PATH: '1' };
  execFileSync(jupyter, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const { cells } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    cells: { outputs?: Output[] }[];
  };
  return cells.flatMap((cell) => cell.outputs ?? []);
}

describe.each(notebooks)('%s', (name) => {
  it('runs from top to bottom and says nothing wrong', () => {
    const outputs = execute(name);
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter((one) => one.name === 'stderr')).toEqual([]);
    const widget = 'application/vnd.jupyter.widget-view+json';
    expect(outputs.some((one) => one.data && widget in one.data)).toBe(true);
  }, 300_000);
});

describe('the quickstart', () => {
  it('leaves pictures and an array', () => {
    const out = join(folder, 'out', 'quickstart');
    expect(readdirSync(join(out, 'Annotations', 'bigbuckbunny'))).toHaveLength(31);
    const array = readFileSync(join(out, 'bigbuckbunny.npy'));
    expect(array.toString('latin1', 0, 128)).toContain("'shape': (31, 720, 1280)");
    expect(array.subarray(128).includes(1)).toBe(true);
  });
});
