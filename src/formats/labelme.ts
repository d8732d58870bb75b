import * as v from 'valibot';
import { FormatError, schemaWords } from '../errors';
import { decodeRunLength, encodeRunLength } from '../mask';
import type { RunLength } from '../mask';
import { decodeBase64, encodeBase64 } from './base64';
import { fillRings } from './contours';
import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { decodeIndexedPng } from './indexed-png';
import { checkSize, noFrame, requireFiles } from './label-pictures';
import { pngSize, writePng } from './png';
import { runLengthBox } from './rle-string';
import { bytesOf, stem, textOf } from './text';

/**
 * J7: `VIDEO/00000.json`, one a frame, with shapes of LabelMe's type `mask`: two corners (inclusive) and a PNG of what is
 * between them. The picture lies beside the file by its name; `imageData` is null, as LabelMe has it then.
 */
export const labelme: Format = {
  name: 'labelme',
  title: 'LabelMe JSON',
  keeps: 'A file a frame, with masks, names, classes, overlaps. Features are lost.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const { name, width, height } = input.video;
    for (const frame of input.frames) {
      const shapes: object[] = [];
      for (const { id, classId, name: object, number } of input.objects) {
        const mask = await input.mask(id, frame);
        const label = input.classes.find((one) => one.id === classId)?.name ?? object;
        const shape = mask && maskShape(mask);
        if (shape) shapes.push({ label, ...shape, group_id: number, description: object, flags: {} });
      }
      const imagePath = `${input.frameName(frame)}.jpg`;
      const file = {
        version: '5.5.0',
        flags: {},
        shapes,
        imagePath,
        imageData: null,
        imageHeight: height,
        imageWidth: width,
      };
      yield { path: `${name}/${input.frameName(frame)}.json`, chunks: [bytesOf(JSON.stringify(file))] };
    }
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const paths = input.paths.filter((one) => one.toLowerCase().endsWith('.json'));
    requireFiles(paths, 'JSON file');
    for (const path of paths) yield* readFrame(textOf(await input.read(path)), path, input);
  },
};

function maskShape(mask: RunLength): object | null {
  const box = runLengthBox(mask);
  if (!box) return null;
  const { width: stride, data } = decodeRunLength(mask);
  const [width, height] = [box.x1 - box.x0 + 1, box.y1 - box.y0 + 1];
  const rows = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (box.y0 + y) * stride + box.x0;
    rows.set(
      data.subarray(from, from + width).map((one) => one * 255),
      y * width,
    );
  }
  const png = writePng({ width, height, depth: 8, kind: 0, rows });
  const points = [
    [box.x0, box.y0],
    [box.x1, box.y1],
  ];
  return { points, shape_type: 'mask', mask: encodeBase64(png) };
}

const place = v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]);
const frameFile = v.object({
  imageHeight: v.number(),
  imageWidth: v.number(),
  imagePath: v.optional(v.string()),
  shapes: v.array(
    v.object({
      label: v.string(),
      points: v.array(place),
      shape_type: v.string(),
      group_id: v.nullish(v.number()),
      description: v.nullish(v.string()),
      mask: v.nullish(v.string()),
    }),
  ),
});
type Shape = v.InferOutput<typeof frameFile>['shapes'][number];

function* readFrame(
  text: string,
  path: string,
  input: ImportInput,
): Generator<ImportedMask, void, undefined> {
  const { imageHeight, imageWidth, imagePath, shapes } = parseFile(text, path);
  checkSize(path, { width: imageWidth, height: imageHeight }, input);
  const frame = input.frameOf(stem(path)) ?? input.frameOf(stem(imagePath ?? ''));
  if (frame === null) throw noFrame(path, input);
  const found = new Map<string, { name: string; className: string; data: Uint8Array }>();
  for (const shape of shapes) {
    if (shape.shape_type !== 'mask' && shape.shape_type !== 'polygon') continue;
    const key = `${shape.label} ${shape.group_id ?? ''}`;
    const name = shape.description ? shape.description : key.trim();
    const object = found.get(key) ?? {
      name,
      className: shape.label,
      data: new Uint8Array(imageWidth * imageHeight),
    };
    // Polygons of one label and group are parts of one object.
    paintShape(shape, object.data, path, input);
    found.set(key, object);
  }
  for (const [key, { data, ...object }] of found)
    yield { key, frame, ...object, mask: encodeRunLength({ width: imageWidth, height: imageHeight, data }) };
}

function paintShape(
  shape: Shape,
  data: Uint8Array,
  path: string,
  { video: { width, height } }: ImportInput,
): void {
  if (shape.shape_type === 'polygon') {
    decodeRunLength(fillRings([shape.points], width, height)).data.forEach(
      (one, i) => (data[i] = one || data[i]!),
    );
    return;
  }
  const file = shape.mask ? decodeBase64(shape.mask) : null;
  // Before anything is unpacked: a mask is no larger than its picture.
  const size = file && pngSize(file);
  if (size && (size.width > width || size.height > height))
    throw wrong(path, 'a mask lies outside the picture');
  const picture = file ? decodeIndexedPng(file) : null;
  const [x0, y0] = shape.points[0] ?? [-1, -1];
  if (!picture) throw wrong(path, 'a mask is no PNG in grey');
  if (
    !Number.isInteger(x0) ||
    !Number.isInteger(y0) ||
    x0 < 0 ||
    y0 < 0 ||
    x0 + picture.width > width ||
    y0 + picture.height > height
  )
    throw wrong(path, 'a mask lies outside the picture');
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++)
      if (picture.data[y * picture.width + x]! > 0) data[(y0 + y) * width + x0 + x] = 1;
}

function parseFile(text: string, path: string): v.InferOutput<typeof frameFile> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong(path, 'it is no JSON');
  }
  const parsed = v.safeParse(frameFile, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw wrong(path, schemaWords(parsed.issues[0], 'the file'));
}

function wrong(path: string, why: string): FormatError {
  return new FormatError(`“${path}” cannot be read as LabelMe JSON: ${why}. Nothing was imported.`, { path });
}
