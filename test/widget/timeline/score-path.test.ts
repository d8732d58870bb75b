import { describe, expect, it } from '@jest/globals';
import { scorePath, wholeScale } from '../../../src/widget/timeline';

const path = (scores: [number, number][], frameCount = 100, width = 1000): string =>
  scorePath(scores, wholeScale(frameCount, width), 0, 10);

describe('the line of an object’s scores', () => {
  it('is at the top for 1 and at the bottom for 0', () => {
    expect(
      path([
        [0, 1],
        [1, 0],
      ]),
    ).toBe('M12.9 0h0L22.8 10');
  });

  it('breaks where many frames are not known', () => {
    expect(
      path([
        [0, 1],
        [50, 1],
      ]),
    ).toBe('M12.9 0h0M504.9 0h0');
  });

  it('shows the worst of frames that share a place', () => {
    const many = Array.from({ length: 10_000 }, (_, i): [number, number] => [i, i === 5001 ? 0 : 1]);
    const line = path(many, 10_000);
    expect(line).toContain(' 10');
    expect(line.split('L').length).toBeLessThan(502);
  });
});
