// Measures the built program and writes bench.json: machine, versions, medians and spread. Nothing is asserted.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { clickTimes } from './click-times.mjs';
import { drawingTimes } from './drawing-times.mjs';
import { exportTimes } from './export-times.mjs';
import { root } from './project.mjs';
import { setup } from './setup.mjs';
import { timelineTimes } from './timeline-times.mjs';
import { trackerTimes } from './tracker-times.mjs';

await setup();
const require = createRequire(import.meta.url);
const dist = join(root, 'dist');
const { findFfmpeg, openSource } = require(join(dist, 'engine', 'video'));
const { EngineClient } = require(join(dist, 'engine', 'host'));
const { loadModel } = require(join(dist, 'engine', 'models'));

const version = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).version;
const frames = Number(process.env.BENCH_FRAMES ?? 12);
const memoryFrames = (process.env.BENCH_MEMORY_FRAMES ?? '100,1000').split(',').map(Number);

/** Median and spread (first and third quartile) of seconds. */
function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
  const round = (value) => Number(value.toPrecision(4));
  return { median: round(at(0.5)), from: round(at(0.25)), to: round(at(0.75)), runs: sorted.length };
}

async function timed(work) {
  const began = performance.now();
  const value = await work();
  return [(performance.now() - began) / 1000, value];
}

async function modelTimes() {
  const [load, model] = await timed(() => loadModel('mobilesam', { threads: availableParallelism() }));
  const source = await openSource('sample:big-buck-bunny', { range: [40, 40 + frames] });
  const [encode, segment, track] = [[], [], []];
  const memory = model.createMemory();
  const prompts = { points: [], box: { x0: 200, y0: 40, x1: 710, y1: 610 }, mask: null };
  for (let i = 0; i <= frames; i++) {
    const frame = await source.frameAt(i);
    const [encoded, embedding] = await timed(() => model.encode(frame));
    encode.push(encoded);
    const seen = { ...source.info, look: () => embedding };
    const [segmented, answer] = await timed(() => model.segment(seen, prompts, null));
    segment.push(segmented);
    if (i === 0) {
      await model.remember(memory, embedding, { mask: answer.mask, prompted: true });
      continue;
    }
    const [tracked] = await timed(async () => {
      const { mask, trace } = await model.track(memory, embedding);
      await model.remember(memory, embedding, { mask, prompted: false, trace });
    });
    track.push(tracked);
  }
  await source.dispose();
  await model.dispose();
  return { loadSeconds: load, encode: summary(encode), decodeMask: summary(segment), track: summary(track) };
}

async function videoTimes() {
  const [open, first, sought] = [[], [], []];
  for (let i = 0; i < 5; i++) {
    const [opened, source] = await timed(() => openSource('sample:big-buck-bunny', {}));
    open.push(opened);
    first.push((await timed(() => source.frameAt(0)))[0]);
    sought.push((await timed(() => source.frameAt(90 + i)))[0]);
    await source.dispose();
  }
  const source = await openSource('sample:big-buck-bunny', {});
  const [seconds] = await timed(async () => {
    for await (const frame of source.frames({ first: 0, last: 131 })) void frame;
  });
  await source.dispose();
  return {
    open: summary(open),
    firstFrame: summary(first),
    soughtFrame: summary(sought),
    framesPerSecond: 132 / seconds,
  };
}

async function engineTimes() {
  const starts = [];
  const trips = [];
  for (let i = 0; i < 5; i++) {
    const engine = new EngineClient();
    starts.push((await timed(() => engine.call('status', {})))[0]);
    for (let k = 0; k < 40; k++) trips.push((await timed(() => engine.call('status', {})))[0]);
    await engine.dispose();
  }
  return { start: summary(starts), roundTrip: summary(trips) };
}

/** The kernel from start to its first answer, and a comm message there and back, by a test of its own. */
function kernelTimes() {
  const file = join(root, '.masklet', 'bench-kernel.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--selectProjects', 'kernel', '--testPathPatterns', 'round-trip'];
  execFileSync(process.execPath, args, {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, BENCH_FILE: file },
  });
  const { start, roundTrip } = JSON.parse(readFileSync(file, 'utf8'));
  return { start: summary(start), commRoundTrip: summary(roundTrip) };
}

async function memory() {
  const folder = mkdtempSync(join(tmpdir(), 'masklet-bench-'));
  const { path } = await findFfmpeg();
  const clip = join(folder, 'clip.mp4');
  const most = Math.max(...memoryFrames);
  const input = (spec) => ['-f', 'lavfi', '-i', `color=c=${spec}:r=25:d=${most / 25 + 1}`];
  execFileSync(path, [
    ...['-v', 'error', ...input('0x282828:s=320x180'), ...input('0xdc1e1e:s=40x40')],
    ...[
      '-filter_complex',
      "[0][1]overlay=x='mod(n,280)':y=60",
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      clip,
    ],
  ]);
  const results = {};
  for (const count of memoryFrames) {
    const script = join(root, 'test', 'support', 'measure-run.cjs');
    const args = [script, clip, 'mobilesam', String(count), '10', '80', '512'];
    const { engine, kernel, seconds } = JSON.parse(
      execFileSync(process.execPath, args, { encoding: 'utf8' }),
    );
    results[count] = {
      engineMiB: Math.round(engine / 2 ** 20),
      kernelMiB: Math.round(kernel / 2 ** 20),
      seconds,
    };
    console.log(`${count} frames: ${JSON.stringify(results[count])}`);
  }
  rmSync(folder, { recursive: true, force: true });
  return results;
}

const steps = {
  video: videoTimes,
  engine: engineTimes,
  kernel: kernelTimes,
  clickToMask: clickTimes,
  exports: exportTimes,
  timeline: timelineTimes,
  drawing: drawingTimes,
  model: modelTimes,
  tracker: trackerTimes,
  trackerFast: () => trackerTimes({ fast: true }),
  peakMemory: memory,
};
const bench = {
  date: new Date().toISOString().slice(0, 10),
  machine: {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  },
  versions: {
    node: process.version,
    masklet: version('package.json'),
    onnxruntime: version('node_modules/onnxruntime-node/package.json'),
  },
};
for (const [name, work] of Object.entries(steps)) {
  console.log(`measuring ${name} …`);
  bench[name] = await work();
}
writeFileSync(join(root, 'bench.json'), `${JSON.stringify(bench, null, 2)}\n`);
console.log(JSON.stringify(bench, null, 2));
process.exit();
