// Reads files that mean harm, one after the other, and prints a line of JSON for each: how it ended, and the memory at its worst.
// node --max-old-space-size=192 test/support/read-hostile.cjs
// A process of its own, so that its memory can be bounded and its end be waited for. Runs src/ as it is.
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  };
  module._compile(transformFileSync(file, { ...options, swcrc: false }).code, file);
};
const { deflateSync } = require('node:zlib');
const { zipSync } = require('fflate');
const { formatOf, npyHeader, readPrompts } = require('../../src/formats');
const { crc32 } = require('../../src/formats/png');

const [width, height, frameCount] = [400, 400, 5];
const text = (value) => new Uint8Array(Buffer.from(value));

function chunk(type, data) {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

function header(w, h, depth, kind) {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(w, 0);
  data.writeUInt32BE(h, 4);
  data.set([depth, kind, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

const packed = deflateSync(new Uint8Array(64_000_000));

/** A PNG of zeros that says so many pixels, and has them packed; its parts as given. */
function png(...parts) {
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return new Uint8Array(
    Buffer.concat([signature, ...parts, chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))]),
  );
}

const size = Buffer.alloc(8);
size.writeUInt32BE(width, 0);
size.writeUInt32BE(height, 4);
const huge = png(header(8000, 8000, 8, 0));
const disguised = png(chunk('tEXt', size), header(8000, 8000, 8, 0));
const otherKind = png(header(width, height, 16, 6));
const entry = Buffer.concat([npyHeader('|u1', [frameCount, height, width]), new Uint8Array(800_000)]);
const different = Buffer.concat([
  npyHeader('<i4', [frameCount, height, width]),
  new Uint8Array(Int32Array.from({ length: 800_000 }, (_, i) => i).buffer),
]);
const rings = Array.from({ length: 20_000 }, () => [1, 1, 2, 1, 2, 2]);
const coco = (shape) =>
  text(
    JSON.stringify({
      videos: [{ id: 1, file_names: ['0.jpg'] }],
      annotations: [{ id: 1, video_id: 1, category_id: 1, segmentations: [shape] }],
    }),
  );
const shape = {
  label: 'a',
  points: [[0, 0]],
  shape_type: 'mask',
  mask: Buffer.from(huge).toString('base64'),
};

/** What it is, the format, the file's name and the file. */
const files = [
  ...['davis', 'binary', 'mots'].flatMap((format) => [
    ['a picture of 64 million pixels', format, 'v/0.png', huge],
    ['a picture with another part before its header', format, 'v/0.png', disguised],
    ['a picture in colours of 16 bits', format, 'v/0.png', otherKind],
  ]),
  [
    'a mask of 64 million pixels',
    'labelme',
    '0.json',
    text(JSON.stringify({ imageHeight: height, imageWidth: width, shapes: [shape] })),
  ],
  ['an archive that swells', 'npz', 'a.npz', zipSync({ 'masks.npy': new Uint8Array(30_000_000) })],
  ...['../masks.npy', '/masks.npy', 'C:\\masks.npy', '..\\masks.npy'].map((name) => [
    `an archive with ${name}`,
    ...['npz', 'a.npz', zipSync({ [name]: entry })],
  ]),
  ['an array whose pixels all differ', 'npy', 'a.npy', new Uint8Array(different)],
  ['elements in one another', 'cvat', 'a.xml', text('<a>'.repeat(1_000_000))],
  [
    'entities that swell',
    'cvat',
    'a.xml',
    text('<!DOCTYPE a [<!ENTITY b "bb">]><annotations>&b;</annotations>'),
  ],
  ['lists in one another', 'coco', 'a.json', text('['.repeat(1_000_000))],
  ['a million empty runs', 'coco', 'a.json', coco({ size: [height, width], counts: '0'.repeat(1_000_000) })],
  ['rings without number', 'coco', 'a.json', coco(rings)],
  ['lines without number', 'yolo', 'labels/v_0.txt', text('0 0 0 0.01 0 0.01 0.01\n'.repeat(20_000))],
  ['a name of spaces', 'yolo', 'data.yaml', text(`names:\n  0: a${' '.repeat(400_000)}b\n`)],
  [
    'columns without number',
    'prompts',
    'a.csv',
    text(`frame,x,y${',a'.repeat(20_000)}\n${'0,1,2\n'.repeat(20_000)}`),
  ],
  ['a quote without an end', 'prompts', 'a.csv', text(`frame,x,y\n"${'a,'.repeat(100_000)}`)],
];

async function main() {
  const before = process.resourceUsage().maxRSS;
  for (const [what, format, path, bytes] of files) {
    const input = {
      video: { name: 'v', width, height, frameCount },
      paths: format === 'yolo' ? ['data.yaml', 'labels/v_0.txt'] : [path],
      frameOf: (name) => (/^[0-4]$/.test(name) ? Number(name) : null),
      read: async (wanted) =>
        wanted === path ? bytes : text(wanted.endsWith('.txt') ? '0 0 0 0.1 0 0.1 0.1' : ''),
    };
    const began = Date.now();
    let [ended, found] = ['read', 0];
    try {
      for await (const one of format === 'prompts' ? readPrompts(input) : formatOf(format).read(input)) {
        if (one) found++;
      }
    } catch (error) {
      ended = error.name === 'FormatError' ? error.message : `bug: ${error.stack}`;
    }
    const grown = Math.round((process.resourceUsage().maxRSS - before) / 1024);
    console.log(JSON.stringify({ what, format, ended, found, ms: Date.now() - began, grown }));
  }
}

void main();
