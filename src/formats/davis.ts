import type { ExportedFile, ExportInput, Format } from './format';
import { encodeIndexedPng } from './indexed-png';
import { labelMap } from './label-map';

/** J1: `Annotations/VIDEO/00000.png`, 8-bit indexed, VOC palette, 0 for background, else the object's number. */
export const davis: Format = {
  name: 'davis',
  title: 'Indexed PNG (DAVIS)',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const { name, width, height } = input.video;
    for (const frame of input.frames) {
      const data = await labelMap(input, frame);
      yield {
        path: `Annotations/${name}/${input.frameName(frame)}.png`,
        chunks: [encodeIndexedPng({ width, height, data })],
      };
    }
  },
};
