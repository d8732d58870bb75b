import { FormatError } from '../errors';
import { paintRunLength } from '../mask';
import type { ExportInput } from './format';

/**
 * uint8[height * width] of one frame, row by row: each pixel's object number, 0 for none. Where two objects
 * claim a pixel the one higher in the list has it. Throws a FormatError for an object number above 255.
 */
export async function labelMap(input: ExportInput, frame: number): Promise<Uint8Array> {
  const { width, height } = input.video;
  const labels = new Uint8Array(width * height);
  for (const object of [...input.objects].reverse()) {
    if (object.number > 255) {
      throw new FormatError(
        `“${object.name}” is object ${object.number}, and this format has room for 255. Nothing more was written; export fewer objects.`,
      );
    }
    const mask = await input.mask(object.id, frame);
    if (mask) paintRunLength(mask, labels, object.number);
  }
  return labels;
}
