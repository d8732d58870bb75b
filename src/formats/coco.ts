import type { ObjectRecord } from '../annotation';
import { decodeRunLength, runLengthArea } from '../mask';
import type { RunLength } from '../mask';
import { bridgedRings, tracePolygons } from './contours';
import type { ExportedFile, ExportInput, Format } from './format';
import { readCoco } from './read-coco';
import { rleString, runLengthBox } from './rle-string';
import { bytesOf } from './text';

/**
 * J2: one `VIDEO.json` in the schema of YouTube-VIS: an annotation an object, its `segmentations`, `areas` and
 * `bboxes` with an entry a frame, null where nothing was computed or the object is absent.
 */
export const coco: Format = {
  name: 'coco',
  title: 'COCO video JSON, run lengths',
  keeps:
    'One file in the schema of YouTube-VIS: masks to the pixel, names, classes, overlaps. Features are lost.',
  write: (input) => cocoFile(input, rleJson),
  read: readCoco,
};

/** J2: the same with polygons: several parts are several polygons, and a hole is reached by a bridge of no width. */
export const cocoPolygons: Format = {
  name: 'coco-polygons',
  title: 'COCO video JSON, polygons',
  keeps:
    'One file with a polygon a part, to the pixel; a hole is reached by a bridge of no width. Features are lost.',
  write: (input) => cocoFile(input, polygonJson),
  read: readCoco,
};

/** Run lengths with `counts` as a string, as pycocotools writes them. */
export function rleJson(mask: RunLength): string {
  return JSON.stringify({ size: [mask.height, mask.width], counts: rleString(mask) });
}

/** Corners of pixels, as pycocotools understands polygons: what it fills is the mask to the pixel. */
function polygonJson(mask: RunLength): string {
  const rings = tracePolygons(decodeRunLength(mask)).map((one) => bridgedRings(one, 'corners'));
  return JSON.stringify(rings.map((ring) => ring.flat()));
}

async function* cocoFile(
  input: ExportInput,
  segmentation: (mask: RunLength) => string,
): AsyncGenerator<ExportedFile, void, undefined> {
  yield { path: `${input.video.name}.json`, chunks: cocoChunks(input, segmentation) };
}

async function* cocoChunks(
  input: ExportInput,
  segmentation: (mask: RunLength) => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { name, width, height } = input.video;
  const fileNames = input.frames.map((frame) => `${name}/${input.frameName(frame)}.jpg`);
  const categories = categoriesOf(input);
  const video = { id: 1, name, width, height, length: input.frames.length, file_names: fileNames };
  const head = {
    info: { description: `${name}, annotated with Masklet`, frames: input.frames },
    licenses: [],
    videos: [video],
    categories: categories.map(({ id, name: category }) => ({ id, name: category, supercategory: 'object' })),
  };
  yield bytesOf(`${JSON.stringify(head).slice(0, -1)},"annotations":[`);
  for (const [at, object] of input.objects.entries()) {
    yield bytesOf(at === 0 ? '\n' : ',\n');
    const ids = { id: object.number, videoId: 1, categoryId: categoryOf(categories, object) };
    yield* videoAnnotation(input, object, ids, segmentation);
  }
  yield bytesOf('\n]}\n');
}

/** The numbers of an object's annotation. */
export interface AnnotationIds {
  readonly id: number;
  readonly videoId: number;
  readonly categoryId: number;
}

/** An object as an annotation of the YouTube-VIS schema, in pieces. */
export async function* videoAnnotation(
  input: ExportInput,
  object: ObjectRecord,
  { id, videoId, categoryId }: AnnotationIds,
  segmentation: (mask: RunLength) => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { width, height } = input.video;
  const head = {
    ...{
      id,
      video_id: videoId,
      category_id: categoryId,
      iscrowd: 0,
      width,
      height,
      length: input.frames.length,
    },
    attributes: { name: object.name },
  };
  const areas: (number | null)[] = [];
  const boxes: (number[] | null)[] = [];
  yield bytesOf(`${JSON.stringify(head).slice(0, -1)},"segmentations":[`);
  for (const [i, frame] of input.frames.entries()) {
    const mask = await input.mask(object.id, frame);
    const box = mask && runLengthBox(mask);
    areas.push(mask && box ? runLengthArea(mask) : null);
    boxes.push(box && [box.x0, box.y0, box.x1 - box.x0 + 1, box.y1 - box.y0 + 1]);
    yield bytesOf(`${i === 0 ? '' : ','}${mask && box ? segmentation(mask) : 'null'}`);
  }
  yield bytesOf(`],"areas":${JSON.stringify(areas)},"bboxes":${JSON.stringify(boxes)}}`);
}

interface Category {
  readonly id: number;
  readonly classId: string | null;
  readonly name: string;
}

/** Classes as categories, from 1; objects without a class are of the category “object”. */
export function categoriesOf({ classes, objects }: ExportInput): Category[] {
  const named = classes.map(({ id, name }) => ({ classId: id, name }));
  const some = objects.some((one) => one.classId === null) || named.length === 0;
  const all = some ? [...named, { classId: null, name: 'object' }] : named;
  return all.map((one, i) => ({ id: i + 1, ...one }));
}

/** The number of an object's category. */
export function categoryOf(categories: readonly Category[], { classId }: ObjectRecord): number {
  return categories.find((one) => one.classId === classId)!.id;
}
