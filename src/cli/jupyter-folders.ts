import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The data folder of an environment: where its Jupyter looks for kernels and extensions. */
export function dataFolderOf(prefix: string): string {
  return join(prefix, 'share', 'jupyter');
}

/** The user's own data folder, as `jupyter --data-dir` names it. */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return join(env['APPDATA'] ?? homedir(), 'jupyter');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'jupyter');
}

/** Python packages of an environment that the canvas needs and that are not there. */
export function missingPackages(prefix: string): string[] {
  const needed = ['jupyterlab', 'jupyterlab_widgets'];
  const lib = join(prefix, 'lib');
  const pythons = existsSync(lib) ? readdirSync(lib).filter((one) => one.startsWith('python')) : [];
  const folders = [
    ...pythons.map((one) => join(lib, one, 'site-packages')),
    join(prefix, 'Lib', 'site-packages'),
  ];
  return needed.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}
