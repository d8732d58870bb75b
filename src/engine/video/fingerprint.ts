import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { samplePath } from './open-source';

/** How a video is known again, wherever it lies and whatever it is called. */
export interface VideoFingerprint {
  /** Of the file; of all files of a folder together. */
  readonly bytes: number;
  /** 32 hexadecimal digits: SHA-256 of the size and of samples of the bytes. */
  readonly hash: string;
}

/** Pieces that are read of a file, and bytes of each. */
const pieces = 32;
const pieceBytes = 64 * 1024;
/** Files of an image folder whose bytes are looked at; of the others name and size count. */
const sampledFiles = 8;

/**
 * The fingerprint of a video file, an image folder or `sample:NAME`: at most 2 MiB are read of a file of any length.
 * Rejects with the system's error when it cannot be read.
 */
export async function fingerprintOf(path: string): Promise<VideoFingerprint> {
  const where = path.startsWith('sample:') ? samplePath(path.slice(7)) : path;
  const hash = createHash('sha256');
  const bytes = (await stat(where)).isDirectory() ? await addFolder(hash, where) : await addFile(hash, where);
  return { bytes, hash: hash.digest('hex').slice(0, 32) };
}

async function addFolder(hash: Hash, path: string): Promise<number> {
  const names = (await readdir(path)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
  hash.update(names.map((name, i) => `${name} ${sizes[i]}`).join('\n'));
  const step = Math.max(1, Math.floor(names.length / sampledFiles));
  for (let i = 0; i < names.length; i += step) await addFile(hash, join(path, names[i]!));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function addFile(hash: Hash, path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    hash.update(`${size}`);
    const count = Math.min(pieces, Math.ceil(size / pieceBytes));
    const buffer = Buffer.alloc(pieceBytes);
    for (let i = 0; i < count; i++) {
      const last = Math.max(0, size - pieceBytes);
      const offset = count === 1 ? 0 : Math.floor((i * last) / (count - 1));
      const { bytesRead } = await file.read(buffer, 0, pieceBytes, offset);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return size;
  } finally {
    await file.close();
  }
}
