import { rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FormatError, refusalWords } from '../errors';
import { formatOf } from '../formats';
import type { Picture } from '../formats';
import { makeFolders } from './folder';
import { exportInput } from './write-export';
import type { ExportedWork } from './write-export';

/**
 * Tries whether an export could be written, for work that takes long and is written at its end. Rejects with a FormatError
 * that says why not; what is tried leaves nothing behind.
 */
export async function checkExport(work: ExportedWork, format: string, folder: string): Promise<void> {
  const root = resolve(folder);
  const target = join(root, (await firstFile(work, format)) ?? 'masks');
  try {
    tryWriting(dirname(target));
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`${target} is a folder, and the file is to be there`);
  } catch (error) {
    throw new FormatError(
      `Nothing can be written to ${root}: ${refusalWords(error)}. Nothing was computed; give another folder.`,
      { path: root },
      error,
    );
  }
}

/** Makes a folder and a file in it, and takes away what was made. Throws the system's error. */
export function tryWriting(folder: string): void {
  const made = makeFolders(folder);
  try {
    const probe = join(folder, `.${process.pid}-probe.partial`);
    writeFileSync(probe, '');
    rmSync(probe);
  } finally {
    for (const one of made.reverse()) rmdirSync(one);
  }
}

/** The first file that a format writes, by its path below the folder; null where it would write none. */
async function firstFile(work: ExportedWork, format: string): Promise<string | null> {
  const input = exportInput(work, {});
  const { width, height } = input.video;
  const blank: Picture = { width, height, data: new Uint8Array(width * height * 3) };
  const nothing = {
    mask: () => Promise.resolve(null),
    picture: () => Promise.resolve(blank),
  };
  for await (const { path } of formatOf(format).write({ ...input, ...nothing })) return path;
  return null;
}
