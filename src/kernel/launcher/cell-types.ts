import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { packageRoot } from '../../engine/video';
import { separateTimers } from './separate-timers';
import type { TimedSystem } from './separate-timers';
import type { TslabTypeScript } from './tslab-parts';

type Options = import('typescript').CompilerOptions;

/**
 * Makes `import … from "masklet"` work in a notebook of any folder, with types, and gives cells the types of
 * Node.js (pinned with this package) and no others: not those of tests in the folder, nor newer ones. Answers
 * with the TypeScript of tslab. Must be called before tslab is loaded: it puts itself in the module's place.
 */
export function serveCellTypes(): TslabTypeScript {
  const fromTslab = createRequire(require.resolve('tslab/package.json'));
  const file = fromTslab.resolve('@tslab/typescript-for-tslab');
  const ts = fromTslab(file) as TslabTypeScript;
  const nodeTypes = dirname(dirname(require.resolve('@types/node/package.json')));
  const declarations = join(packageRoot(), 'dist', 'kernel', 'index.d.ts');
  const original = ts.createWatchCompilerHost as (...args: unknown[]) => unknown;
  const value = (rootFiles: unknown, options: Options, system: TimedSystem, ...rest: unknown[]): unknown => {
    separateTimers(system);
    const served: Options = {
      ...options,
      types: ['node'],
      typeRoots: [slashes(nodeTypes)],
      paths: { ...options.paths, masklet: [slashes(declarations)], ...companionPaths() },
    };
    return original(rootFiles, served, system, ...rest);
  };
  // The module's properties are getters that cannot be redefined, so a copy of it takes its place.
  const copy = Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(ts), createWatchCompilerHost: { value, enumerable: true } },
  );
  require.cache[file]!.exports = copy;
  return ts;
}

/** Packages that come along for cells: a notebook's folder without its own copy of one has this package's. */
const companions = ['arquero'];

/**
 * Declarations of the companions, those of the notebook's folder first. What a cell makes is declared anew for the next
 * cell, and TypeScript finds the package's name for its types there only where the path is that of a file, relative to
 * the folder.
 */
function companionPaths(): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const name of companions) {
    const own = join(process.cwd(), 'node_modules', name);
    const ours = require.resolve.paths(name)!.map((folder) => join(folder, name));
    const folder = [own, ...ours].find((one) => existsSync(join(one, 'package.json')));
    if (folder) paths[name] = [fromHere(declarationsOf(folder))];
  }
  return paths;
}

function fromHere(path: string): string {
  const there = slashes(relative(process.cwd(), path));
  return there.startsWith('..') || isAbsolute(there) ? there : `./${there}`;
}

function declarationsOf(folder: string): string {
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly types?: string };
  return join(folder, facts.types ?? 'index.d.ts');
}

interface Resolver {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

/**
 * Lets `require("masklet")` find this package from everywhere: always this copy, whose kernel it is. A companion is
 * looked for in the notebook's folder first.
 */
export function servePackages(): void {
  const resolver = Module as unknown as Resolver;
  const original = resolver._resolveFilename.bind(Module);
  const entry = join(packageRoot(), 'dist', 'kernel', 'index.js');
  resolver._resolveFilename = (request, ...rest) => {
    if (request === 'masklet') return entry;
    if (!companions.includes(request)) return original(request, ...rest);
    try {
      return original(request, ...rest);
    } catch {
      return require.resolve(request);
    }
  };
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
