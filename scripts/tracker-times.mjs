// What tracking costs beside encoding: MobileSAM on Big Buck Bunny with one, two and three objects, by turns on every frame,
// medians once the memory is full. Beside it the encoder as published, on the whole square. node scripts/tracker-times.mjs
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './project.mjs';

const require = createRequire(import.meta.url);
const dist = join(root, 'dist');

/** A rabbit, its head, a rock beside it: edges on the first frame. */
const boxes = [
  { x0: 200, y0: 40, x1: 710, y1: 610 },
  { x0: 330, y0: 60, x1: 640, y1: 300 },
  { x0: 780, y0: 380, x1: 1240, y1: 700 },
];
const [first, frames, full] = [40, 30, 20];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const round = (value) => Number(value.toPrecision(3));

/** Seconds by the clock and of the processor. */
async function timed(work) {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(used);
  return { value, seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

/** Objects that are followed together. */
async function follow(model, start, frame, count) {
  const memories = boxes.slice(0, count).map(() => model.createMemory());
  for (const [i, memory] of memories.entries()) {
    const prompts = { points: [], box: boxes[i], mask: null };
    const { mask } = await model.segment(frame, prompts, null);
    await model.remember(memory, start, { mask, prompted: true });
  }
  return {
    times: [],
    async step(next) {
      const answers = await model.trackTogether(memories, next);
      for (const [i, { mask, trace }] of answers.entries())
        await model.remember(memories[i], next, { mask, prompted: false, trace });
    },
  };
}

/** The published encoder as it is, for the whole square. */
async function wholeSquare() {
  const { OnnxGraph } = require(join(dist, 'engine', 'onnx'));
  const { embeddedFiles } = require(join(dist, 'engine', 'models', 'load-embedded'));
  const { preprocess } = require(join(dist, 'engine', 'sam1', 'preprocess'));
  const { pictureGeometry } = require(join(dist, 'engine', 'sam1', 'picture-geometry'));
  const file = readFileSync(embeddedFiles().encoder);
  const graph = await OnnxGraph.load('encoder.onnx', file, { threads: availableParallelism() });
  return {
    encode(frame) {
      const data = preprocess(frame, pictureGeometry(frame.width, frame.height));
      return graph.run({ input: { data, shape: [1, 3, 1024, 1024] } }, ['output']);
    },
    release: () => graph.release(),
  };
}

/** Medians in seconds, and what tracking is as a share of encoding. */
export async function trackerTimes(settings = {}) {
  const { loadModel } = require(join(dist, 'engine', 'models'));
  const { openSource } = require(join(dist, 'engine', 'video'));
  const model = await loadModel('mobilesam', { threads: availableParallelism(), settings });
  const source = await openSource('sample:big-buck-bunny', { range: [first, first + frames] });
  const picture = await source.frameAt(0);
  const frame = { ...source.info, look: (closeup) => model.encode(picture, undefined, closeup) };
  const start = await model.encode(picture);
  const published = await wholeSquare();
  const groups = [];
  for (const count of [1, 2, 3]) groups.push(await follow(model, start, frame, count));
  const encoding = [];
  const whole = [];
  for (let i = 1; i <= frames; i++) {
    const frame = await source.frameAt(i);
    const encoded = await timed(() => model.encode(frame));
    if (i > full) {
      encoding.push(encoded);
      whole.push(await timed(() => published.encode(frame)));
    }
    for (const group of groups) {
      const tracked = await timed(() => group.step(encoded.value));
      if (i > full) group.times.push(tracked);
    }
  }
  await source.dispose();
  await model.dispose();
  await published.release();
  const report = (kind) => {
    const encode = median(encoding.map((one) => one[kind]));
    const square = median(whole.map((one) => one[kind]));
    const [one, two, three] = groups.map(({ times }) => median(times.map((time) => time[kind])));
    return {
      encode: round(encode),
      encodeSquare: round(square),
      track: [one, two, three].map(round),
      frameByEncoding: round((encode + one) / encode),
      eachMoreByEncoding: round((three - one) / 2 / encode),
      frameBySquare: round((encode + one) / square),
      eachMoreBySquare: round((three - one) / 2 / square),
    };
  };
  return { clock: report('seconds'), processor: report('processor') };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const fast = process.argv.includes('--fast');
  console.log(JSON.stringify(await trackerTimes({ fast }), null, 1));
  process.exit();
}
