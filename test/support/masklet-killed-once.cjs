// `masklet`, killed once in the middle of one session's propagation: MASKLET_KILL names the session, MASKLET_KILL_MARK
// a file that says it was done. What a node that crashes, or a cluster that takes its job away, looks like from outside.
const { spawn } = require('node:child_process');
const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const args = process.argv.slice(2);
const mark = process.env.MASKLET_KILL_MARK;
const chosen = args[0] === 'propagate' && args.some((one) => one.includes(process.env.MASKLET_KILL));
const kills = chosen && !existsSync(mark);
const program = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const child = spawn(process.execPath, [program, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
let seen = 0;
child.stderr.on('data', (data) => {
  process.stderr.write(data);
  seen += data.toString().split('"progress"').length - 1;
  if (!kills || seen < 5 || existsSync(mark)) return;
  writeFileSync(mark, 'killed');
  child.kill('SIGKILL');
});
child.on('close', (code) => process.exit(code ?? 137));
