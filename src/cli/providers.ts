import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../errors';
import { Output } from './output';
import { takeCudaFiles } from './provider-package';

/** Adds `masklet providers add cuda`. */
export function registerProviderCommands(program: Command): void {
  const providers = program.command('providers').summary('execution providers: what computes the model');
  providers
    .command('add')
    .description('Fetches the files of an execution provider that is not in the package.')
    .argument('<name>', 'cuda (Linux x64, about 400 MB; needs an NVIDIA driver, CUDA 12 and cuDNN 9)')
    .option(
      '--from <file>',
      'take them from a package that is here: a wheel of onnxruntime-gpu (CUDA 13), or NuGet’s for CUDA 12',
    )
    .option('--json', 'for machines')
    .action(async (name: string, flags: { readonly json?: boolean; readonly from?: string }) => {
      await addProvider(name, flags.from, flags.json === true);
      new Output(flags).result(
        { added: name },
        flags.from === undefined ? '' : 'The CUDA files are in place.\n',
      );
    });
}

async function addProvider(name: string, from: string | undefined, quiet: boolean): Promise<void> {
  if (name !== 'cuda')
    throw new CommandError(`There is nothing to fetch for “${name}”; only cuda comes apart.`);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new CommandError('onnxruntime has CUDA files for Linux on x64 only. Nothing was fetched.');
  }
  const packageFile = require.resolve('onnxruntime-node/package.json');
  const folder = dirname(packageFile);
  if (from !== undefined) {
    const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };
    await takeCudaFiles(from, join(folder, 'bin', 'napi-v6', 'linux', 'x64'), version);
    return;
  }
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
      'The CUDA files could not be fetched; is there a network? The CPU goes on working. A package that was downloaded elsewhere is taken with --from.',
    );
  }
}
