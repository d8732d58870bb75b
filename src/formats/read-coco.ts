import * as v from 'valibot';
import { FormatError, schemaWords } from '../errors';
import type { RunLength } from '../mask';
import { fillRings } from './contours';
import type { ImportedMask, ImportInput } from './format';
import { noFrame, requireFiles } from './label-pictures';
import { checkCounts, parseRleString } from './rle-string';
import { stem, textOf } from './text';

const whole = v.pipe(v.number(), v.integer());
const size = v.tuple([whole, whole]);
const segmentation = v.union([
  v.object({ size, counts: v.union([v.string(), v.array(v.number())]) }),
  v.array(v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(6))),
]);
type Segmentation = v.InferOutput<typeof segmentation>;

const categories = v.optional(v.array(v.object({ id: whole, name: v.string() })), []);
const attributes = v.optional(v.object({ name: v.optional(v.string()) }));
const videoFile = v.object({
  videos: v.pipe(v.array(v.object({ id: whole, file_names: v.array(v.string()) })), v.minLength(1)),
  categories,
  annotations: v.array(
    v.object({
      id: whole,
      video_id: whole,
      category_id: whole,
      attributes,
      segmentations: v.array(v.nullable(segmentation)),
    }),
  ),
});

/** Masks of a COCO video JSON (the YouTube-VIS schema): run lengths of either kind, or polygons. */
export async function* readCoco(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
  const paths = input.paths.filter((one) => one.toLowerCase().endsWith('.json'));
  requireFiles(paths, 'JSON file');
  for (const path of paths) {
    const { videos, categories: known, annotations } = parseFile(textOf(await input.read(path)), path);
    const video = videos.find((one) =>
      one.file_names.some((name) => name.startsWith(`${input.video.name}/`)),
    );
    const { id, file_names: names } = video ?? videos[0]!;
    for (const one of annotations.filter((other) => other.video_id === id)) {
      if (one.segmentations.length > names.length)
        throw wrong(path, `annotation ${one.id} has more frames than the video`);
      const className = known.find((other) => other.id === one.category_id)?.name ?? null;
      const object = {
        key: `${path} ${one.id}`,
        name: one.attributes?.name ?? `object ${one.id}`,
        className,
      };
      for (const [i, shape] of one.segmentations.entries()) {
        if (shape === null) continue;
        const frame = input.frameOf(stem(names[i]!));
        if (frame === null) throw noFrame(names[i]!, input);
        yield { ...object, frame, mask: maskOf(shape, input, path) };
      }
    }
  }
}

function maskOf(
  shape: Segmentation,
  { video: { width, height, name } }: ImportInput,
  path: string,
): RunLength {
  if (Array.isArray(shape))
    return fillRings(
      shape.map((ring) =>
        Array.from({ length: ring.length >> 1 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!] as const),
      ),
      width,
      height,
    );
  if (shape.size[0] !== height || shape.size[1] !== width)
    throw wrong(
      path,
      `its masks are ${shape.size[1]} × ${shape.size[0]} pixels, “${name}” has ${width} × ${height}`,
    );
  return typeof shape.counts === 'string'
    ? parseRleString(shape.counts, width, height)
    : checkCounts(shape.counts, width, height);
}

function parseFile(text: string, path: string): v.InferOutput<typeof videoFile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong(path, 'it is no JSON', error);
  }
  const parsed = v.safeParse(videoFile, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw wrong(path, schemaWords(parsed.issues[0], 'the file'));
}

function wrong(path: string, why: string, cause?: unknown): FormatError {
  return new FormatError(
    `“${path}” cannot be read as COCO video JSON: ${why}. Nothing was imported.`,
    { path },
    cause,
  );
}
