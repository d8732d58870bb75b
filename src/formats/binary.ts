import { FormatError } from '../errors';
import { decodeRunLength, emptyRunLength, encodeRunLength } from '../mask';
import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { checkClaim, checkSize, noFrame, requireFiles } from './label-pictures';
import { readPng, writePng } from './png';
import { safeName, stem } from './text';

/** J1: `VIDEO/OBJECT/00000.png`, one 8-bit grey picture an object and frame, 255 where the object is, else 0. */
export const binary: Format = {
  name: 'binary',
  title: 'Binary PNG, one folder an object',
  keeps: 'A folder an object, named as it is. Overlaps are kept; classes and features are lost.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const { name, width, height } = input.video;
    const folders = objectFolders(input);
    for (const frame of input.frames) {
      for (const object of input.objects) {
        // Overlapping objects each keep their pixels here; a mask never computed is as empty as one found empty.
        const mask = (await input.mask(object.id, frame)) ?? emptyRunLength(width, height);
        const rows = decodeRunLength(mask).data.map((value) => value * 255);
        const path = `${name}/${folders.get(object.id)!}/${input.frameName(frame)}.png`;
        yield { path, chunks: [writePng({ width, height, depth: 8, kind: 0, rows })] };
      }
    }
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const paths = input.paths.filter((one) => one.toLowerCase().endsWith('.png'));
    requireFiles(paths, 'PNG picture');
    const { width, height } = input.video;
    for (const path of paths) {
      const name = path.split('/').at(-2) ?? 'object';
      const frame = input.frameOf(stem(path));
      if (frame === null) throw noFrame(path, input);
      const file = await input.read(path);
      checkClaim(path, file, input);
      const png = readPng(file, ({ kind, depth }) => depth === 8 && (kind === 0 || kind === 3));
      if (!png) throw new FormatError(`“${path}” is no grey PNG of 8 bits. Nothing was imported.`, { path });
      checkSize(path, png, input);
      const data = png.rows.map((value) => (value > 0 ? 1 : 0));
      const mask = encodeRunLength({ width, height, data });
      yield { key: name, name, className: null, frame, mask };
    }
  },
};

/** A folder for each object: its name, with its number where two would share one. */
function objectFolders({ objects }: ExportInput): Map<string, string> {
  const plain = (name: string): string => safeName(name).toLowerCase();
  return new Map(
    objects.map(({ id, name, number }) => {
      const shared = objects.filter((one) => plain(one.name) === plain(name)).length > 1;
      return [id, shared ? `${safeName(name)} ${number}` : safeName(name)];
    }),
  );
}
