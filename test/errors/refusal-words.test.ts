import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal, refusalWords } from '../../src/errors';

const folder = mkdtempSync(join(tmpdir(), 'masklet-refusal-'));
const file = join(folder, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

describe('what the system refuses', () => {
  it.each([
    ['a folder in place of a file', (): unknown => mkdirSync(file), `${file} is a file, not a folder`],
    [
      'a folder below a file',
      (): unknown => mkdirSync(join(file, 'a')),
      'a file is where a folder should be',
    ],
    [
      'a file below no folder',
      (): unknown => openSync(join(folder, 'a', 'b'), 'w'),
      'there is no such folder',
    ],
    [
      'a file in place of a folder',
      (): unknown => openSync(folder, 'w'),
      'a folder is where the file should be',
    ],
    ['a full disk', (): unknown => writeFileSync('/dev/full', 'a'), 'the disk is full'],
  ])('is said in words: %s', (_what, work, words) => {
    const error = caught(work);
    expect(refusalWords(error)).toBe(words);
    expect(isRefusal(error)).toBe(true);
  });

  it('is told from a fault of the program, whose own words stay', () => {
    const fault = caught(() => mkdirSync('a\0b'));
    expect(isRefusal(fault)).toBe(false);
    expect(refusalWords(new Error('the pen broke'))).toBe('the pen broke');
    expect([isRefusal(null), isRefusal('ENOSPC')]).toEqual([false, false]);
  });
});
