import { expect, it } from '@jest/globals';
import { randomId } from '../../../src/widget/link';

it('random ids are 20 plain characters, and no two are alike', () => {
  const ids = Array.from({ length: 2000 }, randomId);
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-v]{20}$/);
});
