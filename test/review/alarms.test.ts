import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkAlarms, checkStretches, seamAlarms } from '../../src/review';
import { alarmsOf, figuresOf, walk } from '../support/review-track';
import type { Place } from '../support/review-track';

const shown = (tracks: Record<string, readonly Place[]>, vouched?: readonly number[]): unknown[] =>
  alarmsOf(tracks, vouched).map(({ kind, sign, objectId, frame }) => [kind, sign, objectId, frame]);

const changed = (track: readonly Place[], from: number, to: number, place: (n: number) => Place): Place[] =>
  track.map((one, n) => (n >= from && n <= to ? place(n) : one));

describe('alarms', () => {
  it('are not raised by an object that walks and breathes', () => {
    expect(shown({ heron: walk(40), swan: walk(40, 44) })).toEqual([]);
  });

  it('are raised for absence where a whole object is gone from one frame to the next', () => {
    const heron = changed(walk(40), 17, 20, () => 'empty');
    expect(shown({ heron })).toEqual([['absence', 'gone', 'heron', 17]]);
  });

  it('are not raised for an object that walks out of the picture', () => {
    const heron = Array.from({ length: 30 }, (_, n): Place => {
      const x = 60 + 2 * n;
      return x < 96 ? [x, 20, 14, 16] : 'empty';
    });
    expect(alarmsOf({ heron }).filter((one) => one.kind === 'absence')).toEqual([]);
  });

  it('are raised for frames that a run left out, and not for those that no run has reached', () => {
    expect(shown({ heron: changed(walk(40), 17, 20, () => null) })).toEqual([
      ['absence', 'hole', 'heron', 17],
    ]);
    expect(shown({ heron: changed(walk(40), 17, 39, () => null) })).toEqual([]);
  });

  it('are raised for drift where the area jumps, and where the place does', () => {
    const grown = changed(walk(40), 22, 39, (n) => [4 + n, 14, 22, 28]);
    expect(shown({ heron: grown })).toEqual([['drift', 'area', 'heron', 22]]);
    const moved = changed(walk(40), 22, 39, (n) => [8 + n, 34, 14, 16 + (n % 2)]);
    expect(shown({ heron: moved })).toEqual([['drift', 'place', 'heron', 22]]);
  });

  it('are raised once where an area creeps away', () => {
    const heron = walk(70).map((one, n): Place => {
      const more = Math.max(0, Math.min(24, n - 40));
      return one === null || one === 'empty' ? one : [one[0], one[1], one[2], one[3] + more];
    });
    const kinds = shown({ heron });
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds.every((one) => (one as unknown[])[1] === 'creep')).toBe(true);
  });

  it('are raised for a swap once, though both objects are in the other’s place', () => {
    const [a, b] = [walk(40, 8), walk(40, 40)];
    const tracks = {
      heron: changed(a, 20, 39, (n) => b[n]!),
      swan: changed(b, 20, 39, (n) => a[n]!),
    };
    const alarms = alarmsOf(tracks).filter((one) => one.kind === 'swap');
    expect(alarms.map(({ objectId, otherId, frame }) => [objectId, otherId, frame])).toEqual([
      ['heron', 'swan', 20],
    ]);
  });

  it('are raised where two objects come to have the same pixels', () => {
    const swan = walk(40, 40);
    const heron = changed(walk(40, 8), 20, 39, (n) => swan[n]!);
    const swaps = alarmsOf({ heron, swan }).filter((one) => one.kind === 'swap');
    expect(swaps[0]).toMatchObject({ objectId: 'heron', otherId: 'swan', frame: 20 });
  });

  it('do not bear on masks that the user vouched for: the frame beside them is the one to look at', () => {
    const heron = changed(walk(40), 22, 39, (n) => [4 + n, 14, 22, 28]);
    expect(shown({ heron }, [0, 22])).toEqual([['drift', 'area', 'heron', 21]]);
    expect(shown({ heron }, [0, 21, 22])).toEqual([]);
    const gone = changed(walk(40), 17, 20, () => 'empty');
    expect(shown({ heron: gone }, [0, 17, 18, 19, 20])).toEqual([]);
  });

  it('are the same whatever the size of the picture', () => {
    const place = fc.record({ at: fc.integer({ min: 8, max: 30 }), length: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(place, fc.constantFrom('empty', 'grown', 'moved'), ({ at, length }, what) => {
        const heron = changed(walk(40), at, at + length, (n) =>
          what === 'empty' ? 'empty' : what === 'grown' ? [4 + n, 14, 22, 28] : [8 + n, 34, 14, 16],
        );
        const [small, large] = [alarmsOf({ heron }), alarmsOf({ heron }, [0], 3)];
        expect(large.map(({ sign, frame }) => [sign, frame])).toEqual(
          small.map(({ sign, frame }) => [sign, frame]),
        );
        expect(small.length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what runs record', () => {
  it('is an alarm where two blocks disagree', () => {
    const seam = { objectId: 'heron', frame: 120, run: 'run 1' };
    const alarms = seamAlarms([
      { ...seam, iou: 0.2 },
      { ...seam, frame: 240, iou: 0.97 },
    ]);
    expect(alarms.map((one) => [one.kind, one.frame, one.after])).toEqual([['seam', 120, 0.2]]);
  });

  it('is one alarm a stretch of disagreement, at the worst frame, for as long as the masks are those checked', () => {
    const table = figuresOf({ heron: walk(40) }).get('heron')!;
    const ious = [1, 1, 0.9, 0.4, 0.2, 0.3, 0.9, 0.5, 1, 1, 1, 1, 1, 0.1];
    ious.forEach((checked, frame) => table.set(frame, { ...table.at(frame)!, checked }));
    expect(checkStretches(table, { checkIou: 0.6 })).toEqual([
      { first: 3, last: 7, frame: 4, iou: 0.2 },
      { first: 13, last: 13, frame: 13, iou: 0.1 },
    ]);
    expect(checkAlarms(table, 'heron').map(({ frame, span }) => [frame, span])).toEqual([
      [4, [3, 7]],
      [13, [13, 13]],
    ]);
    ious.forEach((_, frame) => table.set(frame, { ...table.at(frame)!, checked: null }));
    expect(checkAlarms(table, 'heron')).toEqual([]);
  });
});
