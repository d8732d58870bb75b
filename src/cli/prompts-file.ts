import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { CommandError, schemaWords } from '../errors';
import type { GivenPrompt } from '../formats';
import { readGivenPrompts } from '../session';
import type { Video } from '../session';

const pixel = v.pipe(v.number(), v.finite());
const text = v.pipe(v.string(), v.minLength(1));

const promptSchema = v.pipe(
  v.strictObject({
    frame: v.pipe(v.number(), v.integer(), v.minValue(0)),
    mask: v.exactOptional(text),
    points: v.exactOptional(v.pipe(v.array(v.tuple([pixel, pixel, v.picklist([0, 1])])), v.minLength(1))),
    box: v.exactOptional(v.tuple([pixel, pixel, pixel, pixel])),
  }),
  v.check((one) => Boolean(one.mask ?? one.points ?? one.box), 'a prompt has a mask, points or a box'),
);

const fileSchema = v.strictObject({
  objects: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        class: v.exactOptional(text),
        prompts: v.pipe(v.array(promptSchema), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
});

/** One prompt of a prompts file: any of mask, points and box. */
export interface FilePrompt {
  readonly frame: number;
  /** Absolute path of a mask picture. */
  readonly mask: string | null;
  /** `[x, y, 1]` is object, `[x, y, 0]` is not. */
  readonly points: readonly (readonly [x: number, y: number, sign: 0 | 1])[];
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number] | null;
}

/** One object of a prompts file; its place in the file, from 1, is its pixel value. */
export interface FileObject {
  readonly name: string;
  readonly class: string | null;
  readonly prompts: readonly FilePrompt[];
}

/** A prompts file that was found; which frames it speaks of is seen when the video is open. */
export type PromptsFile = (video: Video) => Promise<readonly FileObject[]>;

/**
 * Looks into a prompts file: our own JSON, COCO or LabelMe JSON, a CSV, or a folder of LabelMe files. Rejects with a
 * CommandError for what is none of these, and for a mistake in our own, with its place.
 */
export async function openPromptsFile(path: string): Promise<PromptsFile> {
  const boxes: PromptsFile = async (video) => (await readGivenPrompts(video, path)).map(fileObject);
  if ((await isFolder(path)) || path.toLowerCase().endsWith('.csv')) return boxes;
  const json = await readJson(path);
  const has = (name: string): boolean => typeof json === 'object' && json !== null && name in json;
  if (!has('objects') && (has('annotations') || has('shapes'))) {
    if (path.toLowerCase().endsWith('.json')) return boxes;
    throw new CommandError(`${path} holds boxes of another program; name it .json. Nothing was computed.`, {
      path,
    });
  }
  if (!has('objects'))
    throw new CommandError(
      `${path} is no prompts file: it has no “objects” (docs/prompts-file.md), no “annotations” (COCO) and no “shapes” (LabelMe). Nothing was computed.`,
      { path },
    );
  const objects = ownObjects(json, path);
  return () => Promise.resolve(objects);
}

function ownObjects(json: unknown, path: string): FileObject[] {
  const result = v.safeParse(fileSchema, json);
  if (!result.success) {
    const what = schemaWords(result.issues[0], 'the file');
    throw new CommandError(`${path}: ${what}. Nothing was computed.`, { path });
  }
  const folder = dirname(path);
  return result.output.objects.map((object) => ({
    name: object.name,
    class: object.class ?? null,
    prompts: object.prompts.map(({ frame, mask, points, box }) => ({
      frame,
      mask: mask === undefined ? null : resolve(folder, mask),
      points: points ?? [],
      box: box ?? null,
    })),
  }));
}

/** One object of another program's file: what it says of a frame is one prompt, and the last box of a frame counts. */
function fileObject(given: readonly GivenPrompt[]): FileObject {
  const { name, className } = given[0]!;
  const frames = [...new Set(given.map((one) => one.frame))];
  const prompts = frames.map((frame): FilePrompt => {
    const here = given.filter((one) => one.frame === frame);
    const points = here.flatMap(({ point }) =>
      point ? [[point.x, point.y, point.positive ? 1 : 0] as const] : [],
    );
    const box = here.reduce((last: GivenPrompt['box'], one) => one.box ?? last, null);
    return { frame, mask: null, points, box };
  });
  return { name, class: className, prompts };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new CommandError(`The prompts file ${path} cannot be read. Is the path right?`, { path }, error);
  }
}

async function readJson(path: string): Promise<unknown> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    throw new CommandError(`The prompts file ${path} cannot be read. Is the path right?`, { path }, error);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `${path} is not JSON, and a table of boxes ends in .csv: ${why}. Nothing was computed.`,
      { path },
      error,
    );
  }
}
