// Measures the built MobileSAM on the first frames of a DAVIS sequence and prints one line of JSON.
// node test/support/track-davis.cjs DATA SEQUENCE FRAMES [MODEL]
const { join, resolve } = require('node:path');
const sharp = require('sharp');

const dist = resolve(__dirname, '..', '..', 'dist');
const { loadModel } = require(join(dist, 'engine', 'models'));
const { openSource } = require(join(dist, 'engine', 'video'));
const { bitmapIou, deepestPoint } = require(join(dist, 'mask'));

const [data, sequence, frames, name = 'mobilesam'] = process.argv.slice(2);

async function truth(source, index) {
  const file = join(data, 'davis', 'Annotations', '480p', sequence, `${source.frameName(index)}.png`);
  const { data: grey, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: Uint8Array.from(grey, (value) => (value > 127 ? 1 : 0)),
  };
}

function boxOf(mask) {
  const on = [...mask.data.keys()].filter((i) => mask.data[i] === 1);
  const xs = on.map((i) => i % mask.width);
  const ys = on.map((i) => Math.floor(i / mask.width));
  const least = (list) => list.reduce((a, b) => Math.min(a, b));
  const most = (list) => list.reduce((a, b) => Math.max(a, b));
  return { x0: least(xs), y0: least(ys), x1: most(xs), y1: most(ys) };
}

/** The deepest point of what is wrong, as a click that mends it. */
function correction(mask, wanted) {
  const wrong = { ...mask, data: mask.data.map((value, i) => (value === wanted.data[i] ? 0 : 1)) };
  const at = deepestPoint(wrong);
  return { ...at, positive: wanted.data[at.y * mask.width + at.x] === 1 };
}

async function main() {
  const model = await loadModel(name, { threads: 2 });
  const source = await openSource(join(data, 'davis', 'JPEGImages', '480p', sequence), {});
  const first = await truth(source, 0);
  const embedding = await model.encode(await source.frameAt(0));
  const none = { points: [], box: null, mask: null };
  const centre = { ...deepestPoint(first), positive: true };
  const click = (await model.segment(embedding, { ...none, points: [centre] }, null)).mask;
  const box = (await model.segment(embedding, { ...none, box: boxOf(first) }, null)).mask;
  const points = [centre, correction(click, first)];
  const refined = (await model.segment(embedding, { ...none, points }, null)).mask;
  const given = (await model.segment(embedding, { ...none, mask: first }, null)).mask;
  const memory = model.createMemory({ frameCount: Number(frames), reverse: false });
  await model.remember(memory, embedding, { mask: first, prompted: true });
  const tracked = [];
  for (let i = 1; i < Number(frames); i++) {
    const next = await model.encode(await source.frameAt(i));
    const { mask, trace } = await model.track(memory, next);
    await model.remember(memory, next, { mask, prompted: false, trace });
    tracked.push(bitmapIou(mask, await truth(source, i)));
  }
  const { width, height } = source.info;
  const plain = { index: 99, width, height, data: new Uint8Array(width * height * 3).fill(127) };
  const gone = await model.track(memory, await model.encode(plain));
  const lost = gone.mask.data.reduce((sum, value) => sum + value, 0) / (width * height);
  const iou = (mask) => bitmapIou(mask, first);
  process.stdout.write(
    JSON.stringify({
      click: iou(click),
      box: iou(box),
      refined: iou(refined),
      given: iou(given),
      tracked,
      lost,
    }),
  );
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
