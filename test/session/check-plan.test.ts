import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnnotationDocument } from '../../src/annotation';
import type { RunRecord, TrackEntry } from '../../src/annotation';
import { comparable, planCheck } from '../../src/session/check-plan';
import type { PlannedCheck } from '../../src/session/check-plan';
import type { Video } from '../../src/session';

// Which masks a check compares, on tracks of every make.

type Letter = keyof typeof letters;

/** A frame of a track: what its mask is and where it comes from. */
const letters = {
  P: 'prompted',
  L: 'carried forward, and locked',
  A: 'carried forward, where the object is said to be absent',
  f: 'carried forward',
  b: 'carried backward',
  r: 'by a run that went both ways',
  c: 'by a correction of the frame in the middle',
  i: 'imported',
  '0': 'carried forward, and empty',
  '.': 'no mask',
};

const runs: readonly RunRecord[] = (['forward', 'backward', 'both', 'both'] as const).map((direction, i) => ({
  id: ['f', 'b', 'r', 'c'][i]!,
  model: { name: 'synthetic', provider: 'cpu', weights: 'none' },
  direction,
  objectIds: [],
  ...{ first: 0, last: 99, stride: 1, blockSize: 120, seeding: 'memory' as const },
  ...(i === 3 ? { from: 15 } : {}),
}));

function sourceOf(letter: Letter): TrackEntry['source'] {
  if (letter === 'P') return { kind: 'prompted', of: '' };
  if (letter === 'i') return { kind: 'imported', format: 'coco' };
  const run = letter === 'b' || letter === 'r' || letter === 'c' ? letter : 'f';
  return { kind: 'propagated', run, distance: 1 };
}

/** A document with a track for each word, a letter a frame; and the video that it is of. */
function tracks(...words: readonly string[]): [AnnotationDocument, Video] {
  const frameCount = Math.max(...words.map((one) => one.length));
  const document = new AnnotationDocument({ name: 'made', width: 64, height: 48, frameCount });
  for (const run of runs) document.apply({ kind: 'add-run', run });
  words.forEach((word, n) => {
    const id = `o${n}`;
    const object = { id, number: n + 1, name: id, classId: null, color: '#2f7de1', hidden: false };
    document.apply({ kind: 'add-object', object });
    ([...word] as Letter[]).forEach((letter, frame) => {
      if (letter === '.') return;
      const [mask, area] = [`${id}-${frame}`, letter === '0' ? 0 : 9];
      const entry: TrackEntry = { mask, source: sourceOf(letter), area };
      document.apply({ kind: 'set-track', objectId: id, changes: [{ frame, entry }] });
    });
    ([...word] as Letter[]).forEach((letter, frame) => {
      const range = { id: `${id} ${frame}`, objectId: id, first: frame, last: frame };
      if (letter === 'L') document.apply({ kind: 'add-lock', lock: range });
      if (letter === 'A') document.apply({ kind: 'add-absence', absence: range });
    });
  });
  const span = (range?: readonly [number, number]): readonly [number, number] => range ?? [0, frameCount - 1];
  return [document, { frameCount, span } as Partial<Video> as Video];
}

const none: PlannedCheck = { parts: [], objectIds: [], frames: 0 };

function planOf(
  [document, video]: ReturnType<typeof tracks>,
  blockSize: number,
  range?: readonly [number, number],
): PlannedCheck {
  try {
    return planCheck(document, video, range ? { range } : {}, blockSize);
  } catch (error) {
    expect((error as Error).message).toContain('There is nothing to check here');
    return none;
  }
}

/** The plan of one track in words: each part as START>FRAMES. */
const inWords = (word: string, size = 100, range?: readonly [number, number]): string[] =>
  planOf(tracks(word), size, range).parts.map(({ objects }) => {
    const { start, frames } = objects[0]!;
    return `${start}>${frames.join(',')}`;
  });

