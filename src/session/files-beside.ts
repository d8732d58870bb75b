import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';

/**
 * Files that lie beside those that an export wrote, are of their kind and are not among them: those of an earlier export, as a
 * rule. Only in folders that the format itself makes; the chosen one may hold anything. Sorted.
 */
export async function filesBeside(root: string, written: readonly string[]): Promise<string[]> {
  const own = new Set(written);
  const kinds = new Set(written.map(kindOf));
  const folders = new Set(written.map((path) => posix.dirname(path)).filter((one) => one !== '.'));
  const found: string[] = [];
  for (const folder of folders) {
    for (const name of await readdir(join(root, folder))) {
      const path = `${folder}/${name}`;
      if (!name.startsWith('.') && !own.has(path) && kinds.has(kindOf(path))) found.push(path);
    }
  }
  return found.sort();
}

/** A folder and the ending of the names in it. */
function kindOf(path: string): string {
  return `${posix.dirname(path)}/*${posix.extname(path)}`;
}
