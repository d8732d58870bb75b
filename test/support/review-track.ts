import { encodeRunLength } from '../../src/mask';
import type { RunLength } from '../../src/mask';
import { alarmList, FigureTable, findAlarms, frameFigures, measureMasks } from '../../src/review';
import type { Alarm, MeasuredFrame } from '../../src/review';

const [width, height] = [96, 64];

/** A rectangle as a mask; null for a frame that was not computed. */
export type Place = readonly [x: number, y: number, width: number, height: number] | 'empty' | null;

/** What is at a place, on a picture `scale` times as large. */
export function maskAt(place: Exclude<Place, null>, scale: number = 1): RunLength {
  const [w, h] = [width * scale, height * scale];
  const data = new Uint8Array(w * h);
  const box = place === 'empty' ? [0, 0, 0, 0] : place.map((one) => one * scale);
  for (let y = box[1]!; y < box[1]! + box[3]!; y++)
    for (let x = box[0]!; x < box[0]! + box[2]!; x++)
      if (x >= 0 && y >= 0 && x < w && y < h) data[y * w + x] = 1;
  return encodeRunLength({ width: w, height: h, data });
}

/** Objects by name, each a place a frame; the first frame and those of `vouched` are the user's. */
export function figuresOf(
  tracks: Readonly<Record<string, readonly Place[]>>,
  vouched: readonly number[] = [0],
  scale: number = 1,
): Map<string, FigureTable> {
  const frameCount = Math.max(...Object.values(tracks).map((one) => one.length));
  const tables = new Map(Object.keys(tracks).map((id) => [id, new FigureTable(frameCount)]));
  let before: MeasuredFrame | null = null;
  for (let frame = 0; frame < frameCount; frame++) {
    const masks = Object.entries(tracks).flatMap(([objectId, places]) => {
      const place = places[frame] ?? null;
      if (place === null) return [];
      return [{ objectId, mask: maskAt(place, scale), vouched: vouched.includes(frame) }];
    });
    const now = measureMasks(masks);
    const figures = frameFigures(now, before);
    tables.forEach((table, id) => table.set(frame, figures.get(id) ?? null));
    before = now;
  }
  return tables;
}

/** The alarms of such tracks. */
export function alarmsOf(
  tracks: Readonly<Record<string, readonly Place[]>>,
  vouched?: readonly number[],
  scale?: number,
): Alarm[] {
  const tables = figuresOf(tracks, vouched, scale);
  return alarmList([...tables].map(([id, table]) => findAlarms(table, id)));
}

/** Something that walks to the right by a pixel a frame, and breathes a little. */
export function walk(frames: number, y: number = 20, x: number = 8): Place[] {
  return Array.from({ length: frames }, (_, n) => [x + n, y, 14, 16 + (n % 2)] as const);
}
