// Edits a session without end, at random but the same for a seed, and says of each edit that was made: how many lines
// the log had then, and what the document was. As a program: node test/support/edit-for-ever.cjs FOLDER VIDEO SEED
const { createHash } = require('node:crypto');
const { writeSync } = require('node:fs');
const { join, resolve } = require('node:path');

const dist = resolve(__dirname, '..', '..', 'dist');
const { saveDocument } = require(join(dist, 'annotation'));

/** What a document is, in 16 digits; its version counts how it came to be and is left out. */
function hashOf(document) {
  const content = JSON.stringify({ ...saveDocument(document), version: 0 });
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

function randomFrom(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** `lines` tells how many lines the log has; `acknowledge` hears of each edit that was made. */
async function editForEver(session, seed, lines, acknowledge) {
  const random = randomFrom(seed);
  const told = () => acknowledge({ lines: lines(), hash: hashOf(session.document) });
  const { frameCount } = session.video;
  const pick = (list) => list[random(list.length)];
  const range = () => {
    const first = random(frameCount);
    return [first, Math.min(frameCount - 1, first + random(8))];
  };
  const acts = [
    () => session.objects.add({ name: `object ${random(1e6)}`, class: pick(['bird', 'fish']) }),
    () => pick([...session.objects]).point(random(frameCount), [random(64), random(48)]),
    () => pick([...session.objects]).point(random(frameCount), [random(64), random(48)], 'negative'),
    () => pick([...session.objects]).box(random(frameCount), [2, 2, 10 + random(50), 10 + random(30)]),
    () => pick([...session.objects]).clearPrompts(random(frameCount)),
    () => pick([...session.objects]).change({ name: `named ${random(1e6)}` }),
    () => pick([...session.objects]).markAbsent(range()),
    () => pick([...session.objects]).markPresent(),
    () => pick([...session.objects]).lock(range()),
    () => pick([...session.objects]).unlock(),
    () => session.lockFrame(random(frameCount)),
    () => session.unlockFrame(pick([...session.document.barriers, 0])),
    () => session.features.add({ name: `feature ${random(1e6)}`, type: 'number' }),
    () =>
      pick([...session.objects]).setFeature(pick([...session.features]).id, random(frameCount), random(9)),
    () => session.swap(pick([...session.objects]).id, pick([...session.objects]).id, random(frameCount)),
    () => (random(3) === 0 ? pick([...session.objects]).remove() : undefined),
    () => session.undo(),
    () => session.redo(),
    async () => {
      for await (const step of session.propagate({ direction: pick(['forward', 'both']), blockSize: 10 })) {
        told();
        if (step.done > 5 + random(20)) break;
      }
    },
  ];
  for (;;) {
    try {
      await pick(acts)();
      told();
    } catch (error) {
      // What is refused (a locked frame, nothing to propagate, no object yet) is no edit.
      if (!('tag' in error) && !(error instanceof TypeError)) throw error;
    }
  }
}

module.exports = { editForEver, hashOf };

async function main() {
  const { EnginePair, openFolderFor, openVideoPath, Session } = require(join(dist, 'session'));
  const [folder, path, seed] = process.argv.slice(2);
  const engines = new EnginePair({ model: 'synthetic', threads: 1 });
  const video = await openVideoPath(path, {}, engines);
  let ids = Number(seed) * 1e6;
  const sources = { now: () => new Date(), nextId: () => `id${ids++}` };
  const opened = await openFolderFor(folder, video, sources);
  const session = new Session(video, { ...sources, opened });
  await session.loadModel();
  await session.answerOpen();
  // Written whole before the next edit begins, so that whoever kills us has heard of all that was made.
  const tell = (what) => writeSync(1, `${JSON.stringify(what)}\n`);
  tell({ ready: true });
  await editForEver(session, Number(seed), () => opened.folder.lines, tell);
}

if (require.main === module) main();
