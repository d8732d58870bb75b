import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** What came of a command. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program of the command line. */
export function commandProgram(): string {
  const program = resolve(__dirname, '..', '..', 'dist', 'cli', 'main.js');
  if (!existsSync(program)) throw new Error('the command is not built: run `npm run setup` first');
  return program;
}

/** Runs `masklet` as a user does, in a folder, to its end. */
export function masklet(folder: string, ...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandProgram(), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Runs `masklet … --json` and sends it a signal after as many lines of progress. */
export async function stopped(
  folder: string,
  { after, signal }: { readonly after: number; readonly signal: NodeJS.Signals },
  ...args: string[]
): Promise<Outcome> {
  const child = spawn(process.execPath, [commandProgram(), ...args, '--json'], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  let sent = false;
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    if (sent || stderr.split('"progress"').length <= after) return;
    sent = true;
    child.kill(signal);
  });
  const code = await new Promise<number | null>((done) => child.on('close', (status) => done(status)));
  return { code, stdout, stderr };
}
