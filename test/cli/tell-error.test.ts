import { describe, expect, it } from '@jest/globals';
import { errorText } from '../../src/cli/tell-error';
import { SessionError } from '../../src/errors';

const refused = Object.assign(new Error('ENOTDIR: not a directory, lstat ‘a/b’'), {
  code: 'ENOTDIR',
  syscall: 'lstat',
  path: 'a/b',
});
const plain = { json: false, debug: false };
const machine = { json: true, debug: false };

interface Told {
  readonly error: { readonly tag: string; readonly message: string; readonly fields: object };
}

function told(error: unknown): Told['error'] {
  const text = errorText(error, machine);
  expect(text.indexOf('\n')).toBe(text.length - 1);
  return (JSON.parse(text) as Told).error;
}

describe('what ended a command', () => {
  it('is a sentence, and one JSON object in a line for machines', () => {
    const error = new SessionError('There is no session.', { path: 'a' });
    expect(errorText(error, plain)).toBe('There is no session.\n');
    expect(told(error)).toEqual({ tag: 'session', message: 'There is no session.', fields: { path: 'a' } });
  });

  it('is said in words where the system refused and nobody had a better sentence', () => {
    const message =
      'a/b could not be read or written: a file is where a folder should be. What was done before is kept.';
    expect(errorText(refused, plain)).toBe(`${message}\n`);
    expect(told(refused)).toEqual({ tag: 'command', message, fields: { path: 'a/b', code: 'ENOTDIR' } });
  });

  it('shows a fault of the program with its place to people, and as one line to machines', () => {
    const fault = new TypeError('x is\nundefined');
    expect(errorText(fault, plain)).toMatch(/TypeError: x is\nundefined\n\s+at /);
    expect(told(fault)).toMatchObject({ tag: 'bug', fields: {} });
    expect(told(fault).message).toMatch(/^This is a fault of Masklet: x is\nundefined\. .* is kept/);
    expect(told('a word')).toMatchObject({ tag: 'bug' });
  });

  it('shows everything with its place where that is asked for', () => {
    expect(errorText(new SessionError('No.'), { json: true, debug: true })).toMatch(
      /SessionError: No\.\n\s+at /,
    );
  });
});
