// Full-size models against Meta's predictor in PyTorch: seeded weights, the drawn clip. Prints the table of docs/parity.md.
// npm run parity [MODEL ...]      Needs torch: MASKLET_PYTHON, or models/export/venv (models/export/README.md).
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
const wanted = process.argv.slice(2);
const models = wanted.length > 0 ? wanted : ['edgetam', 'sam2.1_hiera_tiny', 'sam2.1_hiera_large'];
const folder = mkdtempSync(join(tmpdir(), 'masklet-parity-'));
try {
  for (const model of models) {
    await addSeeded(model, join(folder, 'models'));
    const args = [
      'fixtures.py',
      model,
      '--to',
      join(folder, 'golden'),
      '--cases',
      'short-click',
      'short-mask',
    ];
    execFileSync(python, args, {
      cwd: join(root, 'models', 'export'),
      stdio: ['ignore', 'inherit', 'ignore'],
    });
  }
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--selectProjects', 'parity', '--silent'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PARITY_FOLDER: join(folder, 'golden'), MASKLET_MODELS: join(folder, 'models') },
    },
  );
  const rows = JSON.parse(readFileSync(join(folder, 'golden', 'rows.json'), 'utf8'));
  process.stdout.write(
    '\n| case | masks | logits, relative | pointers, relative | pixels that differ |\n|---|---|---|---|---|\n',
  );
  for (const { case: name, masks, logits, pointer, pixels, of } of rows)
    process.stdout.write(
      `| ${name} | ${masks} | ${logits.toExponential(1)} | ${pointer.toExponential(1)} | ${pixels} of ${of} |\n`,
    );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
