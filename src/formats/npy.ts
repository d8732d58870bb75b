import { Unzip, UnzipInflate, Zip, ZipPassThrough } from 'fflate';
import { FormatError } from '../errors';
import type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput } from './format';
import { labelMap } from './label-map';
import { byNumber, masksOfLabels, requireFiles } from './label-pictures';
import { bytesOf } from './text';

/** J5: one `VIDEO.npy`, uint8[frames, height, width] in C order, each pixel its object's number. */
export const npy: Format = {
  name: 'npy',
  title: 'NumPy array (npy)',
  keeps:
    'One array, frames × height × width, of object numbers. Names, classes and features are lost; an overlap goes to the object higher in the list; 255 objects at most.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    yield { path: `${input.video.name}.npy`, chunks: pieces(input) };
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const [path] = input.paths.filter((one) => one.toLowerCase().endsWith('.npy'));
    requireFiles(path === undefined ? [] : [path], 'npy file');
    yield* masksOfArray(await input.read(path!), null, input);
  },
};

/** J5: one `VIDEO.npz`: `masks` as in npy, `frames` int32 (the video's frame numbers), `objects` int32 (their numbers). */
export const npz: Format = {
  name: 'npz',
  title: 'NumPy archive (npz)',
  keeps:
    'The array of object numbers, with the numbers of its frames and objects. Names, classes and features are lost; an overlap goes to the object higher in the list; 255 objects at most.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    yield { path: `${input.video.name}.npz`, chunks: zipped(input) };
  },
  async *read(input: ImportInput): AsyncGenerator<ImportedMask, void, undefined> {
    const [path] = input.paths.filter((one) => one.toLowerCase().endsWith('.npz'));
    requireFiles(path === undefined ? [] : [path], 'npz file');
    const { width, height, frameCount } = input.video;
    // Eight bytes a number at most, as NumPy's own whole numbers have.
    const bound = 8 * Math.max(width * height, 1) * frameCount + 4096;
    const entries = unzipped(await input.read(path!), ['masks.npy', 'frames.npy'], bound);
    const masks = entries.get('masks.npy');
    if (!masks) throw wrong('it has no array “masks”');
    const frames = entries.get('frames.npy');
    yield* masksOfArray(masks, frames ? frameNumbers(frames) : null, input);
  },
};

async function* pieces(input: ExportInput): AsyncGenerator<Uint8Array, void, undefined> {
  const { width, height } = input.video;
  yield npyHeader('|u1', [input.frames.length, height, width]);
  for (const frame of input.frames) yield labelMap(input, frame);
}

/** Stored, not packed, so that `numpy.load` is quick and a file of any length goes through piece by piece. */
async function* zipped(input: ExportInput): AsyncGenerator<Uint8Array, void, undefined> {
  const size = input.video.width * input.video.height * input.frames.length;
  if (size > 0xffff0000)
    throw new FormatError(
      'These masks are more than the 4 GiB that a zip holds. Nothing was written; use npy or a range.',
    );
  let out: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    out.push(chunk);
  });
  const parts = async function* (): AsyncGenerator<
    readonly [string, AsyncIterable<Uint8Array> | Iterable<Uint8Array>]
  > {
    yield ['frames.npy', [npyHeader('<i4', [input.frames.length]), int32(input.frames)]];
    yield [
      'objects.npy',
      [npyHeader('<i4', [input.objects.length]), int32(input.objects.map((one) => one.number))],
    ];
    yield ['masks.npy', pieces(input)];
  };
  for await (const [name, chunks] of parts()) {
    const file = new ZipPassThrough(name);
    file.mtime = new Date(1980, 0, 1);
    zip.add(file);
    for await (const chunk of chunks) {
      file.push(chunk);
      yield* out;
      out = [];
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* out;
}

function int32(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setInt32(i * 4, value, true));
  return bytes;
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
  bytes.set(bytesOf(padded), 10);
  return bytes;
}

interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Uint16Array | Int32Array;
}

const widths: Readonly<Record<string, number>> = {
  '|u1': 1,
  '|b1': 1,
  '|i1': 1,
  '<u2': 2,
  '<i2': 2,
  '<i4': 4,
  '<u4': 4,
  '<i8': 8,
};

