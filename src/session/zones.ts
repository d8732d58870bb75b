import type { ObjectRecord } from '../annotation';
import { FormatError } from '../errors';
import { fillRings, FrameClock, toMicroseconds } from '../formats';
import type { Cell, ExportInput } from '../formats';
import { decodeRunLength } from '../mask';
import type { Bitmap } from '../mask';
import type { GivenMask } from './annotated-object';
import { tableOfRecords } from './session-table';
import type { SessionTable } from './session-table';
import type { FrameSpan } from './video';
import { exportInput } from './write-export';
import type { ExportedWork } from './write-export';

/** A part of the picture, in stored pixels ((0, 0) is the centre of the first): a box, edges inclusive, a polygon, or a mask. */
export type Zone =
  | { readonly box: readonly [x0: number, y0: number, x1: number, y1: number] }
  | { readonly polygon: readonly (readonly [x: number, y: number])[] }
  | { readonly mask: GivenMask };

/** When an object counts as being in a zone, and where to look. */
export interface ZoneOptions {
  /** First and last frame, both included. */
  readonly range?: FrameSpan;
  /** Names, ids, or numbers as `#2`. */
  readonly objects?: readonly string[];
  /**
   * In the zone is: the share of its pixels there is at least this (0.5: half of it; above 0 to 1). Where nothing is
   * said: its centroid is there.
   */
  readonly share?: number;
}

/** Time in zones, as three tables. */
export interface ZoneReport {
  /** A row for each object and zone: visits, frames, seconds and the share of the time in which it was seen. */
  readonly totals: SessionTable;
  /** A row for each stay: first and last frame, start, end and seconds. */
  readonly visits: SessionTable;
  /** A row for each object, zone and frame on which it is seen: whether it is inside, and what share of its pixels. */
  readonly frames: SessionTable;
}

/** One object on one frame against one zone. */
interface Sighting {
  readonly frame: number;
  readonly inside: boolean;
  readonly share: number;
}

/** One object and one zone. */
interface Stays {
  /** The columns that name the object. */
  readonly who: Readonly<Record<string, Cell>>;
  readonly zone: string;
  readonly sightings: readonly Sighting[];
}

/**
 * How long each object is in each zone. A frame lasts until the next one; the last frame as long as the one before it.
 * Frames without a mask, or with an empty one, are neither inside nor outside, and end a stay. Throws a FormatError for a
 * zone that has no pixel in the picture.
 */
export async function timeInZones(
  work: ExportedWork,
  zones: Readonly<Record<string, Zone>>,
  options: ZoneOptions,
): Promise<ZoneReport> {
  const { share, ...chosen } = options;
  if (share !== undefined && !(share > 0 && share <= 1))
    throw new FormatError(`A share is above 0 and at most 1, not ${share}. Nothing was measured.`);
  const input = exportInput(work, chosen);
  const { width, height } = input.video;
  const areas = Object.entries(zones).map(([name, zone]) => ({
    name,
    area: zoneArea(name, zone, width, height),
  }));
  const found = new Map<string, Stays & { sightings: Sighting[] }>();
  for (const object of input.objects)
    for (const { name } of areas)
      found.set(`${object.id} ${name}`, { who: named(input, object), zone: name, sightings: [] });
  for (const frame of input.frames) {
    for (const object of input.objects) {
      const mask = await input.mask(object.id, frame);
      if (!mask) continue;
      const bitmap = decodeRunLength(mask);
      for (const { name, area } of areas) {
        const seen = sighting(bitmap, area, frame, share);
        if (seen) found.get(`${object.id} ${name}`)!.sightings.push(seen);
      }
    }
  }
  return tables([...found.values()], new FrameClock(input));
}

function named({ classes }: ExportInput, { number, name, classId }: ObjectRecord): Record<string, Cell> {
  const className = classes.find((one) => one.id === classId)?.name ?? null;
  return { object: number, object_name: name, class: className };
}

/** Pixels of a zone. Throws a FormatError for one that has none in the picture, or whose mask has another size. */
export function zoneArea(name: string, zone: Zone, width: number, height: number): Bitmap {
  const bitmap = paint(name, zone, width, height);
  if (!bitmap.data.includes(1))
    throw new FormatError(
      `The zone “${name}” has no pixel in the picture, which is ${width} × ${height}. Nothing was measured.`,
    );
  return bitmap;
}

