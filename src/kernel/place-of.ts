import { existsSync } from 'node:fs';
import type { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KernelError } from '../errors';
import type { PlaceRequest } from '../protocol';

/** Where a kernel is, as far as it matters for finding what a page names. */
export interface KernelPlace {
  /** The folder that typed paths begin in. */
  readonly cwd: string;
  /** The folder that the kernel was started in: the notebook's, by the custom of Jupyter's server. */
  readonly started: string;
  readonly home: string;
  /** The notebook's file when the kernel was started, as Jupyter's server says it (`JPY_SESSION_NAME`). */
  readonly notebookFile: string | null;
  /** The system's way with paths. */
  readonly paths: typeof posix;
  readonly exists?: (path: string) => boolean;
}

/**
 * The file or folder that a page means, as an absolute path or `sample:NAME`. What was typed is taken as a cell would
 * take it; what was chosen in JupyterLab's file browser is named from the server's root, which is found by the
 * notebook's own place. Throws a KernelError where the kernel cannot see what was chosen.
 */
export function placeOf(request: PlaceRequest, where: KernelPlace): string {
  return 'typed' in request ? typedPlace(request.typed, where) : chosenPlace(request, where);
}

function typedPlace(typed: string, { cwd, home, paths, exists = existsSync }: KernelPlace): string {
  const bare = typed.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (bare.startsWith('sample:')) return bare;
  if (bare.startsWith('file:')) return ofAddress(bare);
  const open = /^~(?=$|[/\\])/.test(bare) ? `${home}${bare.slice(1)}` : bare;
  const place = paths.resolve(cwd, open);
  if (paths.sep === '\\' || exists(place) || !open.includes('\\')) return place;
  // A path copied from Windows, on a system where a backslash is a letter like any other.
  const turned = paths.resolve(cwd, open.replaceAll('\\', '/'));
  return exists(turned) ? turned : place;
}

function ofAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    throw new KernelError(`${address} is no address of a file on this machine. Type its path.`);
  }
}

type Chosen = Extract<PlaceRequest, { readonly chosen: string }>;

function chosenPlace({ chosen, notebook }: Chosen, where: KernelPlace): string {
  const { started, paths, exists = existsSync } = where;
  const parts = partsOf(chosen);
  const root = notebook === null ? null : serverRoot(notebook, where);
  const up = notebook === null ? [] : partsOf(notebook).slice(1).fill('..');
  const places = [
    ...(root === null ? [] : [paths.join(root, ...parts)]),
    paths.join(started, ...up, ...parts),
  ];
  const found = places.find((place) => exists(place));
  if (found !== undefined) return found;
  throw new KernelError(
    `The kernel does not see ${chosen}. It runs in ${started}, which is not the notebook’s folder, or on another machine. Type the path as the kernel sees it.`,
    { code: 'not-seen', cwd: started },
  );
}

/** The names along a path of Jupyter's server. Throws a KernelError for one that would leave the server's root. */
function partsOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length > 0 && parts.every((part) => part !== '..' && !part.includes('\0'))) return parts;
  throw new KernelError(
    `“${path}” is no place below the folder that JupyterLab shows. Type the path instead.`,
  );
}

/** The folder that Jupyter's server calls its root: where the notebook's file lies, less its name there. */
function serverRoot(notebook: string, { notebookFile, paths }: KernelPlace): string | null {
  if (notebookFile === null || !paths.isAbsolute(notebookFile)) return null;
  const file = notebookFile.replaceAll(paths.sep, '/');
  const tail = `/${partsOf(notebook).join('/')}`;
  return file.endsWith(tail) ? file.slice(0, -tail.length) || '/' : null;
}
