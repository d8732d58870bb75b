// Kills processes that edit, 200 times, and looks for what they had acknowledged. Last line: “N kills, N lost edits”.
// npm run test:faults [SESSIONS KERNELS]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const [sessions = '180', kernels = '20'] = process.argv.slice(2);
const report = join(root, '.masklet', 'faults.json');
rmSync(report, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'kernel',
    '--runInBand',
    '--testPathPatterns',
    'faults',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MASKLET_KILLS: `${sessions},${kernels}`, MASKLET_FAULTS_REPORT: report },
  },
);
const { kills, lost } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { kills: 0, lost: 0 };
process.stdout.write(`${kills} kills, ${lost} lost edits\n`);
process.exit(status ?? 1);
