import type { MaskSource, ObjectRecord } from '../annotation';
import { FormatError } from '../errors';
import { decodeRunLength, runLengthArea } from '../mask';
import type { RunLength } from '../mask';
import type { ExportInput } from './format';
import { FrameClock, toMicroseconds } from './frame-clock';
import { measure } from './geometry';
import type { Geometry } from './geometry';

/** A value of a table; null where there is none. */
export type Cell = number | string | boolean | null;

/** A column: `int` and `float` are numbers. */
export interface Column {
  readonly name: string;
  readonly type: 'int' | 'float' | 'text' | 'bool';
}

/** Rows and columns that come one by one. */
export interface Table {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly rows: () => AsyncIterable<readonly Cell[]>;
}

export type TableName = 'objects' | 'geometry' | 'overlaps' | 'prompts' | 'features' | 'events';

const columns = (text: string): Column[] =>
  text.split(' ').map((one) => {
    const [name, type] = one.split(':') as [string, Column['type'] | undefined];
    return { name, type: type ?? 'int' };
  });
const place = 'frame time:float object object_name:text class:text';

/** The tables of a session (J8), in the order in which they are written. */
export function tablesOf(input: ExportInput): Table[] {
  return [
    {
      name: 'objects',
      columns: columns('object object_name:text class:text color:text frames_with_mask'),
      rows: () => objectRows(input),
    },
    { name: 'geometry', columns: geometryColumns(input), rows: () => geometryRows(input) },
    {
      name: 'overlaps',
      columns: columns('frame time:float object object_name:text other other_name:text pixels iou:float'),
      rows: () => overlapRows(input),
    },
    {
      name: 'prompts',
      columns: columns(
        `${place} prompt:text kind:text positive:bool x:float y:float x0:float y0:float x1:float y1:float`,
      ),
      rows: () => promptRows(input),
    },
    {
      name: 'features',
      columns: columns(`${place} feature:text value:text`),
      rows: () => featureRows(input),
    },
    {
      name: 'events',
      columns: columns(
        'object object_name:text class:text feature:text value:text first_frame last_frame start:float end:float seconds:float',
      ),
      rows: () => eventRows(input),
    },
  ];
}

/** One table by name. Throws a FormatError that lists those there are. */
export function tableOf(input: ExportInput, name: string): Table {
  const tables = tablesOf(input);
  const found = tables.find((one) => one.name === name);
  if (found) return found;
  throw new FormatError(
    `There is no table “${name}”. There are: ${tables.map((one) => one.name).join(', ')}.`,
    { name },
  );
}

function named({ classes }: ExportInput, { number, name, classId }: ObjectRecord): Cell[] {
  return [number, name, classes.find((one) => one.id === classId)?.name ?? null];
}

async function* objectRows(input: ExportInput): AsyncGenerator<Cell[]> {
  for (const object of input.objects) {
    const track = input.document.track(object.id);
    const seen = input.frames.filter(
      (frame) => (track.entryAt(frame)?.area ?? 0) > 0 && !input.document.isAbsent(object.id, frame),
    );
    yield [...named(input, object), object.color, seen.length];
  }
}

const lengths = ['centroid_x', 'centroid_y', 'perimeter'] as const;

function geometryColumns({ scale }: ExportInput): Column[] {
  const own = columns(
    `${place} source:text distance area:int centroid_x:float centroid_y:float x0 y0 x1 y1 perimeter:float solidity:float orientation:float speed:float`,
  );
  if (!scale) return own;
  const real = [
    `area_${scale.unit}2`,
    ...lengths.map((one) => `${one}_${scale.unit}`),
    `speed_${scale.unit}`,
  ];
  return [...own, ...real.map((name): Column => ({ name, type: 'float' }))];
}

/** A row for each object and frame that has a mask, an empty one too: its area is 0 and its place is nowhere. */
async function* geometryRows(input: ExportInput): AsyncGenerator<Cell[]> {
  const before = new Map<string, { frame: number; geometry: Geometry }>();
  for (const frame of input.frames) {
    for (const object of input.objects) {
      const mask = await input.mask(object.id, frame);
      if (!mask) continue;
      const geometry = runLengthArea(mask) > 0 ? measure(decodeRunLength(mask)) : null;
      const last = before.get(object.id);
      const speed =
        geometry && last && last.frame === frame - 1 ? speedOf(input, last, { frame, geometry }) : null;
      if (geometry) before.set(object.id, { frame, geometry });
      const source = sourceOf(input, object.id, frame);
      yield [
        frame,
        seconds(input, frame),
        ...named(input, object),
        ...source,
        ...measured(geometry, speed),
        ...scaled(input, geometry, speed),
      ];
    }
  }
}

function measured(geometry: Geometry | null, speed: number | null): Cell[] {
  if (!geometry) return [0, ...new Array<null>(10).fill(null)];
  const { area, centroid, box, perimeter, solidity, orientation } = geometry;
  return [area, ...centroid, box.x0, box.y0, box.x1, box.y1, perimeter, solidity, orientation, speed];
}

