import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { AnnotationDocument, newObjectEdit } from '../../src/annotation';
import { decodeIndexedPng, formatOf } from '../../src/formats';
import type { ExportInput, ImportInput, ImportedMask } from '../../src/formats';
import { decodeRunLength, encodeRunLength, runLengthArea } from '../../src/mask';
import type { Bitmap, RunLength } from '../../src/mask';
import { bitmapOf } from './arbitrary-masks';
import { dataFolder } from './davis';

/** A video's masks: objects by name, a mask or nothing a frame. */
export interface Scene {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly objects: readonly { readonly name: string; readonly masks: readonly (Bitmap | null)[] }[];
}

const root = resolve(__dirname, '..', '..');

/** What a session would hand to a format. Overlapping pixels stay with both, as the rule “allow” has it. */
export function sceneInput(scene: Scene, changes: Partial<ExportInput> = {}): ExportInput {
  const frameCount = Math.max(...scene.objects.map((one) => one.masks.length));
  const { name, width, height } = scene;
  const document = new AnnotationDocument({ name, width, height, frameCount });
  let ids = 0;
  scene.objects.forEach((one, i) => {
    const className = i % 2 === 0 ? 'bird' : undefined;
    const wanted = { name: one.name, ...(className === undefined ? {} : { class: className }) };
    document.apply(newObjectEdit(document.records(), wanted, () => `id${ids++}`).edit);
  });
  const frames = Array.from({ length: frameCount }, (_, i) => i);
  const stored = new Map<string, (RunLength | null)[]>();
  document.objects.forEach(({ id }, i) => {
    const masks = scene.objects[i]!.masks.map((one) => one && encodeRunLength(one));
    stored.set(id, masks);
    document.apply({
      kind: 'set-track',
      objectId: id,
      changes: masks.flatMap((one, frame) =>
        one
          ? [
              {
                frame,
                entry: {
                  mask: `${id} ${frame}`,
                  source: { kind: 'prompted' as const, of: '' },
                  area: runLengthArea(one),
                },
              },
            ]
          : [],
      ),
    });
  });
  return {
    video: document.video,
    classes: document.classes,
    objects: document.objects,
    frames,
    document,
    frameRate: 25,
    scale: null,
    frameName: (frame) => String(frame).padStart(5, '0'),
    timeOf: (frame) => frame / 25,
    mask: async (id, frame) => stored.get(id)?.[frame] ?? null,
    picture: async () => ({ width, height, data: new Uint8Array(width * height * 3).fill(90) }),
    encodeVideo: () => {
      throw new Error('only a session encodes video');
    },
    ...changes,
  };
}

/** Writes a format's files below a folder. */
export async function writeScene(format: string, input: ExportInput, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path, chunks } of formatOf(format).write(input)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    writeFileSync(target, Buffer.concat(parts));
    paths.push(path);
  }
  return paths;
}

/** The files below a folder, for the readers. */
export function folderInput(folder: string, scene: Scene): ImportInput {
  const { name, width, height } = scene;
  const frameCount = Math.max(...scene.objects.map((one) => one.masks.length));
  const list = (below: string): string[] =>
    readdirSync(join(folder, below), { withFileTypes: true }).flatMap((one) => {
      const path = below === '' ? one.name : `${below}/${one.name}`;
      return one.isDirectory() ? list(path) : [path];
    });
  return {
    video: { name, width, height, frameCount },
    paths: list('').sort(),
    frameOf: (text) => (/^\d+$/.test(text) && Number(text) < frameCount ? Number(text) : null),
    read: async (path) => new Uint8Array(readFileSync(join(folder, path))),
  };
}

/** Everything that our reader finds below a folder. */
export async function readScene(format: string, folder: string, scene: Scene): Promise<ImportedMask[]> {
  const found: ImportedMask[] = [];
  for await (const one of formatOf(format).read!(folderInput(folder, scene))) found.push(one);
  return found;
}

/** Object → frame → [pixels, SHA-1 of uint8[height * width]] of masks that have pixels. */
export type Digest = Record<string, Record<string, readonly [area: number, sha1: string]>>;

export function digestOf(masks: Iterable<readonly [string, number, Bitmap]>): Digest {
  const digest: Digest = {};
  for (const [name, frame, { data }] of masks) {
    const area = data.reduce((sum, one) => sum + one, 0);
    if (area === 0) continue;
    (digest[name] ??= {})[frame] = [area, createHash('sha1').update(data).digest('hex')];
  }
  return digest;
}

