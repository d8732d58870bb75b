// The most memory that an export takes, by format and length of the video: node scripts/export-memory.mjs [FRAMES …] (200 and 2,000).
// Through the command, as users run it: a session of 854 × 480 with three objects on every frame, kept on the disk. The largest of its
// processes, as Linux counts it (ru_maxrss).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './project.mjs';

const require = createRequire(import.meta.url);
const masklet = join(root, 'dist', 'cli', 'main.js');
const { encodeRunLength } = require(join(root, 'dist', 'mask'));
const { findFfmpeg } = require(join(root, 'dist', 'engine', 'video'));
const [width, height] = [854, 480];
const formats = ['coco', 'davis', 'npz', 'yolo', 'csv', 'xlsx', 'overlay'];

function wavyMask(cx, radius) {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - cx, (y - 240) * 1.4];
      const edge = radius * (1 + 0.15 * Math.sin(9 * Math.atan2(dy, dx)));
      if (Math.hypot(dx, dy) < edge) data[y * width + x] = 1;
    }
  return [...encodeRunLength({ width, height, data }).counts];
}

/** Three objects on every frame, eight different masks each in turn, in the schema of YouTube-VIS. */
function writeMasks(file, frames) {
  const names = Array.from({ length: frames }, (_, i) => `clip/${String(i).padStart(5, '0')}.jpg`);
  const annotations = [0, 1, 2].map((k) => {
    const eight = Array.from({ length: 8 }, (_, i) => wavyMask(180 + 240 * k + 3 * i, 110));
    const segmentations = names.map((_, i) => ({ size: [height, width], counts: eight[i % 8] }));
    return { id: k + 1, video_id: 1, category_id: 1, segmentations };
  });
  const videos = [{ id: 1, file_names: names }];
  writeFileSync(file, JSON.stringify({ videos, categories: [{ id: 1, name: 'bird' }], annotations }));
}

/** The largest of a command's processes, in MiB. */
function peak(args) {
  const command = ['-f', '%M', process.execPath, masklet, ...args];
  const timed = spawnSync('/usr/bin/time', command, { encoding: 'utf8' });
  if (timed.status !== 0) throw new Error(timed.stderr);
  return Math.round(Number(timed.stderr.trim().split('\n').at(-1)) / 1024);
}

const folder = mkdtempSync(join(tmpdir(), 'masklet-export-memory-'));
const counts = process.argv.slice(2).map(Number);
try {
  const { path } = await findFfmpeg();
  for (const frames of counts.length > 0 ? counts : [200, 2000]) {
    const at = (name) => join(folder, `${frames}`, name);
    mkdirSync(at(''), { recursive: true });
    const source = ['-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=25`, '-frames:v', String(frames)];
    execFileSync(path, ['-v', 'error', ...source, '-preset', 'ultrafast', at('clip.mp4')]);
    writeMasks(at('masks.json'), frames);
    execFileSync(process.execPath, [masklet, 'new', at('clip.masklet'), '--video', at('clip.mp4')]);
    execFileSync(process.execPath, [
      ...[masklet, 'import', at('clip.masklet'), '--format', 'coco', '--from', at('masks.json')],
    ]);
    for (const format of formats) {
      const args = ['export', at('clip.masklet'), '--format', format, '--out', at(format)];
      const began = performance.now();
      const mib = peak(args);
      const seconds = Math.round((performance.now() - began) / 1000);
      console.log(`${frames} frames, ${format}: ${mib} MiB at most, ${seconds} s`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