function scaled({ scale }: ExportInput, geometry: Geometry | null, speed: number | null): Cell[] {
  if (!scale) return [];
  if (!geometry) return [0, null, null, null, null];
  const { perPixel } = scale;
  const { area, centroid, perimeter } = geometry;
  const real = [...centroid, perimeter].map((one) => one * perPixel);
  return [area * perPixel ** 2, ...real, speed === null ? null : speed * perPixel];
}

interface Seen {
  readonly frame: number;
  readonly geometry: Geometry;
}

/** How far the centroid went from the frame before, a second; a frame where the source has no time. */
function speedOf(input: ExportInput, from: Seen, to: Seen): number {
  const [[x0, y0], [x1, y1]] = [from.geometry.centroid, to.geometry.centroid];
  const distance = Math.hypot(x1 - x0, y1 - y0);
  const [t0, t1] = [input.timeOf(from.frame), input.timeOf(to.frame)];
  return t0 === null || t1 === null || t1 <= t0 ? distance : distance / (t1 - t0);
}

/** Where a mask comes from, and how many frames from the next prompt. */
function sourceOf(
  { document }: ExportInput,
  objectId: string,
  frame: number,
): [string | null, number | null] {
  if (document.isAbsent(objectId, frame)) return ['absent', null];
  const source: MaskSource | undefined = document.track(objectId).entryAt(frame)?.source;
  if (!source) return [null, null];
  if (source.kind !== 'propagated') return [source.kind, source.kind === 'prompted' ? 0 : null];
  return [source.interpolated ? 'interpolated' : 'propagated', source.distance];
}

/** A row for each two objects that share pixels on a frame. */
async function* overlapRows(input: ExportInput): AsyncGenerator<Cell[]> {
  for (const frame of input.frames) {
    const masks: { object: ObjectRecord; mask: RunLength }[] = [];
    for (const object of input.objects) {
      const mask = await input.mask(object.id, frame);
      if (mask && runLengthArea(mask) > 0) masks.push({ object, mask });
    }
    for (const [i, { object, mask }] of masks.entries()) {
      for (const other of masks.slice(i + 1)) {
        const { both, iou } = shared(mask, other.mask);
        const names = [object.number, object.name, other.object.number, other.object.name];
        if (both > 0) yield [frame, seconds(input, frame), ...names, both, iou];
      }
    }
  }
}

function shared(a: RunLength, b: RunLength): { both: number; iou: number } {
  const [one, other] = [decodeRunLength(a), decodeRunLength(b)];
  let both = 0;
  for (let i = 0; i < one.data.length; i++) both += one.data[i]! & other.data[i]!;
  return { both, iou: both / (runLengthArea(a) + runLengthArea(b) - both) };
}

async function* promptRows(input: ExportInput): AsyncGenerator<Cell[]> {
  const rank = new Map(input.objects.map((one) => [one.id, one]));
  const wanted = new Set(input.frames);
  const prompts = input.document.prompts.filter((one) => rank.has(one.objectId) && wanted.has(one.frame));
  for (const prompt of [...prompts].sort((a, b) => a.frame - b.frame)) {
    const { frame, kind, id } = prompt;
    const positive = kind === 'point' ? prompt.positive : null;
    const point = kind === 'point' ? [prompt.x, prompt.y] : [null, null];
    const box = kind === 'box' ? [prompt.x0, prompt.y0, prompt.x1, prompt.y1] : [null, null, null, null];
    yield [
      frame,
      seconds(input, frame),
      ...named(input, rank.get(prompt.objectId)!),
      id,
      kind,
      positive,
      ...point,
      ...box,
    ];
  }
}

/** A row for each frame, object and feature that has a value there. */
async function* featureRows(input: ExportInput): AsyncGenerator<Cell[]> {
  const { document } = input;
  for (const frame of input.frames) {
    for (const object of input.objects) {
      for (const { id, name } of document.features) {
        const value = document.featureAt(object.id, id, frame);
        if (value !== null)
          yield [frame, seconds(input, frame), ...named(input, object), name, String(value)];
      }
    }
  }
}

/** A row for each stretch of frames on which a feature keeps its value, cut to the frames of the export. */
async function* eventRows(input: ExportInput): AsyncGenerator<Cell[]> {
  const clock = new FrameClock(input);
  const [begin, end] = [input.frames[0] ?? 0, input.frames[input.frames.length - 1] ?? -1];
  for (const object of input.objects) {
    for (const { id, name } of input.document.features) {
      const changes = input.document.featureChanges.filter(
        (one) => one.objectId === object.id && one.featureId === id,
      );
      for (const [i, { frame, value }] of changes.entries()) {
        const first = Math.max(begin, frame);
        const last = Math.min(end, (changes[i + 1]?.frame ?? input.video.frameCount) - 1);
        if (value === null || first > last) continue;
        const { start, end: stop, seconds: lasts } = clock.span(first, last);
        yield [...named(input, object), name, String(value), first, last, start, stop, lasts];
      }
    }
  }
}

function seconds(input: ExportInput, frame: number): number | null {
  return toMicroseconds(input.timeOf(frame));
}