/** The whole numbers of an npy file. Throws a FormatError for floating numbers, Fortran order, or a wrong length. */
export function parseNpy(bytes: Uint8Array): NpyArray {
  if (![0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, i) => bytes[i] === byte))
    throw wrong('it does not begin as npy does');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  if (bytes.length < 12) throw wrong('it ends in the middle');
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const begin = (wide ? 12 : 10) + length;
  if (length > 1 << 16 || begin > bytes.length) throw wrong('its header is longer than the file');
  const header = String.fromCharCode(...bytes.subarray(begin - length, begin));
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const shape = (/'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(Number);
  const bytesEach = widths[type];
  if (bytesEach === undefined)
    throw wrong(`its numbers are of type “${type.slice(0, 20)}”; whole numbers are needed`);
  if (!/'fortran_order':\s*False/.test(header))
    throw wrong('its order is Fortran’s; save it with numpy.ascontiguousarray');
  const count = shape.reduce((product, one) => product * one, 1);
  if (begin + count * bytesEach !== bytes.length) throw wrong(`it should have ${count} numbers and does not`);
  if (bytesEach === 1) return { shape, data: bytes.subarray(begin) };
  const data = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    data[i] =
      bytesEach === 2 ? view.getUint16(begin + i * 2, true) : view.getInt32(begin + i * bytesEach, true);
    if (data[i]! < 0 || (bytesEach === 8 && view.getInt32(begin + i * 8 + 4, true) !== 0))
      throw wrong('a number in it is below 0 or above 2147483647');
  }
  return { shape, data };
}

function frameNumbers(bytes: Uint8Array): number[] {
  return [...parseNpy(bytes).data];
}

function* masksOfArray(
  bytes: Uint8Array,
  frames: readonly number[] | null,
  input: ImportInput,
): Generator<ImportedMask, void, undefined> {
  const { shape, data } = parseNpy(bytes);
  const { width, height, frameCount, name } = input.video;
  if (shape.length !== 3 || shape[1] !== height || shape[2] !== width)
    throw wrong(`its shape is (${shape.join(', ')}), and “${name}” needs (frames, ${height}, ${width})`);
  if (frames ? frames.length !== shape[0] : shape[0] !== frameCount)
    throw wrong(
      `it has ${shape[0]} frames, and ${frames ? `${frames.length} frame numbers` : `“${name}” has ${frameCount}`}`,
    );
  const area = width * height;
  for (let i = 0; i < shape[0]!; i++) {
    const frame = frames?.[i] ?? i;
    if (frame < 0 || frame >= frameCount)
      throw wrong(`it names frame ${frame}, and “${name}” has 0 to ${frameCount - 1}`);
    yield* masksOfLabels(input, data.subarray(i * area, (i + 1) * area), frame, byNumber);
  }
}

/** Chosen entries of a zip, each no larger than `bound` bytes. Entries are never written anywhere. */
function unzipped(bytes: Uint8Array, names: readonly string[], bound: number): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const reader = new Unzip((file) => {
    if (!names.includes(file.name)) return;
    const parts: Uint8Array[] = [];
    let size = 0;
    file.ondata = (error, chunk, final): void => {
      if (error) throw error;
      size += chunk.length;
      if (size > bound) throw wrong(`“${file.name}” unpacks to more than the video has pixels`);
      parts.push(chunk.slice());
      if (!final) return;
      const whole = new Uint8Array(size);
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      found.set(file.name, whole);
    };
    file.start();
  });
  reader.register(UnzipInflate);
  // Small pieces, since each can swell a thousandfold before it is seen.
  const piece = 4096;
  try {
    for (let at = 0; at < bytes.length; at += piece)
      reader.push(bytes.subarray(at, at + piece), at + piece >= bytes.length);
  } catch (error) {
    throw error instanceof FormatError ? error : wrong('its archive is damaged', error);
  }
  return found;
}

function wrong(why: string, cause?: unknown): FormatError {
  return new FormatError(`This array cannot be read: ${why}. Nothing was imported.`, {}, cause);
}
