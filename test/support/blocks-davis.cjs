// Carries a first-frame mask through a DAVIS sequence, uncut and in blocks, with the built engine; prints one line of JSON:
// mean IoU with the truth of both, of the later frames, and the seams. One run's embeddings serve the other.
// node test/support/blocks-davis.cjs DAVIS_FOLDER SEQUENCE FRAMES BLOCK_SIZE [SEEDING]
const { readdirSync } = require('node:fs');
const { join, resolve } = require('node:path');
const sharp = require('sharp');

const dist = resolve(__dirname, '..', '..', 'dist');
const { EnginePair, openVideoPath, Session } = require(join(dist, 'session'));
const { bitmapIou } = require(join(dist, 'mask'));

const [folder, sequence, frames, blockSize, seeding = 'memory'] = process.argv.slice(2);
const annotations = join(folder, 'Annotations', '480p', sequence);
const names = readdirSync(annotations).sort().slice(0, Number(frames));

async function truth(frame) {
  const grey = sharp(join(annotations, names[frame])).greyscale().raw();
  const { data, info } = await grey.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, data: Uint8Array.from(data, (one) => (one > 127 ? 1 : 0)) };
}

async function main() {
  const engines = new EnginePair({ model: 'mobilesam', threads: 2, cacheMiB: 1024 });
  const range = [0, names.length - 1];
  const video = await openVideoPath(join(folder, 'JPEGImages', '480p', sequence), { range }, engines);
  const session = new Session(video);
  const object = session.objects.add({ name: sequence });
  const { width, height, data } = await truth(0);
  await object.drawMask(0, { data, shape: [height, width] });
  const meanIou = async () => {
    let sum = 0;
    for (let frame = 1; frame < names.length; frame++)
      sum += bitmapIou({ width, height, data: (await object.mask(frame)).data }, await truth(frame));
    return sum / (names.length - 1);
  };
  await session.propagate({ blockSize: 100_000 });
  const uncut = await meanIou();
  const before = await object.masks();
  await session.propagate({ blockSize: Number(blockSize), seeding });
  const cut = await meanIou();
  const after = await object.masks();
  const same = before.data.every((one, i) => one === after.data[i]);
  const seams = session.document.seams.map((one) => one.iou);
  process.stdout.write(`${JSON.stringify({ sequence, frames: names.length, uncut, cut, same, seams })}\n`);
  await engines.dispose();
}

main();
