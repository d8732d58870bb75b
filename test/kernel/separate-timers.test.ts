import { expect, it } from '@jest/globals';
import { separateTimers } from '../../src/kernel/launcher/separate-timers';
import type { TimedSystem } from '../../src/kernel/launcher/separate-timers';

// tslab 1.0.22 keeps one pending timer and throws for a second (dist/converter.js); this is its rule.

function tslabSystem(): TimedSystem & { pending: (() => void) | null } {
  const system = {
    pending: null as (() => void) | null,
    setTimeout(callback: () => void): unknown {
      if (system.pending) throw new Error('Unexpected pending rebuildTimer');
      system.pending = callback;
      return callback;
    },
    clearTimeout(timer: unknown): void {
      if (system.pending !== timer) throw new Error('clearing unexpected timer');
      system.pending = null;
    },
  };
  return system;
}

it('files that appear while a build is pending wait for a timer of their own, and can be put off', async () => {
  const heard: string[] = [];
  const system = tslabSystem();
  separateTimers(system);
  const build = system.setTimeout(() => heard.push('build'), 250);
  const invalidateResolutionsOfFailedLookup = (): void => void heard.push('looked again');
  const putOff = system.setTimeout(invalidateResolutionsOfFailedLookup, 5);
  system.clearTimeout(putOff);
  system.setTimeout(invalidateResolutionsOfFailedLookup, 5);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(heard).toEqual(['looked again']);
  // The build's timer is tslab's, which calls it when the next cell comes.
  system.pending!();
  system.clearTimeout(build);
  expect([heard, system.pending]).toEqual([['looked again', 'build'], null]);
});

it('is what TypeScript in tslab calls that function', async () => {
  const { readFileSync } = await import('node:fs');
  const { createRequire } = await import('node:module');
  const fromTslab = createRequire(require.resolve('tslab/package.json'));
  const source = readFileSync(fromTslab.resolve('@tslab/typescript-for-tslab'), 'utf8');
  expect(source).toContain('host.setTimeout(invalidateResolutionsOfFailedLookup, 250)');
});
