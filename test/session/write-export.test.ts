import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportedFile } from '../../src/formats';
import { writeExport } from '../../src/session/write-export';

const folder = mkdtempSync(join(tmpdir(), 'masklet-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function* files(...paths: string[]): AsyncGenerator<ExportedFile> {
  for (const path of paths) yield await Promise.resolve({ path, chunks: [Buffer.from('a mask')] });
}

const told = (path: string, file = 'masks.json'): Promise<string> =>
  writeExport(files('first.json', file), path).then(
    () => 'written',
    (error: Error) => error.message,
  );

describe('an export that the system refuses', () => {
  it('says why in words, and how much was written before', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await told(file)).toBe(
      `“first.json” could not be written to ${file}: ${file} is a file, not a folder. 0 files were written before it.`,
    );
    expect(await told(join(file, 'below'))).toContain(`: ${file} is a file, not a folder. 0 files`);
    mkdirSync(join(folder, 'out', 'taken'), { recursive: true });
    const taken = await told(join(folder, 'out'), 'taken');
    expect(taken).toContain(': a folder is where the file should be. 1 files were written before it.');
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['first.json', 'taken']);
  });

  // Node never ends when it is to make folders within this one all at once.
  (existsSync('/proc/self') ? it : it.skip)('says so where no folder can be made', async () => {
    const [here, below] = [await told('/proc/masks'), await told('/proc/masks/below')];
    expect(here).toContain('could not be written to /proc/masks: no folder can be made there.');
    expect(below).toContain('could not be written to /proc/masks/below: no folder can be made there.');
  });
});

describe('an export among other files', () => {
  it('tells those of its kind that stay, and not what else lies in the chosen folder', async () => {
    const out = join(folder, 'again');
    const first = await writeExport(files('meta.json', 'masks/1.png', 'masks/2.png', 'masks/3.png'), out);
    expect(first.others).toEqual([]);
    ['other.json', 'masks/notes.txt', 'masks/.4.png'].forEach((one) => writeFileSync(join(out, one), ''));
    const second = await writeExport(files('meta.json', 'masks/2.png'), out);
    expect(second.others).toEqual(['masks/1.png', 'masks/3.png']);
  });
});
