import type { ExportedFile, ExportInput, Format } from './format';
import { labelMap } from './label-map';

/** J5: one `VIDEO.npy`, uint8[frames, height, width] in C order, each pixel its object's number. */
export const npy: Format = {
  name: 'npy',
  title: 'NumPy array (npy)',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    yield { path: `${input.video.name}.npy`, chunks: pieces(input) };
  },
};

async function* pieces(input: ExportInput): AsyncGenerator<Uint8Array, void, undefined> {
  const { width, height } = input.video;
  yield npyHeader('|u1', [input.frames.length, height, width]);
  for (const frame of input.frames) yield labelMap(input, frame);
}

/**
 * The header of a version 1.0 npy file, padded so that the data begins at a multiple of 64 bytes, as NumPy's
 * format description (numpy.lib.format) asks. `type` is a dtype string such as `|u1` or `<i4`.
 */
export function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${list}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const padded = text.padEnd(length - 11, ' ') + '\n';
  const bytes = new Uint8Array(length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
  for (let i = 0; i < padded.length; i++) bytes[10 + i] = padded.charCodeAt(i);
  return bytes;
}
