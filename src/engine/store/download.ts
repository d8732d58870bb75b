import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModelError } from '../../errors';
import type { OfficialCheckpoint } from '../catalogue';

/** Bytes that are there, of how many. */
export type Progress = (done: number, total: number) => void;

/** How to fetch a file. */
export interface DownloadOptions {
  /** Another place to fetch it from, such as a mirror within an institution. */
  readonly url?: string | undefined;
  readonly onProgress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches a checkpoint to `path`, which appears only when all of it is there and its hash is right. What came before
 * an interruption is kept as `path.part`, and the next call goes on from there. Rejects with a ModelError that says
 * what happened and what to do instead.
 */
export async function download(
  file: OfficialCheckpoint,
  path: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${path}.part`;
  const url = options.url ?? file.url;
  await mkdir(dirname(path), { recursive: true });
  const have = await stat(part).then(
    (one) => (one.size > file.bytes ? 0 : one.size),
    () => 0,
  );
  if (have < file.bytes) await fetchRest(url, file, part, have, options);
  const sha256 = await hashOf(part);
  if (sha256 !== file.sha256) {
    await rm(part);
    throw new ModelError(
      `What ${url} sent is not ${file.file}: its sha256 is ${sha256}, not ${file.sha256}. It was deleted. Try again, or add a file of your own with --from.`,
      { url },
    );
  }
  await rename(part, path);
}

async function fetchRest(
  url: string,
  file: OfficialCheckpoint,
  part: string,
  have: number,
  { onProgress, signal }: DownloadOptions,
): Promise<void> {
  const response = await request(url, file, have, signal);
  // A server that does not know ranges sends the whole file again.
  const from = response.status === 206 ? have : 0;
  const handle = await open(part, from > 0 ? 'a' : 'w');
  let done = from;
  try {
    onProgress?.(done, file.bytes);
    // Node reads a body as it comes; the browser's types do not say so.
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      done += chunk.length;
      if (done > file.bytes) throw new TypeError(`it is larger than ${file.bytes} bytes`);
      await handle.writeFile(chunk);
      onProgress?.(done, file.bytes);
    }
    if (done < file.bytes) throw new TypeError(`it ended after ${done} of ${file.bytes} bytes`);
  } catch (error) {
    if (done > file.bytes) await rm(part, { force: true });
    throw interrupted(error, file, url, signal);
  } finally {
    await handle.close();
  }
}

async function request(
  url: string,
  file: OfficialCheckpoint,
  have: number,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let response: Response;
  try {
    const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
    response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw interrupted(error, file, url, signal);
    throw new ModelError(
      `${new URL(url).host} cannot be reached; is there a network? Nothing was changed. Or download ${file.url} elsewhere and add it with --from ${file.file}.`,
      { url },
      error,
    );
  }
  if (response.ok && response.body) return response;
  throw new ModelError(
    `${url} answered ${response.status} ${response.statusText}. Nothing was changed. Or download ${file.file} elsewhere and add it with --from.`,
    { url },
  );
}

function interrupted(
  error: unknown,
  file: OfficialCheckpoint,
  url: string,
  signal: AbortSignal | undefined,
): ModelError {
  const code = (error as NodeJS.ErrnoException).code;
  const why = signal?.aborted
    ? 'was stopped'
    : code === 'ENOSPC'
      ? 'stopped: the disk is full'
      : `broke off (${error instanceof Error ? error.message : String(error)})`;
  return new ModelError(
    `The download of ${file.file} ${why}. What came is kept; the same command goes on from there.`,
    { url },
    error,
  );
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
