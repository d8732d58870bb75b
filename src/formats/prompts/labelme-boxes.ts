import * as v from 'valibot';
import { schemaWords } from '../../errors';
import type { ImportInput } from '../format';
import { checkSize } from '../label-pictures';
import { stem } from '../text';
import type { GivenPrompt } from './given-prompt';
import { insideBox, LabelCount, noPromptFrame, wrongPrompts } from './given-prompt';

const number = v.pipe(v.number(), v.finite());
const frameFile = v.object({
  imageHeight: v.nullish(v.number()),
  imageWidth: v.nullish(v.number()),
  imagePath: v.optional(v.string()),
  shapes: v.array(
    v.object({
      label: v.string(),
      points: v.array(v.tuple([number, number])),
      shape_type: v.string(),
      group_id: v.nullish(v.union([v.number(), v.string()])),
      description: v.nullish(v.string()),
    }),
  ),
});

/** Rectangles and points of a LabelMe file, which is about one frame. Shapes of one label and group are one object. */
export function* labelmeBoxes(
  json: unknown,
  path: string,
  input: ImportInput,
): Generator<GivenPrompt, void, undefined> {
  const parsed = v.safeParse(frameFile, json, { abortEarly: true });
  if (!parsed.success) {
    throw wrongPrompts(path, 'LabelMe JSON', schemaWords(parsed.issues[0], 'the file'));
  }
  const { imageHeight, imageWidth, imagePath, shapes } = parsed.output;
  if (imageHeight && imageWidth) checkSize(path, { width: imageWidth, height: imageHeight }, input);
  const frame = input.frameOf(stem(path)) ?? input.frameOf(stem(imagePath ?? ''));
  if (frame === null) throw noPromptFrame(path, imagePath ?? path, input);
  const boxes = new LabelCount();
  const points = new LabelCount();
  for (const { label, points: places, shape_type: shape, group_id: group, description } of shapes) {
    const [first, second] = places;
    if (!first || (shape !== 'point' && (shape !== 'rectangle' || !second))) continue;
    const object =
      group === null || group === undefined
        ? (shape === 'point' ? points : boxes).next(frame, label)
        : { key: `${label} group ${group}`, name: `${label} ${group}` };
    const named = { ...object, ...(description ? { name: description } : {}), className: label, frame };
    if (shape === 'point') {
      // LabelMe counts from the corner of the first pixel, prompts from its centre.
      yield { ...named, box: null, point: { x: first[0] - 0.5, y: first[1] - 0.5, positive: true } };
      continue;
    }
    const box = insideBox([first[0], first[1], second![0], second![1]], input);
    if (box) yield { ...named, box, point: null };
  }
}
