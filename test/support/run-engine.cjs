// Propagates one click through a folder of pictures with the built engine process and prints one line of JSON.
// node test/support/run-engine.cjs FOLDER FRAMES MODEL PROVIDER X Y BLOCK_SIZE [CACHE_BYTES]
// With CACHE_BYTES the run is done twice: the second time its embeddings come from the disk.
const { readdirSync } = require('node:fs');
const { join, resolve } = require('node:path');

const dist = resolve(__dirname, '..', '..', 'dist');
const { EngineClient } = require(join(dist, 'engine', 'host'));

const [folder, frames, name, provider, x, y, blockSize, cacheBytes] = process.argv.slice(2);

async function main() {
  const engine = new EngineClient(cacheBytes ? { cacheBytes: Number(cacheBytes) } : {});
  const video = { kind: 'path', path: folder, options: {} };
  // On a CPU Meta's predictor fills no holes.
  const model = { name, threads: 2, provider, settings: { fillHoles: 0 } };
  const loaded = await engine.call('load', { model });
  const points = [{ x: Number(x), y: Number(y), positive: true }];
  const prompts = { points, box: null, mask: null };
  const first = await engine.call('segment', { video, model, frame: 0, prompts, base: null });
  const seeds = [{ frame: 0, mask: first.mask, prompted: true, prompts }];
  const run = {
    video,
    model,
    direction: 'forward',
    first: 0,
    last: Number(frames) - 1,
    blockSize: Number(blockSize),
    objects: [{ id: 'a', seeds }],
  };
  const go = async () => {
    const steps = [];
    for await (const { frame, block, masks } of engine.run(run, new AbortController().signal))
      steps.push({ frame, block, counts: [...masks[0].mask.counts] });
    return steps;
  };
  const steps = await go();
  const shelf = join(process.env.XDG_CACHE_HOME, 'masklet');
  const shelved = cacheBytes ? readdirSync(shelf).flatMap((one) => readdirSync(join(shelf, one))).length : 0;
  const again = cacheBytes ? await go() : null;
  process.stdout.write(JSON.stringify({ loaded, first: [...first.mask.counts], steps, shelved, again }));
  await engine.dispose();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
