// One click carried through frames by the built engine process: seconds a frame, and what the process held.
// node scripts/sam2-run.mjs MODEL PROVIDER VIDEO FRAMES THREADS X Y [SETTINGS as JSON]    (prints one line of JSON)
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './project.mjs';

const require = createRequire(import.meta.url);
const { EngineClient } = require(join(root, 'dist', 'engine', 'host'));
const [name, provider, path, frames, threads, x, y, settings] = process.argv.slice(2);

const engine = new EngineClient();
const video = { kind: 'path', path, options: { range: [0, Number(frames) - 1] } };
const model = { name, threads: Number(threads), provider, settings: settings ? JSON.parse(settings) : {} };
const loaded = await engine.call('load', { model });
const prompts = { points: [{ x: Number(x), y: Number(y), positive: true }], box: null, mask: null };
const first = await engine.call('segment', { video, model, frame: 0, prompts, base: null });
const seeds = [{ frame: 0, mask: first.mask, prompted: true, prompts }];
const last = Number(frames) - 1;
const run = { video, model, direction: 'forward', first: 0, last, objects: [{ id: 'a', seeds }] };
const seconds = [];
let before = performance.now();
for await (const step of engine.run(run)) {
  seconds.push((performance.now() - before) / 1000);
  before = performance.now();
  void step;
}
const { peakRss } = await engine.call('status', {});
process.stdout.write(JSON.stringify({ provider: loaded.provider, notes: loaded.notes, seconds, peakRss }));
await engine.dispose();
