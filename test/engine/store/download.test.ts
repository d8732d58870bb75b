import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { download } from '../../../src/engine/store/download';

// A real server on this machine that breaks off, ignores ranges, or sends something else.

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
const file = {
  file: 'tiny.pt',
  url: '',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;
let behave: Behaviour = () => undefined;
let server: Server;
let url = '';
let folder = '';
const ranges: (string | undefined)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'masklet-download-'));
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    behave(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny.pt`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  ranges.length = 0;
});

const sendAll: Behaviour = (request, response) => {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
  response.end(content.subarray(from));
};

const breakOff: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.subarray(0, 120_000), () => setTimeout(() => response.destroy(), 100));
};

function target(name: string): string {
  return join(folder, name, 'tiny.pt');
}

async function reasonOf(path: string, address = url): Promise<string> {
  return download(file, path, { url: address }).then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

describe('a download', () => {
  it('brings the file and counts its bytes', async () => {
    behave = sendAll;
    const seen: number[] = [];
    await download(file, target('whole'), { url, onProgress: (done) => seen.push(done) });
    expect((await readFile(target('whole'))).equals(content)).toBe(true);
    expect([seen[0], seen[seen.length - 1]]).toEqual([0, content.length]);
  });

  it('that breaks off keeps what came and goes on from there', async () => {
    behave = breakOff;
    expect(await reasonOf(target('broken'))).toMatch(/broke off.*goes on from there/);
    expect(existsSync(target('broken'))).toBe(false);
    const { size } = await stat(`${target('broken')}.part`);
    expect(size).toBeGreaterThan(0);
    behave = sendAll;
    await download(file, target('broken'), { url });
    expect(ranges).toEqual([undefined, `bytes=${size}-`]);
    expect((await readFile(target('broken'))).equals(content)).toBe(true);
  });

  it('starts over with a server that does not know ranges', async () => {
    behave = breakOff;
    await reasonOf(target('stubborn'));
    behave = (_, response) => response.end(content);
    await download(file, target('stubborn'), { url });
    expect((await readFile(target('stubborn'))).equals(content)).toBe(true);
  });

  it('of something else is deleted, with both hashes said', async () => {
    behave = (_, response) => response.end(Buffer.alloc(content.length, 7));
    expect(await reasonOf(target('other'))).toContain(`not ${file.sha256}`);
    expect(existsSync(`${target('other')}.part`)).toBe(false);
  });

  it('that is longer than the file is stopped', async () => {
    behave = (_, response) => response.end(Buffer.concat([content, content]));
    expect(await reasonOf(target('long'))).toContain('larger than 300000 bytes');
    expect(existsSync(`${target('long')}.part`)).toBe(false);
  });

  it('that the server refuses, or that nobody answers, says what to do instead', async () => {
    behave = (_, response) => response.writeHead(404).end();
    expect(await reasonOf(target('gone'))).toMatch(/answered 404.*--from/);
    expect(await reasonOf(target('nobody'), 'http://127.0.0.1:9/tiny.pt')).toMatch(
      /cannot be reached.*--from/,
    );
  });

  it('can be stopped', async () => {
    behave = (_, response) => response.writeHead(200).write(content.subarray(0, 1000));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    await expect(download(file, target('stopped'), { url, signal: stop.signal })).rejects.toThrow(
      'was stopped',
    );
  });
});
