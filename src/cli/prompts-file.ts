import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { CommandError } from '../errors';

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

/** Reads a prompts file. Rejects with a CommandError that names the place in it that is wrong. */
export async function readPromptsFile(path: string): Promise<FileObject[]> {
  const result = v.safeParse(fileSchema, await readJson(path));
  if (!result.success) {
    const [issue] = result.issues;
    const where = v.getDotPath(issue) ?? 'the whole file';
    throw new CommandError(`${path}: ${where}: ${issue.message}. Nothing was computed.`, { path });
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
    throw new CommandError(`${path} is not JSON: ${why}. Nothing was computed.`, { path }, error);
  }
}
