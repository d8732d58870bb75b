// Propagates a red square through a clip with the built engine and prints one line of JSON: the peak memory of
// the model's process and of this one. With a FOLDER the work is kept there.
// node test/support/measure-run.cjs CLIP MODEL FRAMES X Y CACHE_MIB [FOLDER]
const { join, resolve } = require('node:path');

const dist = resolve(__dirname, '..', '..', 'dist');
const { peakMemory } = require(join(dist, 'engine', 'host'));
const { EnginePair, openFolderFor, openVideoPath, randomIds, Session } = require(join(dist, 'session'));

const [clip, model, frames, x, y, cacheMiB, folder] = process.argv.slice(2);

async function main() {
  const engines = new EnginePair({ model, threads: 2, cacheMiB: Number(cacheMiB) });
  const video = await openVideoPath(clip, { range: [0, Number(frames) - 1] }, engines);
  const sources = { now: () => new Date(), nextId: randomIds() };
  const session = new Session(video, folder ? { opened: await openFolderFor(folder, video, sources) } : {});
  const object = session.objects.add({ name: 'square' });
  await object.point(0, [Number(x), Number(y)]);
  const run = await session.propagate({ direction: 'forward' });
  await session.dispose();
  const { peakRss } = await engines.model.call('status', {});
  const own = peakMemory();
  process.stdout.write(
    JSON.stringify({
      frames: run.frames,
      masks: run.masks,
      seconds: run.seconds,
      engine: peakRss,
      kernel: own,
    }),
  );
  await engines.dispose();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
