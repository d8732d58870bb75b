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

/** A frame and its mask an eighth as large as the picture around them: itself, twice as large and out of focus. */
async function setFarAway(frame, mask) {
  const [wide, high] = [2 * frame.width, 2 * frame.height];
  const [width, height] = [wide >> 3, high >> 3];
  const raw = (data, channels, of) => sharp(data, { raw: { ...of, channels } });
  const small = await raw(frame.data, 3, { width: frame.width, height: frame.height })
    .resize(width, height)
    .raw()
    .toBuffer();
  const [left, top] = [(wide - width) >> 1, (high - height) >> 1];
  const data = await raw(frame.data, 3, { width: frame.width, height: frame.height })
    .resize(wide, high)
    .blur(6)
    .composite([{ input: small, raw: { width, height, channels: 3 }, left, top }])
    .removeAlpha()
    .raw()
    .toBuffer();
  const truth = { width: wide, height: high, data: new Uint8Array(wide * high) };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      truth.data[(top + y) * wide + left + x] = mask.data[(4 * y + 2) * mask.width + 4 * x + 2];
  return { frame: { index: 0, width: wide, height: high, data: new Uint8Array(data) }, truth };
}

/** How well a box's object is drawn that is far away: closer, as it is done, and on the whole frame. */
async function drawnFarAway(model, near, mask) {
  const { frame, truth } = await setFarAway(near, mask);
  const prompts = { points: [], box: boxOf(truth), mask: null };
  const drawn = async (look) => {
    const answer = await model.segment({ width: frame.width, height: frame.height, look }, prompts, null);
    return bitmapIou(answer.mask, truth);
  };
  return {
    closer: await drawn((closeup) => model.encode(frame, undefined, closeup)),
    whole: await drawn(() => model.encode(frame)),
  };
}

async function main() {
  const model = await loadModel(name, { threads: 2 });
  const source = await openSource(join(data, 'davis', 'JPEGImages', '480p', sequence), {});
  const first = await truth(source, 0);
  const start = await source.frameAt(0);
  const embedding = await model.encode(start);
  const seen = { ...source.info, look: (closeup) => model.encode(start, undefined, closeup) };
  const none = { points: [], box: null, mask: null };
  const centre = { ...deepestPoint(first), positive: true };
  const click = (await model.segment(seen, { ...none, points: [centre] }, null)).mask;
  const box = (await model.segment(seen, { ...none, box: boxOf(first) }, null)).mask;
  const points = [centre, correction(click, first)];
  const refined = (await model.segment(seen, { ...none, points }, null)).mask;
  const given = (await model.segment(seen, { ...none, mask: first }, null)).mask;
  const farAway = await drawnFarAway(model, start, first);
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
      farAway,
      tracked,
      lost,
    }),
  );
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
