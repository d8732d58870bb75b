import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LookBefore } from '../../src/kernel/look-before';
import { startPlace } from '../../src/protocol';

// What is looked at for a user who moves about, on a clock of the test's own.

let looked: string[];
let place: { frame: number; objectId: string | null };
let session: {
  running: boolean;
  readOnly: string | null;
  lookBefore: (objectId: string | null, frame: number) => Promise<void>;
};
let before: LookBefore;

beforeEach(() => {
  jest.useFakeTimers();
  looked = [];
  place = { frame: 0, objectId: null };
  session = {
    running: false,
    readOnly: null,
    lookBefore: async (objectId, frame) => {
      looked.push(`${frame} ${objectId}`);
    },
  };
  before = new LookBefore({
    session,
    place: () => ({ ...startPlace, ...place }),
  });
});
afterEach(() => {
  jest.useRealTimers();
});

async function goTo(frame: number, objectId: string | null = null, stay = 0): Promise<void> {
  place = { frame, objectId };
  before.touch();
  await jest.advanceTimersByTimeAsync(stay);
}

describe('the frame that a user stays on', () => {
  it('is looked at before it is clicked, for the object that is chosen', async () => {
    await goTo(7, 'heron', 1000);
    expect(looked).toEqual(['7 heron']);
  });

  it('is not one of those that are only passed', async () => {
    for (let frame = 0; frame < 30; frame++) await goTo(frame, null, 40);
    expect(looked).toEqual([]);
    await jest.advanceTimersByTimeAsync(1000);
    expect(looked).toEqual(['29 null']);
  });

  it('waits for the one that is being looked at, and only the latest is looked at then', async () => {
    let finish = (): void => undefined;
    const first = new Promise<void>((resolve) => (finish = resolve));
    const { lookBefore } = session;
    session.lookBefore = async (objectId, frame) => {
      await lookBefore(objectId, frame);
      if (frame === 1) await first;
    };
    await goTo(1, null, 400);
    await goTo(2, null, 2000);
    await goTo(3, null, 2000);
    expect(looked).toEqual(['1 null']);
    finish();
    await jest.advanceTimersByTimeAsync(1000);
    expect(looked).toEqual(['1 null', '3 null']);
  });

  it('is left alone while a run goes on, and where nothing can be changed', async () => {
    session.running = true;
    await goTo(1, null, 1000);
    session.running = false;
    session.readOnly = 'Someone has it open.';
    await goTo(2, null, 1000);
    expect(looked).toEqual([]);
  });

  it('can fail to be looked at without a word: a click there says what is wrong', async () => {
    session.lookBefore = () => Promise.reject(new Error('no model'));
    await goTo(1, null, 1000);
    session.lookBefore = async (_, frame) => void looked.push(String(frame));
    await goTo(2, null, 1000);
    expect(looked).toEqual(['2']);
  });

  it('is forgotten with the canvas', async () => {
    await goTo(1);
    before.dispose();
    before.touch();
    await jest.advanceTimersByTimeAsync(1000);
    expect(looked).toEqual([]);
  });
});
