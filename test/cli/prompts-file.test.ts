import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { ClipFolder } from '../support/clips';
import { masklet } from '../support/command';
import type { Outcome } from '../support/command';

// Boxes of other programs as prompts of a command. What is read of each: test/session/give-prompts.test.ts.

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
  const ground = ['-f', 'lavfi', '-i', 'color=c=0x282828:s=64x48:r=10:d=1'];
  const square = ['-f', 'lavfi', '-i', 'color=c=0xdc1e1e:s=8x8:r=10:d=1'];
  clips.make('clip.mp4', ...ground, ...square, '-filter_complex', '[0][1]overlay=x=10:y=6', '-qp', '0');
});
afterAll(() => clips.remove());

const run = (...args: string[]): Outcome => masklet(clips.folder, ...args);
const write = (name: string, content: unknown): void =>
  writeFileSync(clips.path(name), typeof content === 'string' ? content : JSON.stringify(content));

describe('prompts on the command line', () => {
  it('are read of CSV, COCO and a folder of LabelMe, each in its own pixels', () => {
    write('boxes.csv', 'frame,name,class,x0,y0,x1,y1\n2,red,square,10,6,17,13\n');
    const args = ['--video', 'clip.mp4', '--prompts', 'boxes.csv', '--model', 'synthetic'];
    const made = run('new', 'work.masklet', ...args);
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('1 prompt of 1 object answered')]);
    write('coco.json', {
      images: [{ id: 7, file_name: '00005.png', width: 64, height: 48 }],
      categories: [{ id: 3, name: 'box' }],
      annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [10, 6, 8, 8] }],
    });
    mkdirSync(clips.path('labelme'));
    write('labelme/00008.json', {
      ...{ imageHeight: 48, imageWidth: 64, imagePath: '00008.jpg' },
      shapes: [
        {
          label: 'red',
          points: [
            [10, 6],
            [18, 14],
          ],
          shape_type: 'rectangle',
        },
      ],
    });
    const given = [run('prompt', 'work.masklet', '--file', 'coco.json', '--json')];
    given.push(run('prompt', 'work.masklet', '--file', 'labelme', '--json'));
    expect(given.map((one) => one.code)).toEqual([0, 0]);
    expect(given.map((one) => JSON.parse(one.stdout) as unknown)).toEqual([
      { objects: ['box'], prompts: 1 },
      { objects: ['red'], prompts: 1 },
    ]);
    // The third file names an object that is there: it has one prompt more. All boxes are the same place.
    const rows = JSON.parse(run('table', 'work.masklet', 'prompts', '--json').stdout) as {
      [column: string]: unknown;
    }[];
    const seen = rows.map((one) => [
      one['object_name'],
      one['frame'],
      one['x0'],
      one['y0'],
      one['x1'],
      one['y1'],
    ]);
    expect(seen.sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      ['red', 2, 10, 6, 17, 13],
      ['box', 5, 10, 6, 17, 13],
      ['red', 8, 10, 6, 17, 13],
    ]);
  });

  it.each([
    ['other.json', '{"things": []}', /no “objects” .*no “annotations” \(COCO\) and no “shapes” \(LabelMe\)/],
    ['boxes.txt', 'frame,x0\n', /boxes\.txt is not JSON, and a table of boxes ends in \.csv/],
    [
      'far.csv',
      'frame,name,x0,y0,x1,y1\n99,a,1,1,2,2\n',
      /a box on “99”, which is no frame of “clip” \(10 frames\)/,
    ],
  ])('say in a sentence what is wrong with %s, and make nothing', (name, content, sentence) => {
    write(name, content);
    const args = ['--video', 'clip.mp4', '--prompts', name, '--model', 'synthetic'];
    const { code, stderr } = run('new', 'never.masklet', ...args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
    expect(existsSync(clips.path('never.masklet'))).toBe(false);
  });
});
