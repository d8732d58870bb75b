import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pictureNames } from '../../engine/video';
import { CommandError } from '../../errors';
import { counted } from '../counted';

/** A sequence of a dataset: its pictures, and the truth of some of them. */
export interface Sequence {
  readonly name: string;
  readonly frames: string;
  /** How many pictures there are. */
  readonly pictures: number;
  /** Frame number and file of each picture of the truth, rising. */
  readonly truth: readonly { readonly frame: number; readonly file: string }[];
}

/** What a folder has. */
export interface Dataset {
  readonly sequences: readonly Sequence[];
  /** What was left out, and why: sentences. */
  readonly notices: readonly string[];
}

/**
 * The sequences below a folder, by name: `JPEGImages/SEQUENCE` and `Annotations/SEQUENCE` (YouTube-VOS, LVOS), or with a
 * resolution between (`JPEGImages/480p/SEQUENCE`, DAVIS). The truth of a frame has the stem of its picture; frames without
 * one are not scored. `wanted`: only these. Throws a CommandError when there is nothing to be found, or not what is wanted.
 */
export function findSequences(root: string, wanted: readonly string[]): Dataset {
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
  const names = wanted.length > 0 ? [...new Set(wanted)].sort() : [...frames.keys()].sort();
  const sequences: Sequence[] = [];
  const notices: string[] = [];
  for (const name of names) {
    const found = sequenceOf(name, frames.get(name)!, truth.get(name));
    if (typeof found !== 'string') sequences.push(found);
    else if (wanted.length > 0) throw new CommandError(`The sequence “${name}” cannot be scored: ${found}.`);
    else notices.push(`The sequence “${name}” is left out: ${found}.`);
  }
  if (sequences.length === 0)
    throw new CommandError(`${root} has no sequence with two pictures or more and a mask for one of them.`);
  return { sequences, notices };
}

/** A sequence, or why it is none. */
function sequenceOf(name: string, frames: string, truth: string | undefined): Sequence | string {
  const pictures = pictureNames(readdirSync(frames));
  if (pictures.length < 2) return `it has ${counted(pictures.length, 'picture')}, and two are the least`;
  if (truth === undefined) return 'it has no folder in Annotations';
  const files = pictureNames(readdirSync(truth)).filter((one) => /\.png$/i.test(one));
  const byStem = new Map(files.map((file) => [stem(file), join(truth, file)]));
  const pairs = pictures.flatMap((one, frame) => {
    const file = byStem.get(stem(one));
    return file === undefined ? [] : [{ frame, file }];
  });
  if (pairs.length > 0) return { name, frames, pictures: pictures.length, truth: pairs };
  return files.length === 0
    ? `${truth} has no PNG`
    : `no mask has the name of a picture (${stem(files[0]!)} and ${stem(pictures[0]!)} are the first of each)`;
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
    if (pictureNames(readdirSync(path)).length > 0) found.set(name, path);
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
