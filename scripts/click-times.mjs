// From a click to its mask at 1920 × 1080, through the real kernel's sockets (test/kernel/click-to-mask.test.ts): the whole of it, the
// model's own time, and the rest. `node scripts/click-times.mjs` measures this alone.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './project.mjs';

/** Milliseconds: the median, the middle half, the 95th of 100, the longest, and how many were seen. */
function milliseconds(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), from: at(0.25), to: at(0.75), longest: at(1), clicks: sorted.length };
}

/** For an empty session, and for ten objects with masks on 2,000 frames each. */
export function clickTimes() {
  const file = join(root, '.masklet', 'bench-clicks.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  execFileSync(
    process.execPath,
    [jest, '--selectProjects', 'kernel', '--testPathPatterns', 'click-to-mask'],
    {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, BENCH_FILE: file },
    },
  );
  const measured = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
  return Object.fromEntries(
    measured.map(([name, clicks]) => [
      name,
      Object.fromEntries(
        ['whole', 'model', 'rest'].map((part) => [part, milliseconds(clicks.map((one) => one[part]))]),
      ),
    ]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(clickTimes(), null, 2));
