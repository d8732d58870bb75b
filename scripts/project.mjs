// What the set-up scripts share: places, running programs, stamps that say what is done already.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const windows = process.platform === 'win32';
export const venv = join(root, '.venv');
const bin = join(venv, windows ? 'Scripts' : 'bin');

/** A program of the `.venv`. */
export const venvProgram = (name) => join(bin, windows ? `${name}.exe` : name);

/** A sentence for the user and the end. */
export function stop(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

/** Runs a program to its end; its output is shown only when it fails. */
export function run(what, program, args, options = {}) {
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: windows && program === 'npm',
    ...options,
  });
  if (status === 0) return;
  console.error(stdout ?? '', stderr ?? '', error?.message ?? '');
  stop(`${what} failed (above). Nothing was lost; mend it and run the same command again.`);
}

/** A hash of the contents of files and folders. */
export function digest(...paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else hash.update(path.slice(root.length)).update(readFileSync(path));
  };
  paths.forEach((path) => add(join(root, path)));
  return hash.digest('hex');
}

const stampFile = (name) => join(root, '.masklet', `${name}.stamp`);

/** Does a step unless its stamp says that it was done with the same inputs. */
export async function step(name, sentence, inputs, done, work) {
  const file = stampFile(name);
  if (done() && existsSync(file) && readFileSync(file, 'utf8') === inputs) return false;
  process.stdout.write(`${sentence} … `);
  const began = Date.now();
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, inputs);
  console.log(`${((Date.now() - began) / 1000).toFixed(0)} s`);
  return true;
}

/** Runs a program that the user sees and may stop; resolves with its exit code. */
export function follow(program, args, options = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
