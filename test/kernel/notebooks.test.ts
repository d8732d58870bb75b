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

/** Notebooks that show no canvas. */
const headless = ['05-a-dataset-from-many-clips.ipynb'];
/** What a run of a notebook printed, by its name. */
const printed = new Map<string, string>();

describe.each(notebooks)('%s', (name) => {
  it('runs from top to bottom and says nothing wrong', () => {
    const outputs = execute(name);
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter((one) => one.name === 'stderr')).toEqual([]);
    const widget = 'application/vnd.jupyter.widget-view+json';
    const shown = outputs.some((one) => one.data && widget in one.data);
    expect(shown).toBe(!headless.includes(name));
    printed.set(name, outputs.map(({ text }) => [text ?? ''].flat().join('')).join(''));
    // A chart is readable without a kernel.
    for (const { data } of outputs)
      if (data && 'application/vnd.vegalite.v5+json' in data) expect(data).toHaveProperty(['image/svg+xml']);
  }, 300_000);
});

describe('what they print', () => {
  it('is what a check from the other side compared, and the alarms after it (F9)', () => {
    const text = printed.get('03-correct-and-review.ipynb')!;
    expect(text).toMatch(/^7 masks compared in \d+ seconds\.$/m);
    expect(text).toMatch(/^disagreement on frame 1: A check from the other side agrees by IoU 0\.\d+\.$/m);
  });

  it('is masks as one array, as a label map and as a stream (H3)', () => {
    const text = printed.get('02-your-own-video.ipynb')!;
    expect(text).toContain('one object: [ 6, 720, 1280 ]');
    expect(text).toContain('label map: [ 3, 720, 1280 ] frames [ 0, 1, 2 ] numbers [ 0, 1 ]');
    expect(text.match(/^stream: frame \d, [1-9]\d{4,} pixels$/gm)).toHaveLength(6);
  });

  it('is a replay that is the same to the pixel, and an evaluation (K1)', () => {
    const text = printed.get('06-replay-and-compare.ipynb')!;
    expect(text).toContain('9 of 9 masks are the same to the pixel');
    expect(text).toMatch(/J&F 0\.[89]\d\d/);
  });

  it('is a data set whose splits are by clip', () => {
    const text = printed.get('05-a-dataset-from-many-clips.ipynb')!;
    expect(text).toContain('stretching: 5 frames in train\npondering: 5 frames in val');
  });
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
