import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../../src/annotation';
import { blockBounds } from '../../../src/widget/timeline';

function run(first: number, last: number, blockSize: number): RunRecord {
  const model = { name: 'm', weights: 'w', provider: 'cpu' };
  const rest = { objectIds: ['o'], stride: 1, seeding: 'memory' } as const;
  return { id: `${first}`, model, direction: 'forward', first, last, blockSize, ...rest };
}

describe('where blocks meet', () => {
  it('is at whole multiples of the size, within the run', () => {
    expect(blockBounds([run(0, 400, 120)], []).map((one) => [one.frame, one.block])).toEqual([
      [120, 1],
      [240, 2],
      [360, 3],
    ]);
    expect(blockBounds([run(130, 200, 120)], [])).toEqual([]);
  });

  it('is where the last run put it, and elsewhere where those before did', () => {
    const bounds = blockBounds([run(0, 400, 100), run(150, 250, 40)], []);
    expect(bounds.map((one) => one.frame)).toEqual([100, 160, 200, 240, 300]);
  });

  it('says how the worst object agrees there', () => {
    const seam = (objectId: string, iou: number) => ({ objectId, frame: 120, iou, run: '0' });
    const [bound] = blockBounds([run(0, 400, 120)], [seam('a', 0.9), seam('b', 0.7)]);
    expect(bound!.seam).toEqual({ iou: 0.7, objects: 2 });
  });
});
