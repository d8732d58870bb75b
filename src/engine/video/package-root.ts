import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Masklet's own package.json, from sources and from the build alike. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${__dirname}`);
    folder = parent;
  }
  return folder;
}

/** The site-packages folders of the project's `.venv`, on any system. */
export function venvPackages(): string[] {
  const venv = join(packageRoot(), '.venv');
  const lib = join(venv, 'lib');
  const pythons = existsSync(lib) ? readdirSync(lib).filter((one) => one.startsWith('python')) : [];
  const folders = pythons.map((one) => join(lib, one, 'site-packages'));
  return [...folders, join(venv, 'Lib', 'site-packages')].filter((one) => existsSync(one));
}
