import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../errors';
import { Output } from './output';

/** Adds `masklet providers add cuda`. */
export function registerProviderCommands(program: Command): void {
  const providers = program.command('providers').summary('execution providers: what computes the model');
  providers
    .command('add')
    .description('Fetches the files of an execution provider that is not in the package.')
    .argument('<name>', 'cuda (Linux x64, about 400 MB; needs an NVIDIA driver, CUDA 12 and cuDNN 9)')
    .option('--json', 'for machines')
    .action((name: string, flags: { readonly json?: boolean }) => {
      addProvider(name, flags.json === true);
      new Output(flags).result({ added: name }, '');
    });
}

function addProvider(name: string, quiet: boolean): void {
  if (name !== 'cuda')
    throw new CommandError(`There is nothing to fetch for “${name}”; only cuda comes apart.`);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new CommandError('onnxruntime has CUDA files for Linux on x64 only. Nothing was fetched.');
  }
  const folder = dirname(require.resolve('onnxruntime-node/package.json'));
  const { status } = spawnSync(
    process.execPath,
    [join(folder, 'script', 'install.js'), '--onnxruntime-node-install=cuda12'],
    {
      cwd: folder,
      stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'],
      env: {
        ...process.env,
        npm_config_onnxruntime_node_install: 'cuda12',
        ONNXRUNTIME_NODE_INSTALL: 'cuda12',
      },
    },
  );
  if (status !== 0) {
    throw new CommandError(
      'The CUDA files could not be fetched; is there a network? The CPU goes on working.',
    );
  }
}
