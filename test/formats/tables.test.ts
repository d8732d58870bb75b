import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { measure } from '../../src/formats/geometry';
import { bitmapIou, createBitmap, paintRunLength } from '../../src/mask';
import type { Bitmap } from '../../src/mask';
import { anyBitmap } from '../support/arbitrary-masks';
import type { Digest, Scene } from '../support/scenes';
import {
  anyScenes,
  awkwardScene,
  digestOf,
  folderInput,
  ownersAnswer,
  readScene,
  realScene,
  sceneInput,
  writeScene,
} from '../support/scenes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-table-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Measured {
  readonly area: number;
  readonly centroid: readonly [number, number];
  readonly box: readonly number[];
  readonly perimeter: number;
  readonly solidity: number;
  readonly orientation: number | null;
}

describe('what is measured of a mask', () => {
  const agree = (masks: readonly Bitmap[]): void => {
    const asked = masks.map(({ width, height, data }) => ({ width, height, data: [...data] }));
    const [answers] = ownersAnswer<Measured[]>([{ format: 'measure', masks: asked }]);
    masks.forEach((mask, i) => {
      const ours = measure(mask)!;
      const theirs = answers![i]!;
      const { x0, y0, x1, y1 } = ours.box;
      expect([ours.area, [x0, y0, x1, y1]]).toEqual([theirs.area, theirs.box]);
      expect(ours.centroid[0]).toBeCloseTo(theirs.centroid[0], 8);
      expect(ours.centroid[1]).toBeCloseTo(theirs.centroid[1], 8);
      expect(ours.perimeter).toBeCloseTo(theirs.perimeter, 3);
      expect(ours.solidity).toBeCloseTo(theirs.solidity, 8);
      expect(ours.orientation === null).toBe(theirs.orientation === null);
      // The two ends of an axis are one direction.
      const turn = Math.abs((ours.orientation ?? 0) - (theirs.orientation ?? 0)) % 180;
      expect(Math.min(turn, 180 - turn)).toBeLessThan(1e-4);
    });
  };

  it('is what OpenCV measures, whatever the mask', () => {
    agree(fc.sample(anyBitmap, { numRuns: 150, seed: 5 }).filter((one) => one.data.includes(1)));
  });

  it('is what OpenCV measures of real masks', () => {
    agree(realScene('multi', 'judo', 1).objects.map((one) => one.masks[0]!));
  });

  it('is nothing for an empty mask', () => expect(measure(createBitmap(4, 3))).toBeNull());
});

interface Read {
  readonly rows: readonly Record<string, unknown>[];
  readonly types: Record<string, string>;
}

const writeTables = async (input: ReturnType<typeof sceneInput>): Promise<Record<string, Read>> => {
  for (const format of ['csv', 'xlsx', 'parquet']) await writeScene(format, input, folder);
  const [tables] = ownersAnswer<Record<string, Read>>([
    { format: 'tables', folder, video: input.video.name },
  ]);
  return tables!;
};

