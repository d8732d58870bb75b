import { FormatError } from '../errors';
import { paintRunLength } from '../mask';
import type { ExportInput } from './format';

/**
 * uint8[height * width] of one frame, row by row: each pixel's object number, 0 for none. Where two objects
 * claim a pixel the one higher in the list has it. Throws a FormatError for an object number above `room`.
 */
export async function labelMap(input: ExportInput, frame: number, room = 255): Promise<Uint8Array> {
  const { width, height } = input.video;
  requireRoom(input, room);
  const labels = new Uint8Array(width * height);
  for (const object of [...input.objects].reverse()) {
    const mask = await input.mask(object.id, frame);
    if (mask) paintRunLength(mask, labels, object.number);
  }
  return labels;
}

/** Throws a FormatError for an object whose number is above `room`. */
export function requireRoom({ objects }: ExportInput, room: number): void {
  const beyond = objects.find((one) => one.number > room);
  if (!beyond) return;
  throw new FormatError(
    `“${beyond.name}” is object ${beyond.number}, and this format has room for ${room}. Nothing was written; leave that object out, or use coco or binary, which have room for any number.`,
    { number: beyond.number },
  );
}
