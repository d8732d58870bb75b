import { CommandError } from '../errors';

/**
 * The number of a flag. Throws a CommandError for what is no whole number from `least` on; `also` names what else the flag
 * takes.
 */
export function wholeNumber(text: string, flag: string, least = 1, also = ''): number {
  if (/^(0|[1-9]\d*)$/.test(text) && Number(text) >= least) return Number(text);
  throw new CommandError(`${flag} is ${also}a whole number from ${least}, not “${text}”.`);
}
