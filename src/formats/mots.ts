import { FormatError } from '../errors';
import { encodeRunLength, paintRunLength, runLengthArea } from '../mask';
import { categoriesOf, categoryOf } from './coco';
import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { requireRoom } from './label-map';
import { checkClaim, checkSize, masksOfLabels, noFrame, requireFiles } from './label-pictures';
import { readPng, writePng } from './png';
import { parseRleString, rleString } from './rle-string';
import { bytesOf, stem, textOf } from './text';

/**
 * J4: `instances_txt/VIDEO.txt`, a line an object and frame (`frame id class height width rle`), and
 * `instances/VIDEO/000000.png` of 16 bits, each pixel class * 1000 + instance. An id is class * 1000 + the object's
 * number. MOTS knows no overlap: the first object in the list has a pixel that two claim.
 */
export const mots: Format = {
  name: 'mots',
  title: 'MOTS (txt and 16-bit PNG)',
  keeps:
    'Run lengths and pictures with class and number. Names and features are lost; an overlap goes to the object higher in the list; 999 objects at most.',
  passes: 2,
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    requireRoom(input, 999);
    const { name, width, height } = input.video;
    if (categoriesOf(input).length > 64)
      throw new FormatError('MOTS has room for 64 classes in 16 bits. Nothing was written; use coco.');
    yield { path: `instances_txt/${name}.txt`, chunks: lines(input) };
    for (const frame of input.frames) {
      const ids = await idMap(input, frame);
      const rows = new Uint8Array(width * height * 2);
      for (let i = 0; i < ids.length; i++) {
        rows[i * 2] = ids[i]! >> 8;
        rows[i * 2 + 1] = ids[i]! & 255;
      }
      const path = `instances/${name}/${String(frame).padStart(6, '0')}.png`;
      yield { path, chunks: [writePng({ width, height, depth: 16, kind: 0, rows })] };
    }
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const texts = input.paths.filter((one) => one.toLowerCase().endsWith('.txt'));
    if (texts.length > 0) {
      for (const path of texts) yield* readLines(textOf(await input.read(path)), path, input);
      return;
    }
    const pictures = input.paths.filter((one) => one.toLowerCase().endsWith('.png'));
    requireFiles(pictures, 'txt file or 16-bit PNG');
    for (const path of pictures) yield* readPicture(await input.read(path), path, input);
  },
};

/** Each pixel's id, 0 for none. */
async function idMap(input: ExportInput, frame: number): Promise<Uint16Array> {
  const { width, height } = input.video;
  const categories = categoriesOf(input);
  const ids = new Uint16Array(width * height);
  for (const object of [...input.objects].reverse()) {
    const mask = await input.mask(object.id, frame);
    if (mask) paintRunLength(mask, ids, categoryOf(categories, object) * 1000 + object.number);
  }
  return ids;
}

async function* lines(input: ExportInput): AsyncGenerator<Uint8Array, void, undefined> {
  const { width, height } = input.video;
  const categories = categoriesOf(input);
  for (const frame of input.frames) {
    const ids = await idMap(input, frame);
    for (const object of input.objects) {
      const category = categoryOf(categories, object);
      const id = category * 1000 + object.number;
      const data = new Uint8Array(ids.length);
      for (let i = 0; i < ids.length; i++) data[i] = ids[i] === id ? 1 : 0;
      const mask = encodeRunLength({ width, height, data });
      if (runLengthArea(mask) > 0)
        yield bytesOf(`${frame} ${id} ${category} ${height} ${width} ${rleString(mask)}\n`);
    }
  }
}

function* readLines(
  text: string,
  path: string,
  input: ImportInput,
): Generator<ImportedMask, void, undefined> {
  const { width, height, frameCount } = input.video;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [frame, id, category, h, w, rle, ...more] = line.trim().split(' ');
    const numbers = [frame, id, category, h, w].map(Number);
    if (rle === undefined || more.length > 0 || numbers.some((one) => !Number.isInteger(one) || one < 0))
      throw new FormatError(
        `Line ${i + 1} of “${path}” is not “frame id class height width rle”. Nothing was imported.`,
        { path, line: i + 1 },
      );
    checkSize(path, { width: numbers[4]!, height: numbers[3]! }, input);
    if (numbers[0]! >= frameCount) throw noFrame(`${path} line ${i + 1}`, input);
    // 10000 marks what is to be ignored.
    if (numbers[2] === 10) continue;
    const mask = parseRleString(rle, width, height);
    yield {
      key: id!,
      name: `object ${numbers[1]! % 1000}`,
      className: `class ${category}`,
      frame: numbers[0]!,
      mask,
    };
  }
}

function* readPicture(
  bytes: Uint8Array,
  path: string,
  input: ImportInput,
): Generator<ImportedMask, void, undefined> {
  const frame = input.frameOf(stem(path)) ?? (/^\d+$/.test(stem(path)) ? Number(stem(path)) : -1);
  if (frame < 0 || frame >= input.video.frameCount) throw noFrame(path, input);
  checkClaim(path, bytes, input);
  const png = readPng(bytes, ({ kind, depth }) => depth === 16 && kind === 0);
  if (!png) throw new FormatError(`“${path}” is no grey PNG of 16 bits. Nothing was imported.`, { path });
  checkSize(path, png, input);
  const ids = new Uint16Array(png.width * png.height);
  ids.forEach((_, i) => (ids[i] = (png.rows[i * 2]! << 8) | png.rows[i * 2 + 1]!));
  const known = ids.map((id) => (Math.floor(id / 1000) === 10 ? 0 : id));
  yield* masksOfLabels(input, known, frame, (id) => ({
    name: `object ${id % 1000}`,
    className: `class ${Math.floor(id / 1000)}`,
  }));
}
