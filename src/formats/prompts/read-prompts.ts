import { FormatError } from '../../errors';
import type { ImportInput } from '../format';
import { textOf } from '../text';
import { cocoBoxes } from './coco-boxes';
import { csvBoxes } from './csv-boxes';
import type { GivenPrompt } from './given-prompt';
import { wrongPrompts } from './given-prompt';
import { labelmeBoxes } from './labelme-boxes';

/**
 * Boxes and points of COCO JSON, LabelMe JSON (a file a frame) or CSV; which one it is, is seen by the file. Throws a
 * FormatError, in a sentence that names the file, for what is none of these.
 */
export async function* readPrompts(input: ImportInput): AsyncGenerator<GivenPrompt, void, undefined> {
  const paths = input.paths.filter((one) => /\.(json|csv)$/i.test(one));
  if (paths.length === 0)
    throw new FormatError('There is no JSON or CSV file with prompts here. No prompt was given.');
  for (const path of paths) {
    const text = textOf(await input.read(path));
    if (path.toLowerCase().endsWith('.csv')) yield* csvBoxes(text, path, input);
    else yield* jsonPrompts(parseJson(text, path), path, input);
  }
}

function jsonPrompts(json: unknown, path: string, input: ImportInput): Iterable<GivenPrompt> {
  const has = (name: string): boolean => typeof json === 'object' && json !== null && name in json;
  if (has('annotations')) return cocoBoxes(json, path, input);
  if (has('shapes')) return labelmeBoxes(json, path, input);
  throw wrongPrompts(path, 'COCO or LabelMe JSON', 'it has neither “annotations” nor “shapes”');
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrongPrompts(path, 'JSON', 'it is none');
  }
}
