import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The built program of the engine process. */
export function engineProgram(): string {
  const program = resolve(__dirname, '..', '..', 'dist', 'engine', 'host', 'engine-process.js');
  if (!existsSync(program)) throw new Error('the engine is not built: run `npm run setup` first');
  return program;
}
