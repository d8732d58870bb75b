// Sets up and opens JupyterLab on the quickstart, or on a folder of the user's own.
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { follow, root, stop, venv, venvProgram } from './project.mjs';
import { setup } from './setup.mjs';

const usage = `npm start -- [--dir FOLDER] [--no-browser] [--port NUMBER]
  --dir FOLDER    work in a folder of your own instead of the quickstart
  --no-browser    print the address instead of opening it
  --port NUMBER   the port to listen on (default 8888, or the next free one)`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: 'string' },
        'no-browser': { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    return stop(`${error.message}\n${usage}`);
  }
}

const { dir, port = '8888', help, ...flags } = options();
if (help) {
  console.log(usage);
  process.exit(0);
}
const folder = dir === undefined ? join(root, 'notebooks') : resolve(process.env.INIT_CWD ?? '.', dir);
if (!existsSync(folder)) stop(`There is no folder ${folder}.`);
await setup();

const token = randomBytes(24).toString('hex');
const page = dir === undefined ? 'lab/tree/01-quickstart.ipynb' : 'lab';
const args = [
  'lab',
  `--ServerApp.root_dir=${folder}`,
  `--ServerApp.port=${port}`,
  '--ServerApp.ip=127.0.0.1',
  `--IdentityProvider.token=${token}`,
  '--LabApp.news_url=',
  '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
  '--log-level=WARN',
];
if (flags['no-browser']) {
  args.push('--no-browser', '--ServerApp.port_retries=0');
  console.log(`http://127.0.0.1:${port}/${page}?token=${token}`);
} else if (dir === undefined) args.push(`--LabApp.default_url=/${page}`);
if (process.getuid?.() === 0) args.push('--allow-root');
const env = {
  ...process.env,
  // The environment's own kernels and extensions come before the user's.
  JUPYTER_PREFER_ENV_PATH: '1',
  PATH: `${dirname(venvProgram('jupyter'))}:${process.env.PATH}`,
  VIRTUAL_ENV: venv,
};
process.exitCode = await follow(venvProgram('jupyter'), args, { env });
