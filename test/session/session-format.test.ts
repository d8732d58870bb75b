import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { EnginePair } from '../../src/session';
import { packMask, unpackMask } from '../../src/session/folder/mask-bytes';
import { encodeRunLength } from '../../src/mask';
import { anyBitmap } from '../support/arbitrary-masks';
import { engineProgram } from '../support/engine-program';
import { WorkFolder } from '../support/work-folder';

// What docs/session-format.md says, tried: its own lines of Python read a session that was really worked in (A1).

const root = resolve(__dirname, '..', '..');
const python = join(root, '.venv', 'bin', 'python');
let engines: EnginePair;
let work: WorkFolder;

beforeAll(() => {
  if (!existsSync(python)) throw new Error('run `npm run setup -- --references` once: the tests need Python');
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
});
beforeEach(() => {
  work = new WorkFolder(engines);
});
afterEach(() => work.remove());
afterAll(() => engines.dispose());

describe('a session’s folder read without Masklet', () => {
  it('gives a dozen lines of Python the masks that a cell reads', async () => {
    const { session } = await work.open('birds.masklet');
    const a = session.objects.add({ name: 'a' });
    const b = session.objects.add({ name: 'b' });
    await a.point(0, [2, 6]);
    await b.box(0, [48, 0, 59, 9]);
    await session.propagate();
    const wanted = [a, b].flatMap((one) =>
      one.frames.map((frame) => `${one.id} ${frame} ${one.maskInfo(frame)!.area}`),
    );
    const pixels = (await a.mask(7)).data;
    await session.dispose();
    const [, code] = /```python\n([\s\S]*?)```/.exec(
      readFileSync(join(root, 'docs', 'session-format.md'), 'utf8'),
    )!;
    expect(code!.split('\n').filter((line) => line.trim() !== '').length).toBeLessThan(16);
    const run = (script: string): string =>
      execFileSync(python, ['-c', script], { cwd: work.path, encoding: 'utf8' }).trim();
    expect(run(code!).split('\n')).toEqual(wanted);
    const first = `${code}\nimport sys\nprint(mask(session["document"]["tracks"][0]["masks"][7]).astype(int).flatten().tolist())`;
    expect(JSON.parse(run(first).split('\n').at(-1)!)).toEqual([...pixels]);
  });
});

describe('a mask’s bytes', () => {
  it('are the mask again, whatever it is', () => {
    fc.assert(
      fc.property(anyBitmap, (bitmap) => {
        const mask = encodeRunLength(bitmap);
        expect(unpackMask(packMask(mask), bitmap.width, bitmap.height)).toEqual(mask);
      }),
    );
  });

  it('that are not a mask of the size are refused in a sentence, and never read as one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        try {
          const { counts } = unpackMask(bytes, 8, 6);
          expect(counts.reduce((sum, one) => sum + one, 0)).toBe(48);
        } catch (error) {
          expect((error as Error).message).toContain('A saved mask is damaged');
        }
      }),
    );
  });
});
