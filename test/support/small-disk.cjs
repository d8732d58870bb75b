// Works in a session on a small disk until it is full (or after it was made read-only), and prints what came of it.
// node test/support/small-disk.cjs DISK full|read-only
const { execFileSync } = require('node:child_process');
const { writeFileSync, rmSync } = require('node:fs');
const { join, resolve } = require('node:path');
const dist = resolve(__dirname, '..', '..', 'dist');
const { saveDocument } = require(join(dist, 'annotation'));
const { EnginePair, openFolderFor, openVideoArrays, Session } = require(join(dist, 'session'));
const { openFrames } = require(join(dist, 'engine', 'video'));

const [disk, how] = process.argv.slice(2);
const path = join(disk, 'work.masklet');
let ids = 0;
const sources = { now: () => new Date(), nextId: () => `id${ids++}` };
const engines = new EnginePair({ model: 'synthetic', threads: 1 });
const frames = [0, 1].map(() => ({ data: new Uint8Array(64 * 48 * 3), shape: [48, 64, 3] }));

async function open(at = path) {
  const video = openVideoArrays(openFrames({ frames }), engines);
  return new Session(video, { ...sources, opened: await openFolderFor(at, video, sources) });
}

const refusalOf = (work) => {
  try {
    work();
    return null;
  } catch (error) {
    return error.message;
  }
};

async function full() {
  const session = await open();
  for (let i = 0; i < 20; i++) session.objects.add({ name: `object ${i}` });
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(190 * 1024));
  let refusal = null;
  for (let i = 0; i < 10_000 && !refusal; i++)
    refusal = refusalOf(() => session.objects.add({ name: `more ${i}` }));
  const content = (one) => JSON.stringify({ ...saveDocument(one.document), version: 0 });
  const before = content(session);
  const objects = session.document.objects.length;
  await session.dispose().catch(() => undefined);
  const again = await open();
  const same = content(again) === before;
  rmSync(join(disk, 'ballast'));
  again.objects.add({ name: 'goes on' });
  await again.dispose();
  const last = await open();
  return { refusal, same, objects, goesOn: last.document.objects.at(-1).name === 'goes on' };
}

async function readOnly() {
  const session = await open();
  session.objects.add({ name: 'heron' });
  await session.dispose();
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const again = await open();
  const refusal = refusalOf(() => again.objects.add({ name: 'no' }));
  const created = await open(join(disk, 'other')).then(
    () => null,
    (error) => error.message,
  );
  return { readOnly: again.readOnly, refusal, objects: again.document.objects.length, created };
}

(how === 'full' ? full() : readOnly()).then(async (told) => {
  process.stdout.write(JSON.stringify(told));
  await engines.dispose();
});
