import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of real sequences. Throws, loudly, when they are not there. */
export function dataFolder(): string {
  const data = process.env['MASKLET_DATA'] ?? resolve(__dirname, '..', '..', '..', 'shared', 'data');
  if (existsSync(join(data, 'davis'))) return data;
  throw new Error(
    `the real sequences are missing: put them at ${data}, or say where they are with MASKLET_DATA`,
  );
}

/** The real sequences in DAVIS layout. */
export function davisFolder(): string {
  return join(dataFolder(), 'davis');
}
