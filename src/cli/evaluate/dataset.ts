import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CommandError } from '../../errors';

/** A sequence of a dataset: its pictures, and the truth of some of them. */
export interface Sequence {
  readonly name: string;
  readonly frames: string;
  /** How many pictures there are. */
  readonly pictures: number;
  /** Frame number and file of each picture of the truth, rising. */
  readonly truth: readonly { readonly frame: number; readonly file: string }[];
}

const picture = /\.(jpe?g|png)$/i;

/**
 * The sequences below a folder, by name: `JPEGImages/SEQUENCE` and `Annotations/SEQUENCE` (YouTube-VOS, LVOS), or with a
 * resolution between (`JPEGImages/480p/SEQUENCE`, DAVIS). The truth of a frame has the stem of its picture; frames without
 * one are not scored. `wanted`: only these. Throws a CommandError when there is nothing to be found.
 */
export function findSequences(root: string, wanted: readonly string[]): Sequence[] {
  const [frames, truth] = ['JPEGImages', 'Annotations'].map((name) =>
    sequencesBelow(join(resolve(root), name)),
  );
  if (!frames || !truth || frames.size === 0)
    throw new CommandError(
      `${root} is not a dataset: it needs JPEGImages/… and Annotations/… with a folder for each sequence (DAVIS, YouTube-VOS, LVOS).`,
    );
  const missing = wanted.find((name) => !frames.has(name));
  if (missing !== undefined)
    throw new CommandError(`There is no sequence “${missing}”. There are: ${[...frames.keys()].join(', ')}.`);
  const names = [...frames.keys()].filter((name) => wanted.length === 0 || wanted.includes(name)).sort();
  const found = names.flatMap((name) => {
    const pictures = readdirSync(frames.get(name)!)
      .filter((one) => picture.test(one))
      .sort();
    const folder = truth.get(name);
    if (!folder || pictures.length < 2) return [];
    const stems = pictures.map(stem);
    const files = readdirSync(folder)
      .filter((one) => /\.png$/i.test(one))
      .sort();
    const pairs = files
      .map((file) => ({ frame: stems.indexOf(stem(file)), file: join(folder, file) }))
      .filter((one) => one.frame >= 0);
    return pairs.length === 0
      ? []
      : [{ name, frames: frames.get(name)!, pictures: pictures.length, truth: pairs }];
  });
  if (found.length === 0)
    throw new CommandError(`${root} has no sequence with two pictures or more and a mask for one of them.`);
  return found;
}

function stem(name: string): string {
  return basename(name).replace(/\.[^.]*$/, '');
}

/** Folders with pictures, by name, one level down or two. */
function sequencesBelow(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(folder)) return found;
  for (const name of subfolders(folder)) {
    const path = join(folder, name);
    if (readdirSync(path).some((one) => picture.test(one))) found.set(name, path);
    else for (const inner of subfolders(path)) if (!found.has(inner)) found.set(inner, join(path, inner));
  }
  return found;
}

function subfolders(folder: string): string[] {
  return readdirSync(folder)
    .filter(
      (name) =>
        !name.startsWith('.') && statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory(),
    )
    .sort();
}
