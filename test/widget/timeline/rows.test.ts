import { expect, it } from '@jest/globals';
import { distanceTo, rowAt, rowsHeight, rowsInSight, timelineRows } from '../../../src/widget/timeline';
import { featureLane, lane } from '../../support/widget-lanes';

const lanes = Array.from({ length: 30 }, (_, n) => lane(n + 1));
const rows = timelineRows(lanes, [featureLane({}), featureLane({ id: 'f2' })], 'o2');

it('the chosen object’s features follow its lane', () => {
  expect(rows.slice(0, 5).map((row) => row.kind)).toEqual([
    'object',
    'object',
    'feature',
    'feature',
    'object',
  ]);
  expect(rowsHeight(rows)).toBe(30 * 22 + 2 * 20);
  expect(rowsHeight([])).toBe(0);
});

it('of many rows only those in sight are drawn', () => {
  expect(rowsInSight(rows, 0, 88)).toHaveLength(5);
  const far = rowsInSight(rows, 600, 88);
  expect(far.at(-1)).toBe(rows.at(-1));
  expect(far.every((row) => row.top + row.height > 600)).toBe(true);
});

it('a row is found by its height', () => {
  expect(rowAt(rows, 50)?.kind).toBe('feature');
  expect(rowAt(rows, 21)).toBe(rows[0]);
  expect(rowAt(rows, 5000)).toBeNull();
});

it.each([
  [[], 5, null],
  [[10, 60], 5, 5],
  [[10, 60], 34, 24],
  [[10, 60], 36, 24],
  [[10, 60], 60, 0],
])('of prompts on %j the nearest to frame %i is %s away', (frames, frame, distance) => {
  expect(distanceTo(frames, frame)).toBe(distance);
});
