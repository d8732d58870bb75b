import { FormatError } from '../errors';
import { decodeRunLength } from '../mask';
import type { RunLength } from '../mask';
import { categoriesOf, categoryOf } from './coco';
import { bridgedRings, fillCentres, tracePolygons } from './contours';
import type { Place } from './contours';
import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { noFrame, requireFiles } from './label-pictures';
import { bytesOf, stem, textOf } from './text';

/**
 * J3: `labels/VIDEO_00000.txt`, a line an object's part (`class x y x y …`, of the picture's size), with `data.yaml`
 * for Ultralytics. A hole is reached by a bridge of no width. YOLO has no place for who is who.
 */
export const yolo: Format = {
  name: 'yolo',
  title: 'YOLO segmentation',
  keeps: 'A text file a frame, polygons by class. Who is who is lost, and so are names and features.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const categories = categoriesOf(input);
    const names = categories.map(({ id, name }) => `  ${id - 1}: ${JSON.stringify(name)}\n`).join('');
    yield {
      path: 'data.yaml',
      chunks: [bytesOf(`path: .\ntrain: images\nval: images\nnames:\n${names}`)],
    };
    for (const frame of input.frames) {
      let text = '';
      for (const object of input.objects) {
        const mask = await input.mask(object.id, frame);
        if (mask) text += yoloLines(mask, categoryOf(categories, object) - 1);
      }
      yield { path: `labels/${input.video.name}_${input.frameName(frame)}.txt`, chunks: [bytesOf(text)] };
    }
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const paths = input.paths.filter((one) => one.toLowerCase().endsWith('.txt'));
    requireFiles(paths, 'txt file');
    const yaml = input.paths.find((one) => one.endsWith('.yaml'));
    const names = yaml ? namesOf(textOf(await input.read(yaml))) : new Map<number, string>();
    for (const path of paths) yield* readLabels(textOf(await input.read(path)), path, names, input);
  },
};

/** A line for each part: through the centres of its pixels, as Ultralytics and OpenCV fill them. */
export function yoloLines(mask: RunLength, category: number): string {
  const { width, height } = mask;
  const number = ([x, y]: Place): string => `${share(x, width)} ${share(y, height)}`;
  return tracePolygons(decodeRunLength(mask))
    .map((part) => {
      const ring = bridgedRings(part, 'centres').map(([x, y]) => [Math.round(x), Math.round(y)] as const);
      // A polygon has three places, even that of a dot.
      const full = ring.length >= 3 ? ring : [...ring, ring[0]!, ring[0]!];
      return `${category} ${full.map(number).join(' ')}\n`;
    })
    .join('');
}

/** The middle of a pixel as a share of the picture, so that cutting it to whole pixels gives the pixel back. */
function share(at: number, size: number): string {
  return ((at + 0.5) / size).toFixed(6);
}

/**
 * One object a class: YOLO does not say which line belongs to which object, so what is of one class is joined. Masks
 * that were objects of their own need names from another format.
 */
function* readLabels(
  text: string,
  path: string,
  names: ReadonlyMap<number, string>,
  input: ImportInput,
): Generator<ImportedMask, void, undefined> {
  const { width, height } = input.video;
  const name = stem(path);
  const own = name.startsWith(`${input.video.name}_`) ? name.slice(input.video.name.length + 1) : name;
  const frame =
    input.frameOf(own) ?? input.frameOf(name) ?? input.frameOf(name.slice(name.lastIndexOf('_') + 1));
  if (frame === null) throw noFrame(path, input);
  const byClass = new Map<number, Place[][]>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [category, ...numbers] = line.trim().split(/\s+/).map(Number);
    if (
      !Number.isInteger(category) ||
      numbers.length < 6 ||
      numbers.length % 2 === 1 ||
      numbers.some((one) => !(one >= -1 && one <= 2))
    )
      throw new FormatError(
        `Line ${i + 1} of “${path}” is not a class and three or more places between 0 and 1. Nothing was imported.`,
        { path, line: i + 1 },
      );
    const ring = Array.from({ length: numbers.length / 2 }, (_, at): Place => {
      return [Math.floor(numbers[at * 2]! * width), Math.floor(numbers[at * 2 + 1]! * height)];
    });
    const known = byClass.get(category!);
    if (known) known.push(ring);
    else byClass.set(category!, [ring]);
  }
  for (const [category, rings] of byClass) {
    const className = names.get(category) ?? `class ${category}`;
    yield {
      key: String(category),
      name: className,
      className,
      frame,
      mask: fillCentres(rings, width, height),
    };
  }
}

/** `names:` of a data.yaml, as a map of numbers or a list. */
function namesOf(text: string): Map<number, string> {
  const names = new Map<number, string>();
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => line.startsWith('names:') && line.slice(6).trim() === '') + 1;
  if (begin === 0) return names;
  for (let i = begin; i < lines.length && /^[ \t-]/.test(lines[i]!); i++) {
    const entry = lines[i]!.trim();
    const colon = entry.indexOf(':');
    const listed = entry.startsWith('-');
    const number = listed ? i - begin : /^\d+$/.test(entry.slice(0, colon).trim()) ? parseInt(entry, 10) : -1;
    const name = entry.slice(listed ? 1 : colon + 1).trim();
    if (number >= 0 && name !== '') names.set(number, name.replace(/^["']|["']$/g, ''));
  }
  return names;
}
