import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { packageRoot } from '../engine/video';
import { CommandError, refusalWords } from '../errors';
import { Output } from './output';
import { dataFolderOf, missingPackages, userDataFolder } from './jupyter-folders';

/** The kernel's name in Jupyter. */
export const kernelName: string = 'masklet';
/** The extension's name in JupyterLab. */
export const extensionName: string = 'masklet-canvas';

/** Where kernelspec and extension of a data folder lie. */
export function jupyterPlaces(dataFolder: string): { kernelspec: string; extension: string } {
  return {
    kernelspec: join(dataFolder, 'kernels', kernelName, 'kernel.json'),
    extension: join(dataFolder, 'labextensions', extensionName),
  };
}

/**
 * Puts the kernel “TypeScript (Masklet)” and the canvas into a Jupyter data folder, in place of what was there.
 * Throws a CommandError when Masklet is not built or the folder cannot be written.
 */
export function installJupyter(dataFolder: string): void {
  const root = packageRoot();
  const launcher = join(root, 'dist', 'kernel', 'launcher', 'main.js');
  const built = join(root, 'lab-extension', 'labextension');
  if (!existsSync(launcher) || !existsSync(join(built, 'package.json'))) {
    throw new CommandError('Masklet is not built yet. Run `npm run setup` first; nothing was installed.');
  }
  const { kernelspec, extension } = jupyterPlaces(dataFolder);
  try {
    mkdirSync(join(kernelspec, '..'), { recursive: true });
    writeFileSync(kernelspec, JSON.stringify(kernelspecOf(launcher), null, 2));
    rmSync(extension, { recursive: true, force: true });
    cpSync(built, extension, { recursive: true });
  } catch (error) {
    throw new CommandError(
      `Kernel and canvas could not be put into ${dataFolder}: ${refusalWords(error)}.`,
      { dataFolder },
      error,
    );
  }
}

/** Takes kernel and canvas out of a data folder again; false when they were not there. */
export function removeJupyter(dataFolder: string): boolean {
  const { kernelspec, extension } = jupyterPlaces(dataFolder);
  const there = existsSync(kernelspec) || existsSync(extension);
  rmSync(join(kernelspec, '..'), { recursive: true, force: true });
  rmSync(extension, { recursive: true, force: true });
  return there;
}

/** What a data folder holds of Masklet: whether the kernelspec starts this copy, whether the canvas is this build. */
export function inspectJupyter(dataFolder: string): {
  kernelspec: 'ours' | 'other' | 'missing';
  extension: boolean;
} {
  const { kernelspec, extension } = jupyterPlaces(dataFolder);
  if (!existsSync(kernelspec)) return { kernelspec: 'missing', extension: existsSync(extension) };
  const { argv } = JSON.parse(readFileSync(kernelspec, 'utf8')) as { argv: string[] };
  const ours = argv[1]?.startsWith(packageRoot()) === true;
  return { kernelspec: ours ? 'ours' : 'other', extension: existsSync(extension) };
}

function kernelspecOf(launcher: string): object {
  return {
    argv: [process.execPath, launcher, '--config-path', '{connection_file}'],
    display_name: 'TypeScript (Masklet)',
    language: 'typescript',
    interrupt_mode: 'signal',
    metadata: { debugger: false },
  };
}

interface PlaceFlags {
  readonly prefix?: string;
  readonly user?: boolean;
  readonly json?: boolean;
}

/** Adds `masklet jupyter install` and `remove`. */
export function registerJupyterCommands(program: Command): void {
  const jupyter = program
    .command('jupyter')
    .summary('put kernel and canvas into a JupyterLab, or take them out');
  jupyter
    .command('install')
    .description('Puts the kernel “TypeScript (Masklet)” and the canvas into an existing JupyterLab.')
    .option('--prefix <folder>', 'a Python environment (such as a venv or conda environment)')
    .option('--user', "the user's own Jupyter folder (the default)")
    .option('--json', 'for machines')
    .action((flags: PlaceFlags) => {
      const folder = placeOf(flags);
      installJupyter(folder);
      const missing = flags.prefix === undefined ? [] : missingPackages(resolve(flags.prefix));
      const advice =
        flags.prefix === undefined
          ? 'JupyterLab 4 needs the Python package jupyterlab_widgets beside it.\n'
          : missingText(resolve(flags.prefix), missing);
      const text = `The kernel “TypeScript (Masklet)” and the canvas are in ${folder}.\n${advice}`;
      new Output(flags).result({ folder, missing }, text);
    });
  jupyter
    .command('remove')
    .description('Takes kernel and canvas out again.')
    .option('--prefix <folder>', 'a Python environment')
    .option('--user', "the user's own Jupyter folder (the default)")
    .option('--json', 'for machines')
    .action((flags: PlaceFlags) => {
      const folder = placeOf(flags);
      const there = removeJupyter(folder);
      new Output(flags).result(
        { folder, removed: there },
        there ? `Removed from ${folder}.\n` : `There was nothing of Masklet in ${folder}.\n`,
      );
    });
}

function placeOf({ prefix, user }: PlaceFlags): string {
  if (prefix !== undefined && user) throw new CommandError('Say --prefix or --user, not both.');
  if (prefix === undefined) return userDataFolder();
  const folder = resolve(prefix);
  if (!existsSync(folder)) throw new CommandError(`There is no folder ${folder}.`, { folder });
  return dataFolderOf(folder);
}

function missingText(prefix: string, missing: readonly string[]): string {
  if (missing.length === 0) return '';
  return `In ${prefix} these Python packages are missing: ${missing.join(', ')}. The canvas shows once they are there: pip install ${missing.join(' ')}\n`;
}
