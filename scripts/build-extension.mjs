// Bundles the compiled widget (lab-extension/lib) into a prebuilt JupyterLab extension. Works without a network.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const builder = join(
  dirname(require.resolve('@jupyter/builder/package.json')),
  'lib',
  'build-labextension.js',
);
const core = join(dirname(require.resolve('@jupyterlab/core-meta/package.json')), 'core.package.json');
const { status } = spawnSync(process.execPath, [builder, '--core-package-file', core, '.'], {
  cwd: join(root, 'lab-extension'),
  stdio: ['ignore', process.env.MASKLET_DEBUG ? 'inherit' : 'ignore', 'inherit'],
});
process.exit(status ?? 1);
