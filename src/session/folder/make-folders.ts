import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and what is missing above it; answers with what it made, the outermost first. Throws the system's error.
 * One by one: where a file system takes no folders (/proc), Node's way of making all at once never ends, and on a disk that
 * cannot be written to it says that the folder is not there.
 */
export function makeFolders(path: string): string[] {
  const where = resolve(path);
  if (isFolder(where)) return [];
  try {
    mkdirSync(where);
    return [where];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isFolder(where)) return [];
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    const made = makeFolders(dirname(where));
    mkdirSync(where);
    return [...made, where];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
