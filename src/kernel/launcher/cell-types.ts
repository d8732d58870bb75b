import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../engine/video';
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
  const value = (rootFiles: unknown, options: Options, ...rest: unknown[]): unknown => {
    const served: Options = {
      ...options,
      types: ['node'],
      typeRoots: [slashes(nodeTypes)],
      paths: { ...options.paths, masklet: [slashes(declarations)] },
    };
    return original(rootFiles, served, ...rest);
  };
  // The module's properties are getters that cannot be redefined, so a copy of it takes its place.
  const copy = Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(ts), createWatchCompilerHost: { value, enumerable: true } },
  );
  require.cache[file]!.exports = copy;
  return ts;
}

interface Resolver {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

/** Lets `require("masklet")` find this package from everywhere: always this copy, whose kernel it is. */
export function serveOwnPackage(): void {
  const resolver = Module as unknown as Resolver;
  const original = resolver._resolveFilename.bind(Module);
  const entry = join(packageRoot(), 'dist', 'kernel', 'index.js');
  resolver._resolveFilename = (request, ...rest) =>
    request === 'masklet' ? entry : original(request, ...rest);
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
