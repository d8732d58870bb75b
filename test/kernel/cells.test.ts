import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { KernelClient } from '../support/kernel-client';

// What cells can say in the launcher kernel, in a folder that knows nothing of Masklet.

let kernel: KernelClient;

beforeAll(async () => {
  kernel = await KernelClient.start();
}, 60_000);

afterAll(() => kernel.stop());

async function prints(code: string, expected: string): Promise<void> {
  const { stdout, stderr, status } = await kernel.run(code);
  expect({ stdout, stderr, status }).toEqual({ stdout: expected, stderr: '', status: 'ok' });
}

describe('a cell in any folder', () => {
  it('imports masklet with its types', async () => {
    await prints(
      'import { openVideo, annotate } from "masklet"; console.log(typeof openVideo, typeof annotate);',
      'function function\n',
    );
    const { stderr, status } = await kernel.run('const wrong: string = openVideo("x");');
    expect(status).toBe('error');
    expect(stderr).toContain("is not assignable to type 'string'");
  });

  it('knows console, setTimeout, Buffer and awaits at the top', async () => {
    await prints(
      'const timer: NodeJS.Timeout = setTimeout(() => 0, 1); clearTimeout(timer); console.log(Buffer.from("é").length, await Promise.resolve(7));',
      '2 7\n',
    );
  });

  it('imports the modules of Node.js', async () => {
    await prints('import { join } from "node:path"; console.log(join("a", "b"));', 'a/b\n');
  });

  it('does not know the types of tests', async () => {
    const { stderr, status } = await kernel.run('describe("x", () => {});');
    expect(status).toBe('error');
    expect(stderr).toContain("Cannot find name 'describe'");
  });

  it('does not know the document of a browser', async () => {
    expect((await kernel.run('document.title;')).stderr).toContain("Cannot find name 'document'");
  });

  it('completes the members of what masklet gives', async () => {
    const code = 'const video = await openVideo("clip.mp4"); video.fr';
    const { content } = await kernel.request('complete_request', { code, cursor_pos: code.length });
    expect(content['matches']).toEqual(expect.arrayContaining(['frameAt', 'frameCount', 'frameName']));
  });

  it('completes the options of a call', async () => {
    const code = 'openVideo("clip.mp4", { ev';
    const { content } = await kernel.request('complete_request', { code, cursor_pos: code.length });
    expect(content['matches']).toEqual(['every']);
  });

  it('shows a function’s documentation', async () => {
    const code = 'openVideo("clip.mp4")';
    const { content } = await kernel.request('inspect_request', { code, cursor_pos: 4, detail_level: 0 });
    const text = (content['data'] as Record<string, string>)['text/plain']!;
    expect(text).toContain('Opens a video file (mp4, mov, avi, mkv, webm)');
    expect(text).toContain('Promise<Video>');
  });
});

describe('what tslab misreads is repaired:', () => {
  it('a shorthand property with a variable of an earlier cell', async () => {
    await kernel.run('const width = 4;');
    await prints('console.log({ width, height: 3 });', '{ width: 4, height: 3 }\n');
  });

  it('await before a parenthesis', async () => {
    await prints('console.log(await (Promise.resolve({ a: 5 })));', '{ a: 5 }\n');
    await prints('const five = await (async () => 5)(); console.log(five);', '5\n');
  });

  it('for await at the top, alone in its cell', async () => {
    await kernel.run('async function* numbers() { yield 1; yield 2; }');
    await prints('for await (const n of numbers()) console.log(n);', '1\n2\n');
  });

  it('and an await inside a function stays what it is', async () => {
    await prints(
      'const later = async () => { const x = 1; return await (Promise.resolve({ x })); }; console.log(await later());',
      '{ x: 1 }\n',
    );
  });
});

describe('an error of masklet', () => {
  it('is a sentence in the cell, without a stack', async () => {
    const { stderr, status } = await kernel.run('await openVideo("nothing.mp4");');
    expect(status).toBe('error');
    expect(stderr).toMatch(/^There is no file or folder .*nothing\.mp4\. Is the path right\?\n$/);
  });
});

describe('a notebook inside the project', () => {
  it('sees the same types as one outside', async () => {
    const inside = await KernelClient.start(resolve(__dirname, '..', '..', 'notebooks'));
    try {
      expect(
        (await inside.run('import { openVideo } from "masklet"; console.log(typeof openVideo);')).stdout,
      ).toBe('function\n');
      expect((await inside.run('describe("x", () => {});')).stderr).toContain("Cannot find name 'describe'");
    } finally {
      await inside.stop();
    }
  });
});
