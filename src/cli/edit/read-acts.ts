import { readFile } from 'node:fs/promises';
import { CommandError } from '../../errors';
import { WrongUse } from '../wrong-use';
import type { Act } from './act';
import { featureActs } from './feature-acts';
import { objectActs } from './object-acts';
import { promptActs } from './prompt-acts';
import { sessionActs } from './session-acts';

/** Everything that can be done to a session, by name, in the order of the help. */
export const acts: Readonly<Record<string, Act>> = {
  ...objectActs,
  ...promptActs,
  ...featureActs,
  ...sessionActs,
};

/** An act with its words. */
export interface WantedAct {
  readonly name: string;
  readonly act: Act;
  readonly given: Readonly<Record<string, unknown>>;
}

function actOf(name: string): Act {
  if (Object.hasOwn(acts, name)) return acts[name]!;
  throw new WrongUse(`There is no edit “${name}”. There are: ${Object.keys(acts).join(', ')}.`);
}

/** An act as words of the command line have it: its name, then `key=value`. Throws a WrongUse. */
export function actOfWords(name: string, words: readonly string[]): WantedAct {
  const given: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new WrongUse(`“${word}” is not KEY=VALUE, such as object=swan.`);
    const key = word.slice(0, at);
    if (Object.hasOwn(given, key)) throw new WrongUse(`“${key}” is given twice.`);
    given[key] = word.slice(at + 1);
  }
  return { name, act: actOf(name), given };
}

/** Lines of a script beyond this are none that a person or a program would write. */
const longestLine = 1 << 20;

/**
 * The acts of a script: a JSON object a line, `{"do": "point", "object": "swan", …}`; empty lines say nothing. Rejects with
 * a CommandError that names the line, before anything is done.
 */
export async function actsOfScript(path: string): Promise<WantedAct[]> {
  const content = path === '-' ? await readAll(process.stdin) : await readScript(path);
  return content.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [actOfLine(line)];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(
        `Line ${i + 1} of ${path === '-' ? 'the script' : path}: ${why} Nothing was changed.`,
      );
    }
  });
}

function actOfLine(line: string): WantedAct {
  if (line.length > longestLine) throw new WrongUse('it is longer than a MiB.');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new WrongUse('it is no JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WrongUse('it is no object, such as {"do": "undo"}.');
  const { do: name, ...given } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string') throw new WrongUse('it says nothing to do, such as {"do": "undo"}.');
  return { name, act: actOf(name), given };
}

async function readScript(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(`The script ${path} cannot be read. Is the path right?`, { path }, error);
  }
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
