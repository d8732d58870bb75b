import * as v from 'valibot';
import { schemaWords } from '../../errors';
import type { ImportInput } from '../format';
import { stem } from '../text';
import type { GivenPrompt } from './given-prompt';
import { insideBox, LabelCount, noPromptFrame, wrongPrompts } from './given-prompt';

const whole = v.pipe(v.number(), v.integer());
const number = v.pipe(v.number(), v.finite());
const box = v.tuple([number, number, number, number]);
const attributes = v.optional(
  v.object({ name: v.optional(v.string()), track_id: v.optional(v.union([whole, v.string()])) }),
);
const categories = v.optional(v.array(v.object({ id: whole, name: v.string() })), []);
const track = { track_id: v.optional(whole), instance_id: v.optional(whole), attributes };

const imageFile = v.object({
  images: v.array(v.object({ id: whole, file_name: v.string() })),
  categories,
  annotations: v.array(
    v.object({ image_id: whole, category_id: whole, bbox: v.optional(v.nullable(box)), ...track }),
  ),
});
const videoFile = v.object({
  videos: v.pipe(v.array(v.object({ id: whole, file_names: v.array(v.string()) })), v.minLength(1)),
  categories,
  annotations: v.array(
    v.object({
      id: whole,
      video_id: whole,
      category_id: whole,
      attributes,
      bboxes: v.array(v.nullable(box)),
    }),
  ),
});

const kind = 'COCO JSON';

/** Boxes of COCO: `images` with a `bbox` an annotation, or `videos` (YouTube-VIS) with `bboxes`. */
export function* cocoBoxes(
  json: unknown,
  path: string,
  input: ImportInput,
): Generator<GivenPrompt, void, undefined> {
  if (typeof json === 'object' && json !== null && 'videos' in json && !('images' in json))
    yield* videoBoxes(checked(videoFile, json, path), path, input);
  else yield* imageBoxes(checked(imageFile, json, path), path, input);
}

function* imageBoxes(
  { images, categories: known, annotations }: v.InferOutput<typeof imageFile>,
  path: string,
  input: ImportInput,
): Generator<GivenPrompt, void, undefined> {
  const files = new Map(images.map((one) => [one.id, one.file_name]));
  const names = new Map(known.map((one) => [one.id, one.name]));
  const ofVideo = images.some((one) => belongs(one.file_name, input));
  const counts = new LabelCount();
  for (const one of annotations) {
    const file = files.get(one.image_id);
    if (file === undefined) throw wrongPrompts(path, kind, `there is no image ${one.image_id}`);
    // Pictures of other videos in one data set are passed over.
    if (!one.bbox || (ofVideo && !belongs(file, input))) continue;
    const frame = input.frameOf(stem(file));
    if (frame === null) throw noPromptFrame(path, file, input);
    const className = names.get(one.category_id) ?? null;
    const [x, y, width, height] = one.bbox;
    const inside = insideBox([x, y, x + width, y + height], input);
    if (!inside) continue;
    const id = one.track_id ?? one.instance_id ?? one.attributes?.track_id ?? one.attributes?.name;
    const label = className ?? 'object';
    const object =
      id === undefined
        ? counts.next(frame, label)
        : { key: `track ${id}`, name: one.attributes?.name ?? `${label} ${id}` };
    yield { ...object, className, frame, box: inside, point: null };
  }
}

function* videoBoxes(
  { videos, categories: known, annotations }: v.InferOutput<typeof videoFile>,
  path: string,
  input: ImportInput,
): Generator<GivenPrompt, void, undefined> {
  const { id, file_names: files } =
    videos.find((one) => one.file_names.some((name) => belongs(name, input))) ?? videos[0]!;
  for (const one of annotations.filter((other) => other.video_id === id)) {
    const className = known.find((other) => other.id === one.category_id)?.name ?? null;
    const object = { key: `annotation ${one.id}`, name: one.attributes?.name ?? `object ${one.id}` };
    for (const [i, rectangle] of one.bboxes.entries()) {
      if (!rectangle) continue;
      const file = files[i] ?? `frame ${i}`;
      const frame = input.frameOf(stem(file));
      if (frame === null) throw noPromptFrame(path, file, input);
      const [x, y, width, height] = rectangle;
      const inside = insideBox([x, y, x + width, y + height], input);
      if (inside) yield { ...object, className, frame, box: inside, point: null };
    }
  }
}

function belongs(file: string, { video }: ImportInput): boolean {
  return file.split('/').slice(0, -1).includes(video.name);
}

function checked<T extends v.GenericSchema>(schema: T, json: unknown, path: string): v.InferOutput<T> {
  const parsed = v.safeParse(schema, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw wrongPrompts(path, kind, schemaWords(parsed.issues[0], 'the file'));
}
