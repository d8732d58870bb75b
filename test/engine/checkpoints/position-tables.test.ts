import { describe, expect, it } from '@jest/globals';
import { positionTable, seededTensor } from '../../../src/engine/checkpoints';

// Numbers from torch 2.9.1 and numpy 2.4.6, by models/export (graphs.py: the `gen_` buffers; seeded_weights.py).

function close(found: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((one, i) => expect(found[i]).toBeCloseTo(one, 6));
}

describe('position tables', () => {
  it('tell a place’s row and column by waves of growing length (SAM 2’s PositionEmbeddingSine)', () => {
    const table = positionTable('memory-sine', [64, 16]);
    close(table.subarray(0, 3), [0.7071067094802856, 0.7071068286895752, 0.07845908403396606]);
    close(table.subarray(9 * 16, 9 * 16 + 3), [1.0, 1.9470718370939721e-7, 0.15643444657325745]);
  });

  it('rotate pairs of channels by column, then by row (SAM 2’s compute_axial_cis)', () => {
    const table = positionTable('rope-cos', [64, 32]);
    close(table.subarray(32, 35), [0.5403022766113281, 0.8460091352462769, 0.9504152536392212]);
  });

  it('leave EdgeTAM’s placeless latents alone', () => {
    expect(
      [...positionTable('perceiver-rope-cos', [32, 32]).subarray(0, 16 * 32)].every((one) => one === 1),
    ).toBe(true);
    expect(
      [...positionTable('perceiver-rope-sin', [32, 32]).subarray(0, 16 * 32)].every((one) => one === 0),
    ).toBe(true);
    expect(
      [...positionTable('perceiver-sine', [32, 16]).subarray(0, 16 * 16)].every((one) => one === 0),
    ).toBe(true);
  });

  it('are the same table with channels first', () => {
    const rows = positionTable('sine', [1, 16, 8]);
    const channels = positionTable('sine-channels-first', [1, 8, 4, 4]);
    for (let place = 0; place < 16; place++)
      for (let channel = 0; channel < 8; channel++)
        expect(channels[channel * 16 + place]).toBe(rows[place * 8 + channel]);
  });
});

describe('seeded weights', () => {
  it('are the bits that models/export makes', () => {
    close(
      seededTensor('no_mem_embed', [1, 1, 64]).subarray(0, 3),
      [0.6264758706092834, -1.5049736499786377, 0.25033628940582275],
    );
    close(
      seededTensor('a.b.weight', [4, 8]).subarray(0, 3),
      [0.19001507759094238, -0.44528263807296753, -0.28430789709091187],
    );
  });
});
