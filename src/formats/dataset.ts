import type { ObjectRecord } from '../annotation';
import { runLengthArea } from '../mask';
import { rleJson, videoAnnotation } from './coco';
import type { ExportedFile, ExportInput } from './format';
import { runLengthBox } from './rle-string';
import { bytesOf } from './text';

/** One video of a data set. */
export interface DatasetClip {
  /** Its folder's name; no two clips have the same. */
  readonly name: string;
  /** The part of the data set that it is in: `train`, `val` … */
  readonly split: string;
  readonly input: ExportInput;
  /** A frame as JPEG, where pictures are wanted. */
  readonly jpeg: ((frame: number) => Promise<Uint8Array>) | null;
}

/** Where a clip begins in the numbers of the whole set: they go on from clip to clip, whatever its split. */
interface NumberedClip extends DatasetClip {
  readonly videoId: number;
  readonly firstImage: number;
  readonly firstTrack: number;
}

/**
 * Clips as one data set. For each split `annotations/SPLIT.json` in the schema of YouTube-VIS (an annotation an object),
 * `annotations/instances_SPLIT.json` in that of COCO (an annotation an object and picture, `track_id` is the former's id),
 * and the pictures `SPLIT/CLIP/00000.jpg` where they are wanted. Categories are joined by name. Numbers of videos,
 * pictures and tracks follow the order of the clips, so that one more at the end leaves all others as they are.
 */
export async function* datasetFiles(
  clips: readonly DatasetClip[],
): AsyncGenerator<ExportedFile, void, undefined> {
  const categories = datasetCategories(clips);
  const all = numbered(clips);
  for (const split of new Set(clips.map((one) => one.split))) {
    const own = all.filter((one) => one.split === split);
    yield { path: `annotations/${split}.json`, chunks: videoChunks(own, split, categories) };
    yield { path: `annotations/instances_${split}.json`, chunks: imageChunks(own, split, categories) };
    for (const { name, input, jpeg } of own)
      for (const frame of jpeg ? input.frames : [])
        yield { path: `${split}/${fileName(name, input, frame)}`, chunks: once(() => jpeg!(frame)) };
  }
}

/** Names of the categories of all clips, in the order in which they come; the first has the number 1. */
export function datasetCategories(clips: readonly Pick<DatasetClip, 'input'>[]): string[] {
  const names = clips.flatMap(({ input }) => input.objects.map((object) => categoryName(input, object)));
  return [...new Set(names)];
}

function categoryName({ classes }: ExportInput, { classId }: ObjectRecord): string {
  return classes.find((one) => one.id === classId)?.name ?? 'object';
}

function numbered(clips: readonly DatasetClip[]): NumberedClip[] {
  let [firstImage, firstTrack] = [1, 1];
  return clips.map((clip, i) => {
    const one = { ...clip, videoId: i + 1, firstImage, firstTrack };
    firstImage += clip.input.frames.length;
    firstTrack += clip.input.objects.length;
    return one;
  });
}

function fileName(name: string, input: ExportInput, frame: number): string {
  return `${name}/${input.frameName(frame)}.jpg`;
}

function head(split: string, categories: readonly string[], media: object): string {
  const whole = {
    info: { description: `${split}, annotated with Masklet` },
    licenses: [],
    ...media,
    categories: categories.map((name, i) => ({ id: i + 1, name, supercategory: 'object' })),
  };
  return `${JSON.stringify(whole).slice(0, -1)},"annotations":[`;
}

async function* videoChunks(
  clips: readonly NumberedClip[],
  split: string,
  categories: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const videos = clips.map(({ name, videoId, input }) => {
    const { width, height } = input.video;
    const files = input.frames.map((frame) => fileName(name, input, frame));
    return { id: videoId, name, width, height, length: files.length, file_names: files };
  });
  yield bytesOf(head(split, categories, { videos }));
  let before = '\n';
  for (const { videoId, firstTrack, input } of clips) {
    for (const [i, object] of input.objects.entries()) {
      const categoryId = categories.indexOf(categoryName(input, object)) + 1;
      yield bytesOf(before);
      yield* videoAnnotation(input, object, { id: firstTrack + i, videoId, categoryId }, rleJson);
      before = ',\n';
    }
  }
  yield bytesOf('\n]}\n');
}

async function* imageChunks(
  clips: readonly NumberedClip[],
  split: string,
  categories: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const images = clips.flatMap(({ name, videoId, firstImage, input }) =>
    input.frames.map((frame, i) => {
      const { width, height } = input.video;
      const file = fileName(name, input, frame);
      return { id: firstImage + i, file_name: file, width, height, video_id: videoId, frame };
    }),
  );
  yield bytesOf(head(split, categories, { images }));
  let id = 0;
  for (const clip of clips) {
    for (const [i, frame] of clip.input.frames.entries()) {
      for (const one of await instancesOf(clip, categories, frame)) {
        const annotation = `{"id":${++id},"image_id":${clip.firstImage + i},${one}}`;
        yield bytesOf(`${id === 1 ? '\n' : ',\n'}${annotation}`);
      }
    }
  }
  yield bytesOf('\n]}\n');
}

/** What annotations of one picture say, but for their own numbers. */
async function instancesOf(
  { input, firstTrack }: NumberedClip,
  categories: readonly string[],
  frame: number,
): Promise<string[]> {
  const found: string[] = [];
  for (const [i, object] of input.objects.entries()) {
    const mask = await input.mask(object.id, frame);
    const box = mask && runLengthBox(mask);
    if (!mask || !box) continue;
    const rest = {
      category_id: categories.indexOf(categoryName(input, object)) + 1,
      iscrowd: 0,
      area: runLengthArea(mask),
      bbox: [box.x0, box.y0, box.x1 - box.x0 + 1, box.y1 - box.y0 + 1],
      track_id: firstTrack + i,
      attributes: { name: object.name },
    };
    found.push(`${JSON.stringify(rest).slice(1, -1)},"segmentation":${rleJson(mask)}`);
  }
  return found;
}

async function* once(make: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield await make();
}
