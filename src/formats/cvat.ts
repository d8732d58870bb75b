import { SaxesParser } from 'saxes';
import { FormatError } from '../errors';
import { decodeRunLength, encodeRunLength } from '../mask';
import type { RunLength } from '../mask';
import { categoriesOf } from './coco';
import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { checkSize, noFrame, requireFiles } from './label-pictures';
import { runLengthBox } from './rle-string';
import { bytesOf, stem, textOf, xmlText } from './text';

/**
 * J7: `annotations.xml`, “CVAT for images 1.1”, with `<mask>` elements: run lengths along the rows of the mask's box.
 * CVAT's tracks hold no masks, so each frame has its own; `group_id` and the attribute `object` say who is who.
 */
export const cvat: Format = {
  name: 'cvat',
  title: 'CVAT XML 1.1',
  keeps: 'One file with run lengths, names, classes, overlaps. Features are lost.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    yield { path: 'annotations.xml', chunks: xml(input) };
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const paths = input.paths.filter((one) => one.toLowerCase().endsWith('.xml'));
    requireFiles(paths, 'XML file');
    for (const path of paths) yield* readXml(textOf(await input.read(path)), path, input);
  },
};

async function* xml(input: ExportInput): AsyncGenerator<Uint8Array, void, undefined> {
  const { name, width, height } = input.video;
  const categories = categoriesOf(input);
  const attribute =
    '<attribute><name>object</name><mutable>False</mutable><input_type>text</input_type><default_value></default_value><values></values></attribute>';
  const labels = categories
    .map(
      (one) =>
        `<label><name>${xmlText(one.name)}</name><type>mask</type><attributes>${attribute}</attributes></label>`,
    )
    .join('');
  yield bytesOf(
    `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n<meta><task><name>${xmlText(name)}</name><size>${input.frames.length}</size><mode>interpolation</mode><overlap>0</overlap><labels>${labels}</labels><original_size><width>${width}</width><height>${height}</height></original_size></task></meta>\n`,
  );
  for (const frame of input.frames) {
    let text = `<image id="${frame}" name="${xmlText(`${input.frameName(frame)}.jpg`)}" width="${width}" height="${height}">\n`;
    for (const [at, object] of input.objects.entries()) {
      const mask = await input.mask(object.id, frame);
      const label = categories.find((one) => one.classId === object.classId)!.name;
      if (mask) text += maskElement(mask, label, object.name, object.number, input.objects.length - at);
    }
    yield bytesOf(`${text}</image>\n`);
  }
  yield bytesOf('</annotations>\n');
}

function maskElement(mask: RunLength, label: string, name: string, group: number, order: number): string {
  const box = runLengthBox(mask);
  if (!box) return '';
  const { width, data } = decodeRunLength(mask);
  const runs: number[] = [0];
  let value = 0;
  for (let y = box.y0; y <= box.y1; y++) {
    for (let x = box.x0; x <= box.x1; x++) {
      if (data[y * width + x] !== value) {
        value ^= 1;
        runs.push(0);
      }
      runs[runs.length - 1]!++;
    }
  }
  const size = `left="${box.x0}" top="${box.y0}" width="${box.x1 - box.x0 + 1}" height="${box.y1 - box.y0 + 1}"`;
  return `<mask label="${xmlText(label)}" source="semi-auto" occluded="0" rle="${runs.join(', ')}" ${size} z_order="${order}" group_id="${group}"><attribute name="object">${xmlText(name)}</attribute></mask>\n`;
}

interface OpenMask {
  readonly attributes: Readonly<Record<string, string>>;
  readonly frame: number;
  name: string | null;
}

/** Entities beyond XML's own five are not known to the parser, so none can swell. */
function readXml(text: string, path: string, input: ImportInput): ImportedMask[] {
  const found: ImportedMask[] = [];
  const parser = new SaxesParser();
  let [frame, inObject]: [number | null, boolean] = [null, false];
  let open: OpenMask | null = null;
  parser.on('error', (error) => {
    throw wrong(path, `it is no XML (${error.message.slice(0, 120)})`);
  });
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > 64) throw wrong(path, 'its elements lie in one another more than 64 deep');
    if (name === 'image') frame = frameOf(attributes, path, input);
    else if (name === 'mask' && frame !== null) open = { attributes, frame, name: null };
    else if (name === 'attribute') inObject = attributes['name'] === 'object';
  });
  parser.on('text', (words) => {
    if (open && inObject) open.name = (open.name ?? '') + words;
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    if (name === 'attribute') inObject = false;
    if (name === 'mask' && open) {
      found.push(importedMask(open, path, input));
      open = null;
    }
  });
  parser.write(text).close();
  return found;
}

function frameOf(attributes: Readonly<Record<string, string>>, path: string, input: ImportInput): number {
  const size = { width: Number(attributes['width']), height: Number(attributes['height']) };
  checkSize(path, size, input);
  const id = /^\d+$/.test(attributes['id'] ?? '') ? Number(attributes['id']) : -1;
  const frame = input.frameOf(stem(attributes['name'] ?? '')) ?? id;
  if (frame < 0 || frame >= input.video.frameCount) throw noFrame(attributes['name'] ?? path, input);
  return frame;
}

function importedMask({ attributes, frame, name }: OpenMask, path: string, input: ImportInput): ImportedMask {
  const { width, height } = input.video;
  const [left, top, w, h] = ['left', 'top', 'width', 'height'].map((one) => Number(attributes[one])) as [
    number,
    number,
    number,
    number,
  ];
  const whole = [left, top, w, h].every((one) => Number.isInteger(one) && one >= 0);
  if (!whole || left + w > width || top + h > height)
    throw wrong(path, 'a mask’s box lies outside the picture');
  const data = new Uint8Array(width * height);
  let [at, value] = [0, 0];
  for (const run of (attributes['rle'] ?? '').split(',').map(Number)) {
    if (!Number.isInteger(run) || run < 0 || at + run > w * h)
      throw wrong(path, 'a mask’s run lengths do not fit its box');
    for (let end = at + run; at < end; at++)
      data[(top + Math.floor(at / w)) * width + left + (at % w)] = value;
    value ^= 1;
  }
  if (at !== w * h) throw wrong(path, 'a mask’s run lengths do not fill its box');
  const label = attributes['label'] ?? 'object';
  const object = name ?? (attributes['group_id'] ? `${label} ${attributes['group_id']}` : label);
  const key = `${attributes['group_id'] ?? ''} ${label} ${object}`;
  return { key, name: object, className: label, frame, mask: encodeRunLength({ width, height, data }) };
}

function wrong(path: string, why: string): FormatError {
  return new FormatError(`“${path}” cannot be read as CVAT XML: ${why}. Nothing was imported.`, { path });
}
