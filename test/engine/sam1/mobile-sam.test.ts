import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { dataFolder } from '../../support/davis';

// The real MobileSAM on real pictures. It runs in a process of its own, as it does in the product.

const root = resolve(__dirname, '..', '..', '..');

interface Report {
  readonly click: number;
  readonly box: number;
  readonly refined: number;
  readonly given: number;
  readonly farAway: { readonly closer: number; readonly whole: number };
  readonly tracked: readonly number[];
  readonly lost: number;
}

function report(sequence: string, frames: number): Report {
  const script = resolve(root, 'test', 'support', 'track-davis.cjs');
  return JSON.parse(
    execFileSync(process.execPath, [script, dataFolder(), sequence, String(frames)], { encoding: 'utf8' }),
  ) as Report;
}

describe.each([
  ['bear', 0.93],
  ['blackswan', 0.92],
])('MobileSAM on %s', (sequence, least) => {
  const measured = report(sequence, 4);

  it('draws a box’s object, and a click’s', () => {
    expect(measured.box).toBeGreaterThan(0.88);
    expect(measured.click).toBeGreaterThan(0.5);
  });

  it('draws it much better where it is small, by looking at it closer', () => {
    expect(measured.farAway.closer).toBeGreaterThan(0.8);
    expect(measured.farAway.closer).toBeGreaterThan(measured.farAway.whole + 0.03);
  });

  it('is better after a second click where the first was wrong', () => {
    expect(measured.refined).toBeGreaterThanOrEqual(measured.click - 0.02);
  });

  it('takes a mask that is given as it is', () => {
    expect(measured.given).toBe(1);
  });

  it('follows it from frame to frame', () => {
    const mean = measured.tracked.reduce((sum, one) => sum + one, 0) / measured.tracked.length;
    expect(mean).toBeGreaterThan(least);
  });

  it('says that it is gone on a picture without it', () => {
    expect(measured.lost).toBeLessThan(0.02);
  });
});
