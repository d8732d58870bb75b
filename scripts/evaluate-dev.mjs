// The table of docs/tracker.md: all sequences of ../shared/data (or MASKLET_DATA) with the embedded model, the first frame's
// mask alone. npm run evaluate:dev [-- more of masklet evaluate's options]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const data = process.env.MASKLET_DATA ?? join(root, '..', 'shared', 'data');
if (!existsSync(join(data, 'davis'))) {
  process.stderr.write(`The sequences are not at ${data}. Say where they are with MASKLET_DATA.\n`);
  process.exit(1);
}
const sets = [[join(data, 'davis')], [join(data, 'multi'), '--sequences', 'schoolgirls']];
for (const [folder, ...only] of sets) {
  const args = [join(root, 'dist', 'cli', 'main.js'), 'evaluate', folder, '--model', 'mobilesam'];
  const { status } = spawnSync(process.execPath, [...args, ...only, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
