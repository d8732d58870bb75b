// Sets up and runs everything: format, lint and types, then unit, widget, kernel and browser tests. Ends with
// one line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';
import { setup, setupReferences } from './setup.mjs';

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const counts = { passed: 0, failed: 0, skipped: 0 };

function check(name) {
  console.log(`\n— ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  counts[status === 0 ? 'passed' : 'failed']++;
}

function project(names, args = []) {
  console.log(`\n— tests: ${names.join(', ')}`);
  const folder = join(root, '.masklet');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'jest.json');
  rmSync(file, { force: true });
  const all = [jest, '--selectProjects', ...names, '--json', `--outputFile=${file}`, ...args];
  const { status } = spawnSync(process.execPath, all, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(file)) {
    counts.failed++;
    return;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  counts.skipped += result.numPendingTests + result.numTodoTests;
  if (status !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) counts.failed++;
}

/** How many tests a project has, without running them. */
function countTests(name) {
  const { stdout } = spawnSync(process.execPath, [jest, '--selectProjects', name, '--listTests'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
  return files.reduce(
    (sum, file) => sum + (readFileSync(file, 'utf8').match(/^\s*it(\.each)?\(/gm) ?? []).length,
    0,
  );
}

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  const usual = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
    (one) => `/usr/bin/${one}`,
  );
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [named, ...usual, mac].find((path) => path && existsSync(path));
}

await setup();
await setupReferences();
check('check');
project(['unit', 'widget'], ['--maxWorkers=2']);
project(['kernel'], ['--runInBand']);
const chromium = findChromium();
if (chromium) {
  process.env.CHROMIUM_PATH = chromium;
  project(['ui'], ['--runInBand']);
} else {
  counts.skipped += countTests('ui');
  console.error(
    '\nTHE BROWSER TESTS ARE SKIPPED: no Chromium was found. Install it (Debian: apt install chromium) or set CHROMIUM_PATH.',
  );
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