describe('the tables', () => {
  const square = (x: number): Bitmap => {
    const mask = createBitmap(20, 10);
    for (let i = 0; i < 9; i++) mask.data[(3 + Math.floor(i / 3)) * 20 + x + (i % 3)] = 1;
    return mask;
  };
  const moving: Scene = {
    name: 'moving',
    width: 20,
    height: 10,
    objects: [
      { name: 'a, "b"\nc', masks: [square(2), square(4), null, square(9), createBitmap(20, 10)] },
      { name: '鳥', masks: [null, square(5), null, null, square(1)] },
    ],
  };

  it('are the same to pandas and pyarrow in CSV, XLSX and Parquet, with types', async () => {
    const tables = await writeTables(sceneInput(moving, { scale: { perPixel: 0.5, unit: 'mm' } }));
    expect(Object.keys(tables)).toEqual(['events', 'features', 'geometry', 'objects', 'overlaps', 'prompts']);
    const { rows, types } = tables['geometry']!;
    expect(types).toMatchObject({ frame: 'int32', time: 'double', object_name: 'string', area: 'int32' });
    expect(rows).toHaveLength(6);
    expect(rows[1]).toMatchObject({
      frame: 1,
      time: 0.04,
      object: 1,
      object_name: 'a, "b"\nc',
      class: 'bird',
    });
    expect(rows[1]).toMatchObject({
      area: 9,
      area_mm2: 2.25,
      centroid_x: 5,
      centroid_y: 4,
      source: 'prompted',
    });
    expect(rows[1]).toMatchObject({ x0: 4, y0: 3, x1: 6, y1: 5, solidity: 1, orientation: null });
    // Two pixels in a 25th of a second; half a millimetre a pixel.
    expect(rows[1]!['speed']).toBeCloseTo(50, 9);
    expect(rows[1]!['speed_mm']).toBeCloseTo(25, 9);
    // No speed over frames that have no mask, and none of an empty one.
    expect(rows[3]).toMatchObject({ frame: 3, speed: null });
    expect(rows[4]).toMatchObject({ frame: 4, area: 0, centroid_x: null, x0: null });
    expect(tables['overlaps']!.rows).toEqual([
      {
        frame: 1,
        time: 0.04,
        object: 1,
        object_name: 'a, "b"\nc',
        other: 2,
        other_name: '鳥',
        pixels: 6,
        iou: 0.5,
      },
    ]);
  });

  it('have prompts, and features as values by frame and as events with times', async () => {
    const input = sceneInput(moving);
    const { document } = input;
    const [a] = document.objects;
    document.apply({
      kind: 'add-prompt',
      prompt: { id: 'p', kind: 'point', objectId: a!.id, frame: 1, x: 3.5, y: 4, positive: false },
    });
    document.apply({
      kind: 'add-prompt',
      prompt: { id: 'q', kind: 'box', objectId: a!.id, frame: 0, x0: 1, y0: 2, x1: 3, y1: 4 },
    });
    const feature = { id: 'f', name: 'behaviour', type: 'text' as const, options: [] };
    document.apply({ kind: 'add-feature', feature });
    for (const [frame, value] of [
      [1, '=rest'],
      [3, null],
    ] as const)
      document.apply({ kind: 'set-feature', featureId: 'f', objectId: a!.id, frame, change: { value } });
    const tables = await writeTables(input);
    expect(tables['prompts']!.rows).toMatchObject([
      { frame: 0, prompt: 'q', kind: 'box', positive: null, x: null, x0: 1, y1: 4 },
      { frame: 1, prompt: 'p', kind: 'point', positive: false, x: 3.5, y: 4, x0: null },
    ]);
    expect(tables['features']!.rows.map((one) => [one['frame'], one['value']])).toEqual([
      [1, '=rest'],
      [2, '=rest'],
    ]);
    expect(tables['events']!.rows).toMatchObject([
      {
        feature: 'behaviour',
        value: '=rest',
        first_frame: 1,
        last_frame: 2,
        start: 0.04,
        end: 0.12,
        seconds: 0.08,
      },
    ]);
  });
});