describe('the plan of a check', () => {
  it('goes back from the last mask, or from the next prompt, to where masks came from', () => {
    expect(inWords('Pfff')).toEqual(['3>1,2']);
    expect(inWords('PfffP')).toEqual(['4>1,2,3']);
    expect(inWords('PffLff')).toEqual(['3>1,2', '5>4']);
    expect(inWords('P..fff')).toEqual(['5>3,4']);
  });

  it('goes forward over masks that were carried backward', () => {
    expect(inWords('bbbP')).toEqual(['0>1,2']);
    expect(inWords('rrrPrrr')).toEqual(['0>1,2', '6>4,5']);
    expect(inWords('PbbbP')).toEqual(['0>1,2,3']);
  });

  it('begins where two ways meet on the mask of the other side', () => {
    expect(inWords('PffbbP')).toEqual(['2>3,4', '3>1,2']);
    const correction = `P${'f'.repeat(9)}${'c'.repeat(5)}P${'c'.repeat(3)}`;
    expect(inWords(correction)).toEqual(['9>10,11,12,13,14', '10>1,2,3,4,5,6,7,8,9', '18>16,17']);
  });

  it('begins anew in each block, on the frame that two blocks share', () => {
    expect(inWords('Pffffff', 3)).toEqual(['3>1,2', '6>3,4,5']);
    expect(inWords('bbbbbbP', 3)).toEqual(['0>1,2,3', '3>4,5']);
  });

  it('keeps to a range, but begins beyond it', () => {
    expect(inWords('Pffffff', 100, [2, 4])).toEqual(['5>2,3,4']);
    expect(inWords('bbbbbP', 100, [2, 3])).toEqual(['1>2,3']);
  });

  it('begins with no mask that is empty, and goes through an absence', () => {
    expect(inWords('Pff0f')).toEqual(['4>1,2,3']);
    expect(inWords('Pff00')).toEqual(['2>1']);
    expect(inWords('PffAff')).toEqual(['5>1,2,4']);
  });

  it('does objects of a block and way together', () => {
    const { parts, frames } = planOf(tracks('Pffff', '.Pfff', 'bbbbP'), 100);
    expect(parts).toEqual([
      expect.objectContaining({ reverse: false, first: 0, last: 3 }),
      expect.objectContaining({ reverse: true, first: 1, last: 4 }),
    ]);
    expect(parts[1]!.objects.map((one) => one.id)).toEqual(['o0', 'o1']);
    expect(frames).toBe(6);
  });

  const word = fc.string({
    unit: fc.constantFrom(...(Object.keys(letters) as Letter[])),
    minLength: 1,
    maxLength: 30,
  });
  const size = fc.integer({ min: 2, max: 12 });
  const bounds = fc.tuple(fc.nat(29), fc.nat(29));

  it('compares no mask twice, and none that a person stands for, whatever tracks there are', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), size, bounds, (words, size, [a, b]) => {
        const made = tracks(...words);
        const [document, { frameCount }] = made;
        const range = [Math.min(a, b, frameCount - 1), Math.min(Math.max(a, b), frameCount - 1)] as const;
        const { parts } = planOf(made, size, range);
        const seen = new Set<string>();
        for (const { reverse, first, last, objects } of parts) {
          expect(new Set(objects.map((one) => one.id)).size).toBe(objects.length);
          for (const { id, start, frames } of objects) {
            expect(document.track(id).entryAt(start)!.area).toBeGreaterThan(0);
            expect(document.isAbsent(id, start)).toBe(false);
            for (const frame of frames) {
              expect(seen.has(`${id} ${frame}`)).toBe(false);
              seen.add(`${id} ${frame}`);
              expect(comparable(document, id, frame)).not.toBeNull();
              expect(frame).toBeGreaterThanOrEqual(range[0]);
              expect(frame).toBeLessThanOrEqual(range[1]);
              expect(reverse ? frame < start : frame > start).toBe(true);
              expect(frame >= first && frame <= last && start >= first && start <= last).toBe(true);
              expect(Math.abs(frame - start)).toBeLessThanOrEqual(2 * size);
            }
          }
        }
      }),
    );
  });

  it('compares every mask but the one at the end of what was carried', () => {
    const whole = fc.string({
      unit: fc.constantFrom<Letter>('P', 'L', 'f', 'b', '.'),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(whole, size, (word, size) => {
        const { parts } = planOf(tracks(word), size);
        const compared = parts.flatMap(({ objects }) => objects[0]!.frames).sort((a, b) => a - b);
        const expected = [...word].flatMap((letter, frame) => {
          const beyond = letter === 'f' ? word[frame + 1] : letter === 'b' ? word[frame - 1] : '.';
          return beyond === undefined || beyond === '.' ? [] : [frame];
        });
        expect(compared).toEqual(expected);
      }),
    );
  });
});
