import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnotationDocument, MemoryMaskStore, newObjectEdit } from '../../src/annotation';
import { FormatError } from '../../src/errors';
import { formatNames, formatOf } from '../../src/formats';
import type { ExportInput } from '../../src/formats';
import { encodeRunLength, runLengthArea } from '../../src/mask';
import { encodeVideo } from '../../src/session/encode-video';
import { ExportWatch } from '../../src/session/export-watch';
import type { ExportStep } from '../../src/session/export-watch';
import { writeExport } from '../../src/session/write-export';

const [width, height, frameCount] = [24, 16, 5];

/** Three objects that overlap, with a mask on every frame but the second. */
async function input(): Promise<ExportInput> {
  const document = new AnnotationDocument({ name: 'clip', width, height, frameCount });
  const store = new MemoryMaskStore();
  for (let k = 0; k < 3; k++) {
    const { edit, object } = newObjectEdit(document.records(), { class: 'bird' }, () => `id${Math.random()}`);
    document.apply(edit);
    for (const frame of [0, 2, 3, 4]) {
      const data = new Uint8Array(width * height);
      for (let y = 3; y < 9; y++) data.fill(1, y * width + 2 + k + frame, y * width + 9 + k + frame);
      const mask = encodeRunLength({ width, height, data });
      const entry = {
        ...{ mask: await store.put(mask), area: runLengthArea(mask) },
        source: { kind: 'imported' as const, format: 'coco' },
      };
      document.apply({ kind: 'set-track', objectId: object.id, changes: [{ frame, entry }] });
    }
  }
  return {
    ...{ video: document.video, classes: document.classes, objects: document.objects, document },
    ...{ frames: [0, 1, 2, 3, 4], frameRate: 25, scale: null, encodeVideo },
    frameName: (frame) => String(frame).padStart(5, '0'),
    timeOf: (frame) => frame / 25,
    mask: async (id, frame) => {
      const entry = document.track(id).entryAt(frame);
      return entry ? store.get(entry.mask) : null;
    },
    picture: () => Promise.resolve({ width, height, data: new Uint8Array(width * height * 3) }),
  };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'masklet-export-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an export that is watched', () => {
  it.each(formatNames())('reads each mask as often as %s says, so that its share ends at 1', async (name) => {
    const format = formatOf(name);
    const passes = format.passes ?? 1;
    const plain = await input();
    let read = 0;
    const counted = { ...plain, mask: (id: string, frame: number) => (read++, plain.mask(id, frame)) };
    await inFolder((folder) => writeExport(format.write(counted), folder));
    expect(read).toBe(passes * 3 * frameCount);
  });

  it.each(formatNames())('leaves whole files only where %s is given up, and says how many', async (name) => {
    const format = formatOf(name);
    const passes = format.passes ?? 1;
    const stop = new AbortController();
    const plain = await input();
    let read = 0;
    const late = {
      ...plain,
      mask: (id: string, frame: number) => {
        if (++read === passes * 3 * frameCount - 1) stop.abort();
        return plain.mask(id, frame);
      },
    };
    await inFolder(async (folder) => {
      const watch = new ExportWatch(late, passes, { signal: stop.signal });
      const error = await writeExport(format.write(watch.input), folder, watch).catch((one: unknown) => one);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      );
      expect(error).toBeInstanceOf(FormatError);
      expect((error as FormatError).fields).toEqual({ cancelled: true, written: files.length });
      expect((error as FormatError).message).toMatch(
        files.length === 0
          ? /cancelled\. Nothing was written\.$/
          : /whole in .*, and none is half written\.$/,
      );
      expect(files.filter((one) => one.name.endsWith('.partial'))).toEqual([]);
    });
  });

  it('tells shares that rise and the files that are whole', async () => {
    const steps: ExportStep[] = [];
    const slow = { ...(await input()) };
    const mask = slow.mask.bind(slow);
    slow.mask = async (id, frame) => {
      await new Promise((wake) => setTimeout(wake, 60));
      return mask(id, frame);
    };
    const watch = new ExportWatch(slow, 1, { onStep: (step) => steps.push(step) });
    await inFolder((folder) => writeExport(formatOf('davis').write(watch.input), folder, watch));
    const shares = steps.map((one) => one.share);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.6);
    expect(steps.at(-1)!.files).toBeGreaterThan(2);
  });
});
