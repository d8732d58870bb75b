import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masklet } from '../support/command';

// Completion as a shell does it, and what every command has in common.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-completion-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers after these words; the last is the one being typed. */
function offered(script: string, ...words: string[]): string[] {
  const line = [
    `source ${JSON.stringify(script)}`,
    `COMP_WORDS=(masklet ${words.map((one) => JSON.stringify(one)).join(' ')})`,
    `COMP_CWORD=${words.length}`,
    '_masklet',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe('masklet completion', () => {
  it('has bash complete commands, subcommands, options, formats and edits', () => {
    const script = join(folder, 'masklet.bash');
    writeFileSync(script, masklet(folder, 'completion', 'bash').stdout);
    expect(offered(script, 'pro').sort()).toEqual(['prompt', 'propagate', 'providers']);
    expect(offered(script, 'models', 'ver')).toEqual(['verify']);
    expect(offered(script, 'export', 'birds.masklet', '--format', 'coco')).toEqual(['coco', 'coco-polygons']);
    expect(offered(script, 'propagate', '--mis')).toEqual(['--missing']);
    expect(offered(script, 'edit', 'birds.masklet', 'unlo')).toEqual(['unlock', 'unlock-frame']);
    expect(offered(script, 'export', 'masklet.b')).toEqual(['masklet.bash']);
  });

  it('writes scripts for zsh and fish that have every command, and no others', () => {
    for (const shell of ['zsh', 'fish']) {
      const { stdout, code } = masklet(folder, 'completion', shell);
      expect(code).toBe(0);
      for (const word of ['propagate', 'evaluate', 'unlock-frame', 'coco-polygons', 'missing'])
        expect(stdout).toContain(word);
    }
    const wrong = masklet(folder, 'completion', 'tcsh');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/bash, zsh, fish/)]);
  });
});

describe('every command', () => {
  interface Words {
    readonly path: readonly string[];
    readonly options: readonly { readonly name: string }[];
    readonly words: readonly { readonly name: string }[];
  }

  it('that does something speaks to machines', () => {
    const all = JSON.parse(masklet(folder, 'completion', 'bash', '--json').stdout) as Words[];
    const parents = all.filter(({ path }) =>
      all.some((one) => one.path.length === path.length + 1 && path.every((word, i) => one.path[i] === word)),
    );
    const without = all.filter(
      (one) => !parents.includes(one) && !one.options.some(({ name }) => name === '--json'),
    );
    expect(without.map((one) => one.path.join(' '))).toEqual([]);
    expect(all.length).toBeGreaterThan(20);
  });

  it('says a user’s mistake to machines as JSON, and ends with 2 for wrong use and 1 for what cannot be done', () => {
    const wrong = masklet(folder, 'info', '--json');
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.stderr)).toEqual({
      error: { tag: 'command', message: expect.stringMatching(/missing required argument/), fields: {} },
    });
    const none = masklet(folder, 'info', 'nothing', '--json');
    expect(none.code).toBe(1);
    expect(JSON.parse(none.stderr)).toEqual({
      error: {
        tag: 'session',
        message: expect.stringMatching(/There is no session/),
        fields: { path: 'nothing' },
      },
    });
  });
});
