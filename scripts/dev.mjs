// Rebuilds on every change and keeps JupyterLab running on the quickstart; reload the page to see a new canvas.
import { spawn } from 'node:child_process';
import { cpSync, watch } from 'node:fs';
import { join } from 'node:path';
import { follow, root, venv } from './project.mjs';
import { setup } from './setup.mjs';

await setup();
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
for (const config of ['tsconfig.node.json', 'tsconfig.browser.json']) {
  spawn(process.execPath, [tsc, '-p', config, '--watch', '--preserveWatchOutput'], {
    cwd: root,
    stdio: 'inherit',
  });
}
let timer;
watch(join(root, 'lab-extension', 'lib'), { recursive: true }, () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const build = spawn(process.execPath, [join(root, 'scripts', 'build-extension.mjs')], {
      stdio: 'inherit',
    });
    const from = join(root, 'lab-extension', 'labextension');
    const to = join(venv, 'share', 'jupyter', 'labextensions', 'masklet-canvas');
    build.on('exit', (code) => code === 0 && cpSync(from, to, { recursive: true }));
  }, 300);
});
process.exitCode = await follow(process.execPath, [
  join(root, 'scripts', 'start.mjs'),
  ...process.argv.slice(2),
]);
process.exit();