function paint(name: string, zone: Zone, width: number, height: number): Bitmap {
  if ('mask' in zone) {
    const { shape, data } = zone.mask;
    if (shape[0] !== height || shape[1] !== width || data.length !== width * height)
      throw new FormatError(
        `The mask of the zone “${name}” has the shape [${shape.join(', ')}], the picture [${height}, ${width}]. Nothing was measured.`,
      );
    return { width, height, data: data.map((one) => (one === 0 ? 0 : 1)) };
  }
  // Rings go along the edges of pixels, half a pixel from their centres.
  if ('polygon' in zone) {
    const ring = zone.polygon.map(([x, y]) => [x + 0.5, y + 0.5] as const);
    return decodeRunLength(fillRings([ring], width, height));
  }
  const [x0, y0, x1, y1] = zone.box;
  const ring = [
    [x0, y0],
    [x1 + 1, y0],
    [x1 + 1, y1 + 1],
    [x0, y1 + 1],
  ] as const;
  return decodeRunLength(fillRings([ring], width, height));
}

/** Null for an empty mask. */
function sighting(mask: Bitmap, zone: Bitmap, frame: number, least: number | undefined): Sighting | null {
  let [area, within, sumX, sumY] = [0, 0, 0, 0];
  const { width, data } = mask;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 1) continue;
    area++;
    within += zone.data[i]!;
    sumX += i % width;
    sumY += Math.floor(i / width);
  }
  if (area === 0) return null;
  const centre = Math.round(sumY / area) * width + Math.round(sumX / area);
  const share = within / area;
  return { frame, share, inside: least === undefined ? zone.data[centre] === 1 : share >= least };
}

function tables(found: readonly Stays[], clock: FrameClock): ZoneReport {
  const totals: Record<string, Cell>[] = [];
  const visits: Record<string, Cell>[] = [];
  const frames: Record<string, Cell>[] = [];
  for (const { who: own, zone, sightings } of found) {
    const who = { ...own, zone };
    const stays = staysOf(sightings);
    for (const [first, last] of stays)
      visits.push({ ...who, first_frame: first, last_frame: last, ...clock.span(first, last) });
    for (const { frame, inside, share } of sightings)
      frames.push({ frame, time: toMicroseconds(clock.start(frame)), ...who, inside, share });
    const inside = sightings.filter((one) => one.inside).map((one) => one.frame);
    const seconds = lasting(clock, inside);
    const seen = lasting(
      clock,
      sightings.map((one) => one.frame),
    );
    totals.push({
      ...who,
      visits: stays.length,
      frames: inside.length,
      seconds: toMicroseconds(seconds),
      share: sightings.length === 0 ? null : seen ? seconds! / seen : inside.length / sightings.length,
      first_frame: inside[0] ?? null,
    });
  }
  const who = ['object', 'object_name', 'class', 'zone'];
  const stay = ['first_frame', 'last_frame', 'start', 'end', 'seconds'];
  const total = ['visits', 'frames', 'seconds', 'share', 'first_frame'];
  return {
    totals: tableOfRecords('totals', [...who, ...total], totals),
    visits: tableOfRecords('visits', [...who, ...stay], visits),
    frames: tableOfRecords('frames', ['frame', 'time', ...who, 'inside', 'share'], frames),
  };
}

/** First and last frames of unbroken stays. */
export function staysOf(sightings: readonly Pick<Sighting, 'frame' | 'inside'>[]): [number, number][] {
  const stays: [number, number][] = [];
  for (const { frame, inside } of sightings) {
    const last = stays[stays.length - 1];
    if (!inside) continue;
    if (last && last[1] === frame - 1) last[1] = frame;
    else stays.push([frame, frame]);
  }
  return stays;
}

/** Seconds that frames last together. */
function lasting(clock: FrameClock, frames: readonly number[]): number | null {
  let sum = 0;
  for (const frame of frames) {
    const [start, end] = [clock.start(frame), clock.end(frame)];
    if (start === null || end === null) return null;
    sum += end - start;
  }
  return sum;
}
