import { describe, expect, it } from '@jest/globals';
import { findingsText } from '../../src/cli/doctor';
import type { Finding } from '../../src/cli/doctor';

const there: Finding = { what: 'Node.js', state: 'ok', found: '22' };
const missing: Finding = { what: 'ffmpeg', state: 'missing', found: 'not found', advice: 'Install it.' };
const unneeded: Finding = { what: 'provider cuda', state: 'none', found: 'not installed' };

describe('what masklet doctor says', () => {
  it.each([
    [[there, unneeded], 'Everything needed is there.'],
    [[there, missing], '1 needed thing is missing.'],
    [[missing, missing, unneeded], '2 needed things are missing.'],
  ])('ends with what is missing of what is needed', (findings, end) => {
    expect(findingsText(findings).split('\n\n').at(-1)).toBe(`${end}\n`);
  });
});
