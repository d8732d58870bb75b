import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SessionError } from '../../../src/errors';
import { emptyRecords } from '../../../src/annotation';
import type { CanvasRequest, CoverageView, DocumentView, RunView, WaitingRun } from '../../../src/protocol';
import type { RequestSender } from '../../../src/widget/link';
import { RunDesk } from '../../../src/widget/controllers/run-desk';

const video = { name: 'v', width: 10, height: 10, pixelAspect: 1, frameCount: 50, frameRate: 25 };
const run: RunView = {
  id: 'r1',
  direction: 'forward',
  objectIds: ['a'],
  range: null,
  from: null,
  total: 49,
  done: 3,
  frame: 3,
  framesPerSecond: null,
  secondsLeft: null,
};

function documentWith(...objectIds: string[]): DocumentView {
  return {
    ...emptyRecords,
    version: 1,
    lastNumber: 2,
    prompts: objectIds.map((objectId, n) => ({
      id: `p${n}`,
      objectId,
      frame: 0,
      kind: 'point',
      x: 1,
      y: 1,
      positive: true,
    })),
  };
}

describe('runs', () => {
  let asked: CanvasRequest[];
  let answer: (body: CanvasRequest) => Promise<unknown>;
  let document: DocumentView;
  let running: RunView | null;
  let waiting: readonly WaitingRun[];
  let range: readonly [number, number] | null;
  let failures: string[];
  let coverage: readonly CoverageView[];
  let desk: RunDesk;

  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
    failures = [];
    coverage = [];
    document = documentWith('a', 'b');
    running = null;
    waiting = [];
    range = null;
    answer = async () => ({ frames: 49, objects: 2, seconds: 10, text: '49 frames, 2 objects, about 10 s' });
    const request = (async (body: CanvasRequest) => {
      asked.push(body);
      return { value: await answer(body), buffers: [] };
    }) as unknown as RequestSender;
    desk = new RunDesk({
      request,
      document: () => document,
      video: () => video,
      run: () => running,
      waiting: () => waiting,
      coverage: () => coverage,
      range: () => range,
      failed: (error) => failures.push(error.message),
      changed: () => undefined,
    });
  });
  afterEach(() => {
    desk.dispose();
    jest.useRealTimers();
  });

  it('have their cost forecast once the choices have rested', async () => {
    desk.refresh();
    desk.direction = 'both';
    desk.refresh();
    range = [10, 20];
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    expect(asked).toEqual([{ kind: 'forecast', options: { direction: 'both', range: [10, 20] } }]);
    expect(desk.forecast?.seconds).toBe(10);
  });

  it('are not forecast again while nothing has changed', async () => {
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(1);
    document = documentWith('a', 'b', 'c');
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(2);
  });

  it('are forecast again when a mask has come, and after a run, which tells how fast it goes here', async () => {
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    coverage = [{ objectId: 'a', runs: [{ first: 0, last: 0, kind: 'prompted' }], outdated: [] }];
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(2);
    running = run;
    desk.refresh();
    running = null;
    const carried = { first: 1, last: 49, kind: 'propagated' } as const;
    coverage = [{ objectId: 'a', runs: [...coverage[0]!.runs, carried], outdated: [] }];
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(3);
  });

  it('can start though the forecast failed', async () => {
    answer = () => Promise.reject(new SessionError('No.'));
    desk.refresh();
    await jest.advanceTimersByTimeAsync(300);
    expect(desk.forecast).toBeNull();
    expect(failures).toEqual([]);
    expect(desk.obstacle).toBeNull();
  });

  it('are followed by a check of one object or all, of which one is under way or waits at a time', async () => {
    range = [5, 9];
    desk.check('b');
    desk.check('b');
    await jest.advanceTimersByTimeAsync(1);
    expect(desk.checking).toBe(false);
    range = null;
    desk.check(null);
    await jest.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([
      { kind: 'check', options: { objectIds: ['b'], range: [5, 9] } },
      { kind: 'check', options: {} },
    ]);
    waiting = [{ id: 'check 1', direction: 'both', objectIds: null, range: null, from: null, checks: true }];
    desk.check(null);
    expect([desk.checking, asked.length]).toEqual([true, 2]);
    // A check that waits is not the propagation that is asked for.
    desk.propagate('both');
    expect(asked.at(-1)).toEqual({ kind: 'propagate', options: { direction: 'both' } });
  });

  it('start with direction, range and the chosen objects', async () => {
    desk.scope = ['b'];
    range = [5, 9];
    desk.propagate('backward');
    expect(asked).toEqual([
      { kind: 'propagate', options: { direction: 'backward', objectIds: ['b'], range: [5, 9] } },
    ]);
    expect(desk.direction).toBe('backward');
    expect(desk.starting).toBe(true);
    await jest.advanceTimersByTimeAsync(1);
    expect(desk.starting).toBe(false);
  });

  it('do not start twice before the kernel has answered', () => {
    desk.propagate();
    desk.propagate();
    expect(asked).toHaveLength(1);
    document = documentWith();
    expect(desk.obstacle).toMatch(/about to start/);
  });

  it('are asked for while one is under way, and wait or replace it as the user says', async () => {
    running = run;
    expect(desk.obstacle).toBeNull();
    desk.propagate('backward');
    await jest.advanceTimersByTimeAsync(1);
    desk.propagate('forward', true);
    expect(asked).toEqual([
      { kind: 'propagate', options: { direction: 'backward' } },
      { kind: 'propagate', options: { direction: 'forward' }, when: 'replace' },
    ]);
  });

  it('do not wait twice for the same, but another does', async () => {
    running = run;
    waiting = [{ id: 'r2', direction: 'forward', objectIds: null, range: [5, 9], from: null }];
    range = [5, 9];
    expect(desk.waitsAlready).toBe(true);
    desk.propagate();
    expect(asked).toEqual([]);
    desk.correct('a', 4);
    await jest.advanceTimersByTimeAsync(1);
    desk.propagate('both');
    expect(asked).toEqual([
      { kind: 'propagate', options: { direction: 'both', objectIds: ['a'], from: 4 } },
      { kind: 'propagate', options: { direction: 'both', range: [5, 9] } },
    ]);
  });

  it('are not forecast while one is under way, whose every frame would change it', async () => {
    running = run;
    desk.refresh();
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
  });

  it('leave the queue, and begin before their turn', () => {
    desk.drop('r2');
    desk.startNow('r3');
    expect(asked).toEqual([
      { kind: 'cancel', runId: 'r2' },
      { kind: 'start-now', runId: 'r3' },
    ]);
  });

  it('say what is missing when there is no prompt', () => {
    document = documentWith();
    expect(desk.obstacle).toMatch(/click on an object/);
    desk.propagate();
    expect(asked).toEqual([]);
  });

  it('that had ended before the wish to cancel arrived are no failure', async () => {
    answer = () => Promise.reject(new SessionError('There is no run “r1”.'));
    running = run;
    desk.cancel();
    running = { ...run, id: 'r2' };
    await jest.advanceTimersByTimeAsync(1);
    expect(failures).toEqual([]);
  });

  it("say why the kernel refused, in the kernel's words", async () => {
    answer = () => Promise.reject(new SessionError('A run is under way already. Cancel it first.'));
    desk.propagate();
    await jest.advanceTimersByTimeAsync(1);
    expect(failures).toEqual(['A run is under way already. Cancel it first.']);
    expect(desk.starting).toBe(false);
  });

  it('are cancelled once, and only while there is one', async () => {
    desk.cancel();
    expect(asked).toEqual([]);
    running = run;
    desk.cancel();
    desk.cancel();
    expect(asked).toEqual([{ kind: 'cancel', runId: 'r1' }]);
    expect(desk.cancelling).toBe(true);
    running = { ...run, id: 'r2' };
    expect(desk.cancelling).toBe(false);
    desk.cancel();
    expect(asked.at(-1)).toEqual({ kind: 'cancel', runId: 'r2' });
  });

  it('are for all objects again when the chosen ones have lost their prompts', () => {
    desk.scope = ['b'];
    expect(desk.scope).toEqual(['b']);
    document = documentWith('a');
    expect(desk.scope).toBe('all');
    document = documentWith('a', 'b');
    desk.scope = ['a', 'b'];
    expect(desk.scope).toBe('all');
  });
});
