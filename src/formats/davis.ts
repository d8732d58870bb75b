import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { encodeIndexedPng } from './indexed-png';
import { labelMap } from './label-map';
import { voidLabel } from '../mask';
import { byNumber, pathsBelow, readLabelPictures, requireFiles } from './label-pictures';
import { bytesOf, textOf } from './text';

/** J1: `Annotations/VIDEO/00000.png`, 8-bit indexed, VOC palette, 0 for background, 255 for void, else the object's number. */
export const davis: Format = {
  name: 'davis',
  title: 'Indexed PNG (DAVIS)',
  keeps:
    'A picture a frame, a colour an object. Names, classes and features are lost; an overlap goes to the object higher in the list; 254 objects at most.',
  write: (input) => labelPictures(input, `Annotations/${input.video.name}`),
  read: (input) => readPictures(input),
};

/** J1: as LVOS lays it out, `Annotations/VIDEO/00000001.png`: eight digits, the frames as they are numbered. */
export const lvos: Format = {
  name: 'lvos',
  title: 'Indexed PNG (LVOS)',
  keeps:
    'As DAVIS, frames named with eight digits. Names, classes and features are lost; an overlap goes to the object higher in the list; 254 objects at most.',
  write: (input) =>
    labelPictures(input, `Annotations/${input.video.name}`, (name) =>
      /^\d+$/.test(name) ? name.padStart(8, '0') : name,
    ),
  read: (input) => readPictures(input),
};

/** J1: DAVIS's pictures and `meta.json`: each object's category and the frames on which it is seen. */
export const youtubeVos: Format = {
  name: 'youtube-vos',
  title: 'Indexed PNG (YouTube-VOS)',
  keeps:
    'As DAVIS, with each object’s class and frames in meta.json. Features are lost; an overlap goes to the object higher in the list; 254 objects at most.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const seen = new Map<number, string[]>();
    for await (const file of labelPictures(input, `Annotations/${input.video.name}`, undefined, seen))
      yield file;
    const category = (classId: string | null, name: string): string =>
      input.classes.find((one) => one.id === classId)?.name ?? name;
    const objects = Object.fromEntries(
      input.objects.map(({ number, classId, name }) => [
        String(number),
        { category: category(classId, name), frames: seen.get(number) ?? [] },
      ]),
    );
    const meta = { videos: { [input.video.name]: { objects } } };
    yield { path: 'meta.json', chunks: [bytesOf(JSON.stringify(meta, null, 1))] };
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const meta = input.paths.find((one) => one === 'meta.json' || one.endsWith('/meta.json'));
    const categories = meta ? categoriesOf(textOf(await input.read(meta))) : new Map<number, string>();
    yield* readPictures(input, (number) => ({
      name: byNumber(number).name,
      className: categories.get(number) ?? null,
    }));
  },
};

async function* labelPictures(
  input: ExportInput,
  folder: string,
  rename: (name: string) => string = (name) => name,
  seen?: Map<number, string[]>,
): AsyncGenerator<ExportedFile, void, undefined> {
  const { width, height } = input.video;
  for (const frame of input.frames) {
    const data = await labelMap(input, frame, voidLabel - 1);
    const name = rename(input.frameName(frame));
    if (seen) new Set(data).forEach((one) => seen.set(one, [...(seen.get(one) ?? []), name]));
    yield { path: `${folder}/${name}.png`, chunks: [encodeIndexedPng({ width, height, data })] };
  }
}

async function* readPictures(
  input: ImportInput,
  named: Parameters<typeof readLabelPictures>[2] = byNumber,
): AsyncGenerator<ImportedMask, void, undefined> {
  const paths = pathsBelow(input.paths, 'Annotations', '.png');
  requireFiles(paths, 'PNG picture');
  // A data set has a folder for each video: that of this video is taken where it is there.
  const own = paths.filter((one) => one.split('/').at(-2) === input.video.name);
  yield* withoutVoid(readLabelPictures(input, own.length > 0 ? own : paths, named));
}

/** Objects but for void, where it is not the only number: DAVIS 2016 writes its one object so. */
async function* withoutVoid(
  masks: AsyncIterable<ImportedMask>,
): AsyncGenerator<ImportedMask, void, undefined> {
  let alone: ImportedMask[] | null = [];
  for await (const one of masks)
    if (one.key === String(voidLabel)) alone?.push(one);
    else {
      alone = null;
      yield one;
    }
  yield* alone ?? [];
}

/** `videos.NAME.objects.N.category` of the first video; nothing where the file says nothing of the kind. */
function categoriesOf(text: string): Map<number, string> {
  const categories = new Map<number, string>();
  let meta: unknown;
  try {
    meta = JSON.parse(text);
  } catch {
    return categories;
  }
  const inside = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const videos = inside(meta, 'videos');
  const first: unknown = typeof videos === 'object' && videos !== null ? Object.values(videos)[0] : undefined;
  const objects = inside(first, 'objects');
  if (typeof objects !== 'object' || objects === null) return categories;
  for (const [number, object] of Object.entries(objects)) {
    const category = inside(object, 'category');
    if (typeof category === 'string' && category !== '') categories.set(Number(number), category);
  }
  return categories;
}
