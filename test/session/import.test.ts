import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '../../src/errors';
import { importNames } from '../../src/formats';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { ownersAnswer } from '../support/scenes';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Out of one session and into another, with the real engine and the model without weights.

let engines: EnginePair;
let session: Session;
let folder: string;
const make = (): Session => {
  let ids = 0;
  const video = openVideoArrays(new SyntheticVideo(12, [red, blue]), engines);
  return new Session(video, { nextId: () => `id${ids++}` });
};

beforeAll(async () => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  session = make();
  await session.objects.add({ name: 'a', class: 'bird' }).point(0, [2, 6]);
  await session.objects.add({ name: 'b', class: 'fish' }).point(0, [50, 6]);
  await session.propagate();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-import-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => {
  await session.dispose();
  await engines.dispose();
});

describe('an import (J10)', () => {
  it.each(importNames())('of %s brings every mask back as one step, with its provenance', async (format) => {
    await session.export(format, folder);
    const other = make();
    const report = await other.import(format, folder);
    expect(report.objects).toHaveLength(2);
    expect((await other.masks()).data).toEqual((await session.masks()).data);
    const [first] = [...other.objects];
    expect(first!.maskInfo(3)!.source).toEqual({ kind: 'imported', format });
    expect(await other.undo()).toBe('Import masks');
    expect(other.document.objects).toEqual([]);
    expect(other.document.classes).toEqual([]);
    await other.redo();
    expect((await other.masks()).data).toEqual((await session.masks()).data);
    await other.dispose();
  });

  it('that cannot be read changes nothing and says why', async () => {
    await session.export('davis', folder);
    writeFileSync(join(folder, 'Annotations', 'synthetic', '00011.png'), 'no picture');
    const other = make();
    await expect(other.import('davis', folder)).rejects.toThrow(/does not begin as a PNG/);
    expect([other.document.objects, other.history.undo]).toEqual([[], null]);
    await expect(other.import('csv', folder)).rejects.toThrow(/holds no masks.*davis/);
    await expect(other.import('davis', join(folder, 'nowhere'))).rejects.toBeInstanceOf(FormatError);
    await other.dispose();
  });
});

describe('a table in a cell', () => {
  it('has columns of one length, and the same as rows', async () => {
    const table = await session.table('geometry', { range: [2, 4], objects: ['a'] });
    expect(table.rowCount).toBe(3);
    expect(table.columns['frame']).toEqual([2, 3, 4]);
    expect(table.rows()[0]).toMatchObject({
      frame: 2,
      object_name: 'a',
      class: 'bird',
      source: 'propagated',
      distance: 2,
    });
    expect(Object.keys(table.rows()[0]!)).toEqual(table.names);
    await expect(session.table('areas')).rejects.toThrow(/There are: objects, geometry/);
    await expect(session.table('geometry', { scale: { perPixel: 0, unit: 'mm' } })).rejects.toThrow(
      /above 0/,
    );
  });
});

describe('an overlay (J6)', () => {
  it('is an mp4 that OpenCV plays: every frame, masks in their colours, the rest as it was', async () => {
    const report = await session.export('overlay', folder, { range: [2, 9] });
    expect(report.files).toEqual(['synthetic-overlay.mp4']);
    const { data } = await session.labels(5);
    // A place deep in an object, away from outlines and names.
    const around = [0, 1, 2, 64, 128].flatMap((d) => [d, -d]);
    const inside = (i: number): boolean => i > 64 * 24 && i % 64 > 8 && i % 64 < 56;
    const deep = data.findIndex(
      (one, i) => inside(i) && one === 2 && around.every((d) => data[i + d] === one),
    );
    const places = [[3, deep % 64, Math.floor(deep / 64)]];
    writeFileSync(join(folder, 'places.json'), JSON.stringify(places));
    const [read] = ownersAnswer<{ size: number[]; rate: number; count: number; colours: number[][] }>([
      { format: 'overlay', folder, video: 'synthetic' },
    ]);
    expect(read).toMatchObject({ size: [64, 48], rate: 10, count: 8 });
    const truth = (await new SyntheticVideo(12, [red, blue]).frameAt(5)).data.subarray(
      deep * 3,
      deep * 3 + 3,
    );
    const color = parseInt([...session.objects][data[deep]! - 1]!.color.slice(1), 16);
    [color >> 16, (color >> 8) & 255, color & 255].forEach((value, i) =>
      expect(Math.abs(read!.colours[0]![i]! - (truth[i]! * 0.55 + value * 0.45))).toBeLessThan(15),
    );
  });
});
