import { describe, expect, it } from '@jest/globals';
import type { RangeRecord } from '../../../src/annotation';
import { menuSections, spanText } from '../../../src/widget/timeline';
import type { MenuFacts } from '../../../src/widget/timeline';
import { lane } from '../../support/widget-lanes';

const facts: MenuFacts = {
  objects: [lane(1).object, lane(2).object],
  locks: [],
  absences: [],
  barriers: [],
  range: null,
  frameCount: 100,
  obstacle: null,
};
const at = { objectId: 'o1', frame: 40, feature: null };
const labels = (more: Partial<MenuFacts>, place = at): string[] =>
  menuSections(place, { ...facts, ...more }).flatMap((one) => one.items.map((item) => item.label));
const range = (first: number, last: number): RangeRecord => ({ id: 'r', objectId: 'o1', first, last });

describe('the menu at a place of the timeline', () => {
  it('is about the range when it was asked for inside, else about the frame', () => {
    const titles = (frame: number): string[] =>
      menuSections({ ...at, frame }, { ...facts, range: [30, 60] }).map((one) => one.title);
    expect(titles(40)).toEqual([
      'bird 1, frames 30 to 60',
      'bird 1, from frame 40 on',
      'The range, frames 30 to 60',
    ]);
    expect(titles(70)[0]).toBe('bird 1, frame 70');
  });

  it('offers to lock what is not locked, and to unlock what is, also in part', () => {
    expect(labels({})).toContain('Lock');
    expect(labels({})).not.toContain('Unlock');
    expect(labels({ locks: [range(0, 99)] })).not.toContain('Lock');
    const part = labels({ locks: [range(0, 35)], range: [30, 60] });
    expect(part).toEqual(expect.arrayContaining(['Lock', 'Unlock']));
    expect(labels({ absences: [range(40, 40)] })).toEqual(expect.arrayContaining(['Present again']));
  });

  it('says why nothing can be propagated now', () => {
    const [, , last] = menuSections(at, { ...facts, range: [30, 60], obstacle: 'A run is under way.' });
    expect(last!.items[0]).toMatchObject({ label: 'Propagate here', off: 'A run is under way.' });
  });

  it('swaps with each other object from this frame on', () => {
    const swap = menuSections(at, facts)[1]!.items[0]!;
    expect(swap.command).toEqual({ do: 'swap-objects', objectId: 'o1', otherId: 'o2', from: 40 });
  });

  it('without an object is about the frame alone', () => {
    expect(menuSections({ ...at, objectId: null }, facts).map((one) => one.title)).toEqual(['Frame 40']);
  });

  it('sets the ends of a range without turning it round', () => {
    const commands = menuSections(at, { ...facts, range: [60, 80] }).flatMap((one) =>
      one.items.map((item) => item.command),
    );
    expect(commands).toEqual(
      expect.arrayContaining([
        { do: 'set-range', range: [40, 80] },
        { do: 'set-range', range: [0, 40] },
      ]),
    );
  });
});

it('a span of frames in words', () => {
  expect([spanText([7, 7]), spanText([7, 1200])]).toEqual(['frame 7', 'frames 7 to 1\u202f200']);
});
