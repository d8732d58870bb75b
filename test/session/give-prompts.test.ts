import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Boxes of other programs become prompts; the model without weights answers them.

let engines: EnginePair;
let session: Session;
let folder: string;

beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  session = new Session(openVideoArrays(new SyntheticVideo(12, [red, blue]), engines));
  folder = mkdtempSync(join(tmpdir(), 'masklet-prompts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => engines.dispose());

function file(name: string, content: string | object): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Object, class, frame and box (or point) of each prompt. */
function given(): unknown[] {
  return session.document.prompts.map((one) => {
    const { name } = session.document.object(one.objectId);
    const place =
      one.kind === 'box'
        ? [one.x0, one.y0, one.x1, one.y1]
        : one.kind === 'point'
          ? [one.x, one.y, one.positive]
          : null;
    return [name, session.objects.get(one.objectId).class, one.frame, place];
  });
}

describe('boxes of a CSV', () => {
  it('become prompts of one object a name, as one step to undo, and are answered', async () => {
    const path = file(
      'boxes.csv',
      'frame,name,class,x0,y0,x1,y1\r\n0,"a, left",bird,0,2,12,12\r\n3,"a, left",bird,1,2,13,12\n',
    );
    expect(await session.importPrompts(path)).toEqual({ objects: ['a, left'], prompts: 2 });
    expect(given()).toEqual([
      ['a, left', 'bird', 0, [0, 2, 12, 12]],
      ['a, left', 'bird', 3, [1, 2, 13, 12]],
    ]);
    expect(session.objects.get('a, left').maskInfo(0)!.source.kind).toBe('prompted');
    expect(await session.undo()).toBe('Import prompts');
    expect([session.objects.length, session.document.prompts.length]).toEqual([0, 0]);
  });

  it('may say x, y, width and height, and labels alone: the n-th of a label on a frame is its n-th object', async () => {
    const path = file(
      'b.csv',
      'image,label,x,y,w,h\n00000.png,fly,0,0,10,10\n00000.png,fly,20,0,10,10\n00004.png,fly,2,0,10,10\n',
    );
    expect((await session.importPrompts(path)).objects).toEqual(['fly', 'fly 2']);
    expect(given()).toEqual([
      ['fly', 'fly', 0, [0, 0, 9, 9]],
      ['fly', 'fly', 4, [2, 0, 11, 9]],
      ['fly 2', 'fly', 0, [20, 0, 29, 9]],
    ]);
  });

  it('are also those of our own table of prompts, points included', async () => {
    const heron = session.objects.add({ name: 'heron' });
    await heron.point(2, [5, 6]);
    await heron.point(2, [40, 6], 'negative');
    await heron.box(5, [1, 2, 20, 12]);
    const before = given();
    await session.export('csv', folder);
    session = new Session(session.video);
    await session.importPrompts(join(folder, 'synthetic-tables', 'prompts.csv'));
    expect(given()).toEqual(before);
  });

  it.each([
    ['frame,name,x0,y0,x1,y1\n0,a,1,2,3\n', '“y1” is missing'],
    ['frame,name,x0,y0,x1,y1\n0,a\n', '“x0”, “y0”, “x1” and “y1” are missing'],
    ['frame,x,y,x0,y0,x1,y1\n0,5,6,1,,3,4\n', '“y0” is missing'],
    ['frame,x,y,x0,y0,x1,y1\n0,5,,,,,\n', '“y” is missing'],
    ['frame,x,y,width,height\n0,1,2,3\n', '“height” is missing'],
    ['frame,x,y,w,h\n0,,,3,4\n', '“x” and “y” are missing'],
    ['frame,x,y,w,h\n0,,,,\n', '“x” and “y” are missing'],
  ])('that lack values are refused by the columns that are missing: %j', async (text, why) => {
    await expect(session.importPrompts(file('few.csv', text))).rejects.toThrow(`line 2: ${why}. No prompt`);
    expect(session.objects.length).toBe(0);
  });

  it('that are wrong change nothing, and the line is named', async () => {
    const late = file('late.csv', 'frame,x0,y0,x1,y1\n1,0,0,5,5\n99,0,0,5,5\n');
    await expect(session.importPrompts(late)).rejects.toThrow(
      /“99”, which is no frame of “synthetic” \(12 frames\)/,
    );
    const outside = file('out.csv', 'frame,x0,y0,x1,y1\n1,500,0,505,5\n');
    await expect(session.importPrompts(outside)).rejects.toThrow(/line 2: its box lies outside the picture/);
    const words = file('words.csv', 'frame,x0,y0,x1,y1\n1,left,0,5,5\n');
    await expect(session.importPrompts(words)).rejects.toThrow(/line 2: “x0” is no number/);
    await expect(session.importPrompts(file('n.csv', '1,2,3\n'))).rejects.toThrow(/must name the columns/);
    await expect(session.importPrompts(file('n.json', '{}'))).rejects.toThrow(
      /neither “annotations” nor “shapes”/,
    );
    await expect(session.importPrompts(file('m.json', '{'))).rejects.toThrow(/cannot be read as JSON/);
    expect([session.objects.length, session.history.undo]).toEqual([0, null]);
  });
});

describe('boxes of COCO', () => {
  const categories = [{ id: 7, name: 'bird' }];

  it('belong to tracks where the file says so, and are cut to the picture', async () => {
    const images = [
      { id: 1, file_name: 'synthetic/00001.jpg' },
      { id: 2, file_name: 'synthetic/00004.jpg' },
      { id: 3, file_name: 'other/00004.jpg' },
    ];
    const annotations = [
      { image_id: 1, category_id: 7, bbox: [0, 2, 10, 8], track_id: 3 },
      { image_id: 2, category_id: 7, bbox: [60, 2, 10, 8], track_id: 3 },
      { image_id: 2, category_id: 7, bbox: [1, 1, 5, 5], attributes: { name: 'the other' } },
      { image_id: 3, category_id: 7, bbox: [1, 1, 5, 5], track_id: 3 },
    ];
    const path = file('coco.json', { images: images, categories: categories, annotations: annotations });
    expect((await session.importPrompts(path)).prompts).toBe(3);
    expect(given()).toEqual([
      ['bird 3', 'bird', 1, [0, 2, 9, 9]],
      ['bird 3', 'bird', 4, [60, 2, 63, 9]],
      ['the other', 'bird', 4, [1, 1, 5, 5]],
    ]);
  });

  it('are read from our own export of masks, a box a frame', async () => {
    const heron = session.objects.add({ name: 'heron', class: 'bird' });
    await heron.drawMask(3, {
      data: new Uint8Array(64 * 48).fill(1, 64 * 5 + 10, 64 * 5 + 20),
      shape: [48, 64],
    });
    await session.export('coco', folder);
    session = new Session(session.video);
    await session.importPrompts(join(folder, 'synthetic.json'));
    expect(given()).toEqual([['heron', 'bird', 3, [10, 5, 19, 5]]]);
  });
});

describe('rectangles of LabelMe', () => {
  it('are boxes of one object a label and group, over a folder of files', async () => {
    const shape = (label: string, group: number | null, points: number[][], kind = 'rectangle'): object => {
      return { label, group_id: group, points, shape_type: kind };
    };
    const size = { imageHeight: 48, imageWidth: 64 };
    file('lm/00002.json', {
      ...size,
      imagePath: '00002.jpg',
      shapes: [
        shape('fish', 4, [
          [20, 12],
          [10, 2],
        ]),
        shape('fish', null, [
          [30, 2],
          [40, 12],
        ]),
      ],
    });
    file('lm/00005.json', {
      ...size,
      imagePath: '00005.jpg',
      shapes: [
        shape('fish', 4, [
          [11, 2],
          [21, 12],
        ]),
        shape('eye', null, [[3, 4]], 'point'),
      ],
    });
    await session.importPrompts(join(folder, 'lm'));
    expect(given()).toEqual([
      ['fish 4', 'fish', 2, [10, 2, 19, 11]],
      ['fish 4', 'fish', 5, [11, 2, 20, 11]],
      ['fish', 'fish', 2, [30, 2, 39, 11]],
      ['eye', 'eye', 5, [2.5, 3.5, true]],
    ]);
  });
});
