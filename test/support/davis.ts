import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The real sequences, in DAVIS layout. Throws, loudly, when they are not there. */
export function davisFolder(): string {
  const data = process.env['MASKLET_DATA'] ?? resolve(__dirname, '..', '..', '..', 'shared', 'data');
  const folder = join(data, 'davis');
  if (existsSync(folder)) return folder;
  throw new Error(
    `the real sequences are missing: put them at ${data}, or say where they are with MASKLET_DATA`,
  );
}
