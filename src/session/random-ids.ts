import { randomBytes } from 'node:crypto';
import type { IdSource } from '../annotation';

/** Ids of 16 hexadecimal digits from the system's random source. */
export function randomIds(): IdSource {
  return () => randomBytes(8).toString('hex');
}