/** What a scene must read as: by name, or by number; a label map gives a pixel to the first that claims it. */
export function sceneDigest(scene: Scene, by: 'name' | 'number', labels = false): Digest {
  const entries = scene.objects.flatMap(({ name, masks }, i) =>
    masks.flatMap((mask, frame) => {
      if (!mask) return [];
      const before = labels ? scene.objects.slice(0, i).map((one) => one.masks[frame]) : [];
      const data = mask.data.map((value, at) => (before.some((one) => one?.data[at] === 1) ? 0 : value));
      return [[by === 'name' ? name : String(i + 1), frame, { ...mask, data }] as const];
    }),
  );
  return digestOf(entries);
}

/** What our reader found, as a digest. */
export function importDigest(
  found: readonly ImportedMask[],
  by: 'name' | 'number',
  motsIds: boolean = false,
): Digest {
  const number = (key: string): string => (motsIds ? String(Number(key) % 1000) : key);
  return digestOf(
    found.map(
      ({ key, name, frame, mask }) =>
        [by === 'name' ? name : number(key), frame, decodeRunLength(mask)] as const,
    ),
  );
}

/** Asks test/reference/read_formats.py, which reads with the programs that own the formats. */
export function ownersAnswer<T>(asked: readonly object[]): T[] {
  const python = join(root, '.venv', 'bin', 'python');
  if (!existsSync(python)) throw new Error('run `npm run setup -- --references` once: the tests need Python');
  const script = join(root, 'test', 'reference', 'read_formats.py');
  const input = asked.map((one) => JSON.stringify(one)).join('\n');
  const { stdout, stderr, status } = spawnSync(python, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const ring = bitmapOf('.......', '.#####.', '.#...#.', '.#.#.#.', '.#...#.', '.#####.', '.......');
const parts = bitmapOf('##...##', '##.....', '....#..', '...#...', '#......', '#.....#', '#....##');
const dot = bitmapOf('.......', '.......', '.......', '...#...', '.......', '.......', '.......');
const none = bitmapOf('.......', '.......', '.......', '.......', '.......', '.......', '.......');
const all = bitmapOf('#######', '#######', '#######', '#######', '#######', '#######', '#######');

/** Holes, an island in a hole, parts that touch by corners, one pixel, nothing, everything, overlap, absence. */
export const awkwardScene: Scene = {
  name: 'awkward',
  width: 7,
  height: 7,
  objects: [
    { name: 'ring', masks: [ring, null, ring, none, dot] },
    { name: 'parts & "<name>"', masks: [parts, parts, null, all, none] },
    { name: 'öl, 鳥', masks: [dot, all, ring, dot, parts] },
  ],
};

/** One pixel in all. */
export const tinyScene: Scene = {
  name: 'tiny',
  width: 1,
  height: 1,
  objects: [{ name: 'dot', masks: [bitmapOf('#'), bitmapOf('.'), null] }],
};

/** Any masks of one small size, with gaps. */
export function anyScenes(count: number): Scene[] {
  const scene = fc
    .record({ width: fc.integer({ min: 1, max: 17 }), height: fc.integer({ min: 1, max: 17 }) })
    .chain(({ width, height }) => {
      const mask = fc
        .array(fc.constantFrom(0, 1, 1), { minLength: width * height, maxLength: width * height })
        .map((values) => ({ width, height, data: Uint8Array.from(values) }));
      const masks = fc.array(fc.option(mask), { minLength: 3, maxLength: 3 });
      return fc.array(masks, { minLength: 1, maxLength: 3 }).map((list) => ({
        name: 'any',
        width,
        height,
        objects: list.map((one, i) => ({ name: `object ${i + 1}`, masks: one })),
      }));
    });
  return fc.sample(scene, { numRuns: count, seed: 8 });
}

/** A real sequence with its first `count` annotated pictures as frames. */
export function realScene(set: 'davis' | 'multi', name: string, count: number): Scene {
  const folder = join(dataFolder(), set, 'Annotations', ...(set === 'davis' ? ['480p'] : []), name);
  const files = readdirSync(folder).sort().slice(0, count);
  const pictures = files.map((file) => decodeIndexedPng(new Uint8Array(readFileSync(join(folder, file))))!);
  const { width, height } = pictures[0]!;
  // Pictures of one folder differ in size here and there.
  const same = pictures.filter((one) => one.width === width && one.height === height);
  const numbers = [...new Set(same.flatMap((one) => [...new Set(one.data)]))].filter((one) => one > 0);
  return {
    name,
    width,
    height,
    objects: numbers.sort().map((number) => ({
      name: `object ${number}`,
      masks: same.map(({ data }) => ({
        width,
        height,
        data: data.map((value) => (value === number ? 1 : 0)),
      })),
    })),
  };
}
