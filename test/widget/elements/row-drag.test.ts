import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RowDrag } from '../../../src/widget/elements/row-drag';

const rows = Array.from({ length: 6 }, (_, n) => ({ top: n * 28, bottom: n * 28 + 28 }));

it('a press that hardly moves is a click', () => {
  const drag = new RowDrag();
  drag.press(2, 70);
  expect(drag.move(73, rows)).toBe(false);
  expect(drag.release()).toBeNull();
});

it('a row takes the place that it was dragged to', () => {
  const drag = new RowDrag();
  drag.press(1, 40);
  drag.move(130, rows);
  expect(drag.to).toBe(4);
  expect(drag.release()).toEqual({ from: 1, to: 4 });
  drag.press(4, 126);
  drag.move(-50, rows);
  expect(drag.release()).toEqual({ from: 4, to: 0 });
});

it('a drag that is given up moves nothing', () => {
  const drag = new RowDrag();
  drag.press(1, 40);
  drag.move(140, rows);
  drag.cancel();
  expect(drag.move(10, rows)).toBe(false);
  expect(drag.release()).toBeNull();
});

it('wherever it is let go there is a place for it', () => {
  fc.assert(
    fc.property(fc.nat(5), fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1 }), (from, path) => {
      const drag = new RowDrag();
      drag.press(from, from * 28 + 14);
      path.forEach((y) => drag.move(y, rows));
      const moved = drag.release();
      if (moved) expect(moved.to >= 0 && moved.to < rows.length).toBe(true);
    }),
  );
});
