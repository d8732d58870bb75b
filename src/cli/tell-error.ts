import { inspect } from 'node:util';
import { isRefusal, refusalWords, toWireError } from '../errors';
import type { WireError } from '../errors';

/**
 * What a command says on stderr of what ended it: a sentence, or for machines one JSON object in a line. A fault of Masklet's
 * own is shown to people with its place, and so is everything where `debug` is asked for.
 */
export function errorText(error: unknown, { json, debug }: { json: boolean; debug: boolean }): string {
  const wire = isRefusal(error) ? refusal(error as NodeJS.ErrnoException) : toWireError(error);
  if (debug || (wire.tag === 'bug' && !json)) return `${inspect(error)}\n`;
  if (!json) return `${wire.message}\n`;
  return `${JSON.stringify({ error: wire.tag === 'bug' ? fault(wire) : wire })}\n`;
}

/** What no part of the program had a better sentence for. */
function refusal(error: NodeJS.ErrnoException): WireError {
  const { code = '', path, syscall } = error;
  const missing = code === 'ENOENT' && syscall !== 'mkdir';
  const why = missing ? 'there is no such file or folder' : refusalWords(error);
  const message = `${path ?? 'Something'} could not be read or written: ${why}. What was done before is kept.`;
  return { tag: 'command', message, fields: path === undefined ? { code } : { path, code } };
}

function fault({ message }: WireError): WireError {
  return {
    tag: 'bug',
    message: `This is a fault of Masklet: ${message}. What was done before is kept; without --json its place is shown.`,
    fields: {},
  };
}
