// Masklet against PyTorch's SAM 2: same machine, weights, video and threads, taking turns. Writes bench-sam2.json.
// npm run bench:sam2 [MODEL ...]      Needs torch: MASKLET_PYTHON, or models/export/venv (models/export/README.md).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './project.mjs';
import { addSeeded } from './seeded-models.mjs';

const python = process.env.MASKLET_PYTHON ?? join(root, 'models', 'export', 'venv', 'bin', 'python');
if (!existsSync(python)) {
  process.stderr.write(
    `There is no Python with torch at ${python}. Set MASKLET_PYTHON; see models/export/README.md.\n`,
  );
  process.exit(1);
}
const data = process.env.MASKLET_DATA ?? join(root, '..', 'shared', 'data');
const folder = join(data, 'davis', 'JPEGImages', '480p', 'bear');
const frames = Number(process.env.BENCH_FRAMES ?? 14);
const rounds = Number(process.env.BENCH_ROUNDS ?? 2);
const threads = availableParallelism();
const wanted = process.argv.slice(2);
const models = wanted.length > 0 ? wanted : ['edgetam', 'sam2.1_hiera_tiny'];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
// Memory fills over the first seven frames: the median of those after says what a long video costs.
const settled = (seconds) => median(seconds.slice(7));
const json = (program, args, options = {}) =>
  JSON.parse(
    execFileSync(program, args, {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'ignore'],
      ...options,
    })
      .trim()
      .split('\n')
      .pop(),
  );

const store = mkdtempSync(join(tmpdir(), 'masklet-bench-'));
const results = {};
try {
  for (const model of models) {
    await addSeeded(model, store);
    const [ours, theirs, peaks] = [[], [], []];
    for (let i = 0; i < rounds; i++) {
      const here = json(
        process.execPath,
        [join(root, 'scripts', 'sam2-run.mjs'), model, 'cpu', folder, frames, threads, 430, 240].map(String),
      );
      ours.push(here.seconds);
      peaks.push(here.peakRss);
      theirs.push(
        json(
          python,
          [join(root, 'models', 'export', 'bench_torch.py'), model, folder, frames, threads, 430, 240].map(
            String,
          ),
        ).seconds,
      );
    }
    const mine = median(ours.map(settled));
    const torch = median(theirs.map(settled));
    results[model] = {
      masklet: mine,
      torch,
      ratio: torch / mine,
      peakMiB: Math.round(Math.max(...peaks) / 2 ** 20),
      ours,
      theirs,
    };
    process.stdout.write(
      `${model}: Masklet ${mine.toFixed(2)} s a frame, PyTorch ${torch.toFixed(2)} s, ${(torch / mine).toFixed(2)} times; engine at most ${results[model].peakMiB} MiB\n`,
    );
  }
} finally {
  rmSync(store, { recursive: true, force: true });
}
writeFileSync(
  join(root, 'bench-sam2.json'),
  `${JSON.stringify({ machine: cpus()[0].model, threads, frames, results }, null, 2)}\n`,
);