describe('YOLO', () => {
  /** What is of one class on one frame, joined. */
  const joined = (scene: Scene): Digest => {
    const input = sceneInput(scene);
    const classes = [...new Set(scene.objects.map((_, i) => i % 2))];
    const frames = input.frames.flatMap((frame) =>
      classes.map((category) => {
        const mask = createBitmap(scene.width, scene.height);
        scene.objects.forEach(({ masks }, i) => {
          if (i % 2 === category) masks[frame]?.data.forEach((one, at) => (mask.data[at] ||= one));
        });
        return [String(category), frame, mask] as const;
      }),
    );
    return digestOf(frames);
  };
  const scenes = (): Scene[] => [
    awkwardScene,
    ...anyScenes(12),
    realScene('multi', 'judo', 2),
    realScene('davis', 'bear', 2),
  ];

  it('is filled by OpenCV, as Ultralytics does it, to what was written, holes and parts too', async () => {
    for (const scene of scenes()) {
      const own = mkdtempSync(join(folder, 'one-'));
      await writeScene('yolo', sceneInput(scene), own);
      writeFileSync(join(own, 'size.json'), JSON.stringify([scene.width, scene.height]));
      const [answer] = ownersAnswer<Digest>([{ format: 'yolo', folder: own, video: scene.name }]);
      expect(answer).toEqual(joined(scene));
    }
  });

  it('loses nothing where Ultralytics resamples outlines of real masks to train on them', async () => {
    const seen: number[] = [];
    for (const scene of [realScene('multi', 'schoolgirls', 2), realScene('davis', 'bear', 4)]) {
      const own = mkdtempSync(join(folder, 'one-'));
      await writeScene('yolo', sceneInput(scene), own);
      writeFileSync(join(own, 'size.json'), JSON.stringify([scene.width, scene.height]));
      const [ious] = ownersAnswer<number[]>([{ format: 'yolo-resampled', folder: own, video: scene.name }]);
      seen.push(...ious!);
    }
    expect(seen.length).toBeGreaterThan(20);
    expect(Math.min(...seen)).toBe(1);
  });

  it('is read back by us to the pixel', async () => {
    let [worst, count] = [1, 0];
    for (const scene of scenes()) {
      const own = mkdtempSync(join(folder, 'one-'));
      await writeScene('yolo', sceneInput(scene), own);
      for (const { key, frame, mask } of await readScene('yolo', own, scene)) {
        const truth = createBitmap(scene.width, scene.height);
        scene.objects.forEach(({ masks }, i) => {
          if (String(i % 2) === key) masks[frame]?.data.forEach((one, at) => (truth.data[at] ||= one));
        });
        const found = createBitmap(scene.width, scene.height);
        paintRunLength(mask, found.data, 1);
        worst = Math.min(worst, bitmapIou(truth, found));
        count++;
      }
    }
    expect(count).toBeGreaterThan(30);
    expect(worst).toBe(1);
  });
});

describe('SAMannot’s layout', () => {
  it('has its folders and workbooks, x across and y down, and true frame numbers', async () => {
    const scene = realScene('multi', 'schoolgirls', 2);
    const input = sceneInput(scene, { frameName: (frame) => String(frame * 5).padStart(5, '0') });
    await writeScene('samannot', input, folder);
    const [answer] = ownersAnswer<{
      books: Record<string, unknown[][]>;
      shapes: Record<string, number[][]>;
      colours: number[][];
    }>([{ format: 'samannot', folder, video: 'schoolgirls' }]);
    const { books, shapes, colours } = answer!;
    expect(shapes['masks']).toEqual(input.frames.map(() => [scene.height, scene.width, 3]));
    expect(shapes['overlays']).toEqual(shapes['frames']);
    expect(colours).toEqual(
      expect.arrayContaining([
        [0, 0, 0],
        [128, 0, 0],
        [0, 128, 0],
      ]),
    );
    const found = books['interpolated_data']!;
    expect(found[0]).toEqual([
      'frame_id',
      'session_id',
      'label',
      'features',
      'bounding box',
      'center-x',
      'center-y',
    ]);
    const { centroid } = measure(scene.objects[0]!.masks[0]!)!;
    expect(found[1]!.slice(0, 3)).toEqual([0, 'schoolgirls', 'object 1']);
    expect(found[1]![5]).toBeCloseTo(centroid[0], 9);
    expect(found[1]![6]).toBeCloseTo(centroid[1], 9);
    expect(books['label_data']![1]).toEqual(['object 1', '(128, 0, 0)']);
    expect(folderInput(folder, scene).paths).toContain('schoolgirls/labels/00000.txt');
  });
});
