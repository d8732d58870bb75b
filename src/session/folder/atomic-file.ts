import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts text in the place of a file's, in one step: whoever reads sees the old or the new, also after a power cut.
 * Rejects with the system's error; the file is then as it was.
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  try {
    // What a crash or somebody else left there, a link perhaps, is not written into.
    await rm(fresh, { force: true });
    const file = await open(fresh, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Has the disk know of a folder's new names. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
