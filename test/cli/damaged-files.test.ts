import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { actsOfScript } from '../../src/cli/edit/read-acts';
import { asOneStep } from '../../src/cli/one-step';
import { openPromptsFile } from '../../src/cli/prompts-file';
import { CommandError, FormatError, MaskletError } from '../../src/errors';
import { EnginePair, openVideoArrays, Session } from '../../src/session';
import { contentOf } from '../support/arbitrary-edits';
import { damaged, damages } from '../support/damage';
import { engineProgram } from '../support/engine-program';
import { blue, red, SyntheticVideo } from '../support/synthetic-video';

// Prompts files and scripts of edits that were damaged, or hold what nobody would write: read, or refused in a sentence.

let folder: string;
let engines: EnginePair;
let session: Session;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masklet-damaged-'));
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  session = new Session(openVideoArrays(new SyntheticVideo(30, [red, blue]), engines));
});
afterAll(async () => {
  await session.dispose();
  await engines.dispose();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const utf8 = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(value)));

/** Whatever JSON can hold, with what programs trip over. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    -1,
    1e308,
    2 ** 53,
    0.5,
    '',
    ' ',
    '__proto__',
    'constructor',
    [],
    {},
    [[]],
    [null],
    '0-',
  ),
);

/** JSON in which one value, wherever it lies, is another. */
function replaced(value: unknown, at: number, by: unknown): unknown {
  const count = (one: unknown): number =>
    typeof one === 'object' && one !== null
      ? 1 + Object.values(one).reduce<number>((n, o) => n + count(o), 0)
      : 1;
  let place = at % count(value);
  const copy = (one: unknown): unknown => {
    if (place-- === 0) return by;
    if (Array.isArray(one)) return one.map(copy);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(value);
}

const image = { id: 7, file_name: '00005.png', width: 64, height: 48 };
const prompts: Readonly<Record<string, unknown>> = {
  'own.json': {
    objects: [
      {
        name: 'a',
        class: 'c',
        prompts: [
          {
            frame: 2,
            points: [
              [10, 6, 1],
              [1, 1, 0],
            ],
            box: [1, 2, 30, 40],
          },
        ],
      },
      { name: 'b', prompts: [{ frame: 5, mask: 'b.png' }] },
    ],
  },
  'coco.json': {
    images: [image],
    categories: [{ id: 3, name: 'box' }],
    annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [10, 6, 8, 8], attributes: { track_id: 4 } }],
  },
  'labelme.json': {
    ...{ imageHeight: 48, imageWidth: 64, imagePath: '00008.jpg' },
    shapes: [
      {
        label: 'red',
        points: [
          [10, 6],
          [18, 14],
        ],
        shape_type: 'rectangle',
        group_id: null,
      },
    ],
  },
};
const table = 'frame,name,class,x0,y0,x1,y1,x,y,positive\n2,red,square,10,6,17,13,,,\n3,blue,,,,,,4,5,1\n';

/** Reads a file of prompts: what it says lies in the video, or one of our sentences says what is wrong. */
async function readPrompts(path: string): Promise<'read' | 'refused'> {
  try {
    const objects = await (await openPromptsFile(path))(session.video);
    for (const { name, prompts: given } of objects) {
      expect(name.trim()).not.toBe('');
      for (const { frame, points, box } of given) {
        expect(Number.isInteger(frame) && frame >= 0).toBe(true);
        expect([...points.flat(), ...(box ?? [])].every((one) => Number.isFinite(one))).toBe(true);
      }
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof FormatError)) throw error;
    expect(error.message).toMatch(
      /(Nothing was (computed|imported|changed)|No prompt was given|cannot be read)/,
    );
    expect(error.message).not.toMatch(/undefined|\[object|TypeError/);
    return 'refused';
  }
}

