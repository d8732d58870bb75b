// Frames a second of each export at 854 × 480 with three objects: node scripts/export-times.mjs. Masks are ellipses with a
// wavy edge and a hole, as long in outline as an animal's; nothing is written to the disk but what an mp4 needs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './project.mjs';

const require = createRequire(import.meta.url);
const dist = join(root, 'dist');
const [width, height] = [854, 480];

function wavyMask(cx, cy, radius) {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - cx, (y - cy) * 1.4];
      const distance = Math.hypot(dx, dy);
      const edge = radius * (1 + 0.15 * Math.sin(9 * Math.atan2(dy, dx)));
      if (distance < edge && distance > radius / 4) data[y * width + x] = 1;
    }
  }
  return { width, height, data };
}

/** What a session would hand to a format: `count` frames, eight different masks an object in turn. */
function benchInput(count) {
  const { AnnotationDocument, newObjectEdit } = require(join(dist, 'annotation'));
  const { encodeRunLength, runLengthArea } = require(join(dist, 'mask'));
  const { encodeVideo } = require(join(dist, 'session', 'encode-video'));
  const document = new AnnotationDocument({ name: 'bench', width, height, frameCount: count });
  const frames = Array.from({ length: count }, (_, i) => i);
  const masks = new Map();
  let ids = 0;
  for (let k = 0; k < 3; k++) {
    const { edit, object } = newObjectEdit(document.records(), { class: 'bird' }, () => `id${ids++}`);
    document.apply(edit);
    const eight = Array.from({ length: 8 }, (_, i) =>
      encodeRunLength(wavyMask(180 + 240 * k + 3 * i, 240, 110)),
    );
    masks.set(object.id, eight);
    const entry = (frame) => ({
      mask: '',
      source: { kind: 'prompted', of: '' },
      area: runLengthArea(eight[frame % 8]),
    });
    const changes = frames.map((frame) => ({ frame, entry: entry(frame) }));
    document.apply({ kind: 'set-track', objectId: object.id, changes });
  }
  const picture = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251);
  return {
    ...{ video: document.video, classes: document.classes, objects: document.objects, frames, document },
    ...{ frameRate: 25, scale: null, encodeVideo },
    frameName: (frame) => String(frame).padStart(5, '0'),
    timeOf: (frame) => frame / 25,
    mask: async (id, frame) => masks.get(id)[frame % 8],
    picture: async () => ({ width, height, data: picture }),
  };
}

/** Frames a second and bytes a frame, by format. */
export async function exportTimes(count = 40) {
  const { formatNames, formatOf } = require(join(dist, 'formats'));
  const input = benchInput(count);
  const times = {};
  for (const name of formatNames()) {
    const began = performance.now();
    let bytes = 0;
    for await (const file of formatOf(name).write(input))
      for await (const chunk of file.chunks) bytes += chunk.length;
    const seconds = (performance.now() - began) / 1000;
    times[name] = {
      framesPerSecond: Number((count / seconds).toPrecision(3)),
      bytesPerFrame: Math.round(bytes / count),
    };
  }
  return times;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await exportTimes());