describe('a file of prompts', () => {
  it('is read as it is', async () => {
    for (const [name, content] of Object.entries(prompts))
      expect([name, await readPrompts(write(name, utf8(content)))]).toEqual([name, 'read']);
    expect(await readPrompts(write('table.csv', table))).toBe('read');
  });

  const files = [...Object.keys(prompts), 'table.csv'];
  const bytesOf = (name: string): Uint8Array =>
    name === 'table.csv' ? new Uint8Array(Buffer.from(table)) : utf8(prompts[name]);

  it.each(files)('whose bytes are damaged is refused in a sentence or read: %s', async (name) => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(damages, async (changes) => {
        seen.add(await readPrompts(write(`damaged-${name}`, damaged(bytesOf(name), changes))));
      }),
      { numRuns: 150, seed: 8 },
    );
    expect(seen).toContain('refused');
  });

  it.each(Object.keys(prompts))(
    'with anything in any place is refused in a sentence or read: %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), anything, async (at, by) => {
          await readPrompts(write(`strange-${name}`, utf8(replaced(prompts[name], at, by))));
        }),
        { numRuns: 300, seed: 8 },
      );
    },
  );
});

const script: readonly Readonly<Record<string, unknown>>[] = [
  { do: 'add-object', name: 'one', class: 'swan', color: '#ff8000' },
  { do: 'add-object', name: 'two' },
  { do: 'point', object: 'one', frame: 2, at: [12, 8], sign: 'positive' },
  { do: 'box', object: 'two', frame: 2, box: [1, 1, 20, 20] },
  { do: 'draw', object: 'one', frame: 4, path: [3, 3, 9, 9], radius: 3 },
  { do: 'lock', object: 'one', range: [2, 3] },
  { do: 'add-feature', name: 'calls', type: 'choice', options: ['yes', 'no'] },
  { do: 'set-feature', object: 'one', feature: 'calls', frame: 3, value: 'yes' },
  { do: 'absent', object: 'two', range: [6, 9] },
  { do: 'split', object: 'two', from: 1, name: 'three' },
  { do: 'change-object', object: 'three', name: 'drei' },
  { do: 'move-object', object: 'drei', to: 0 },
  { do: 'settings', overlap: 'order', blockSize: 12 },
  { do: 'merge', object: 'two', other: 'drei' },
  { do: 'rename-class', class: 'swan', name: 'goose' },
  { do: 'remove-object', object: 'two' },
];
const lines = (all: readonly unknown[]): string => all.map((one) => JSON.stringify(one)).join('\n');

/** Does a script as one step: all of it, or nothing and a sentence; one undo takes it back. */
async function doScript(path: string): Promise<'done' | 'refused'> {
  const before = contentOf(session.document);
  try {
    const wanted = await actsOfScript(path);
    await asOneStep(session, 'Script', async () => {
      for (const { act, given } of wanted)
        await act.do({ session, folder, follow: (run) => Promise.resolve(run) }, given);
    });
  } catch (error) {
    if (!(error instanceof MaskletError)) throw error;
    expect(error.message).toMatch(/[.!?]$/);
    expect(error.message).not.toMatch(/undefined|\[object|TypeError/);
    expect(contentOf(session.document)).toEqual(before);
    return 'refused';
  }
  if (session.history.undo === 'Script') await session.undo();
  expect(contentOf(session.document)).toEqual(before);
  return 'done';
}

describe('a script of edits', () => {
  it('is done as it is, and undone', async () => {
    expect(await doScript(write('script.jsonl', lines(script)))).toBe('done');
  });

  it('whose bytes are damaged is done or refused in a sentence, and leaves nothing behind', async () => {
    const seen = new Set<string>();
    const whole = new Uint8Array(Buffer.from(lines(script)));
    await fc.assert(
      fc.asyncProperty(damages, async (changes) => {
        seen.add(await doScript(write('damaged.jsonl', damaged(whole, changes))));
      }),
      { numRuns: 100, seed: 8 },
    );
    expect(seen).toContain('refused');
  });

  it('with anything in any place is done or refused in a sentence, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), anything, async (line, at, by) => {
        const which = line % script.length;
        // The first two make the objects that the line speaks of.
        const changed = [...script.slice(0, Math.max(which, 2)), replaced(script[which], at, by)];
        await doScript(write('strange.jsonl', lines(changed)));
      }),
      { numRuns: 250, seed: 8 },
    );
  });
});
