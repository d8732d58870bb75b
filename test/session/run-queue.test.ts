import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SessionError } from '../../src/errors';
import type { Run } from '../../src/session';
import { RunQueue } from '../../src/session/run-queue';
import type { RunJob, WhenBusy } from '../../src/session/run-queue';

/** A run whose end the test decides on. */
interface Made {
  readonly id: string;
  readonly run: Run<number, string>;
  begun: boolean;
  end(how: 'done' | 'failed'): void;
}

class Bench {
  readonly failures: number[] = [];
  shown: readonly string[] = [];
  readonly order: string[] = [];
  readonly made: Made[] = [];
  readonly queue: RunQueue = new RunQueue({
    changed: () => (this.shown = this.queue.waiting.map((one) => one.id)),
    failed: (_error, left) => this.failures.push(left),
  });
  #active = 0;

  add(when: WhenBusy): Made {
    const id = `run ${this.made.length + 1}`;
    let end!: Made['end'];
    const ended = new Promise<'done' | 'failed'>((resolve) => (end = resolve));
    const job: RunJob<number, string> = {
      wanted: { id, direction: 'forward', objectIds: null, range: null, from: null },
      begin: async (report, signal) => {
        made.begun = true;
        this.order.push(id);
        expect(++this.#active).toBe(1);
        report(1);
        const cancelled = new Promise<'cancelled'>((resolve) => {
          if (signal.aborted) resolve('cancelled');
          signal.addEventListener('abort', () => resolve('cancelled'));
        });
        const how = await Promise.race([ended, cancelled]);
        this.#active--;
        if (how === 'failed') throw new SessionError('It failed.');
        return how;
      },
      notBegun: () => 'not begun',
    };
    const made: Made = { id, run: this.queue.add(job, when), begun: false, end };
    this.made.push(made);
    return made;
  }
}

/** Lets everything happen that follows by itself. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the queue of runs', () => {
  it('does one at a time, in the order asked for, whatever is cancelled, replaced or fails', async () => {
    const act = fc.oneof(
      fc
        .constantFrom('wait', 'replace', 'refuse', 'done', 'failed', 'cancel')
        .map((what) => ({ what, at: 0 })),
      fc.record({ what: fc.constantFrom('remove', 'start-now'), at: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const bench = new Bench();
        // What should be: the run under way, and those that wait.
        let current: string | null = null;
        let waiting: string[] = [];
        const results = new Map<string, string>();
        const next = (): void => {
          current = waiting.shift() ?? null;
        };
        for (const { what, at } of acts) {
          const running = bench.made.find((one) => one.id === current);
          const target = waiting[at];
          if (what === 'wait' || what === 'replace' || what === 'refuse') {
            const { id } = bench.add(what);
            if (what === 'refuse' && current !== null) results.set(id, 'error');
            else if (what === 'replace') {
              waiting.unshift(id);
              if (current !== null) results.set(current, 'cancelled');
              next();
            } else {
              waiting.push(id);
              if (current === null) next();
            }
          } else if ((what === 'done' || what === 'failed') && running) {
            running.end(what);
            results.set(running.id, what === 'done' ? 'done' : 'error');
            next();
          } else if (what === 'cancel' && current !== null) {
            void bench.queue.cancelCurrent();
            results.set(current, 'cancelled');
            next();
          } else if (what === 'remove' && target !== undefined) {
            void bench.queue.cancel(target);
            results.set(target, 'not begun');
            waiting = waiting.filter((one) => one !== target);
          } else if (what === 'start-now' && target !== undefined) {
            void bench.queue.startNow(target);
            results.set(current!, 'cancelled');
            waiting = [target, ...waiting.filter((one) => one !== target)];
            next();
          }
          await settle();
          expect(bench.queue.current?.id ?? null).toBe(current);
          expect(bench.queue.waiting.map((one) => one.id)).toEqual(waiting);
          expect(bench.shown).toEqual(waiting);
        }
        await bench.queue.cancelAll();
        if (current !== null) results.set(current, 'cancelled');
        waiting.forEach((id) => results.set(id, 'not begun'));
        expect(bench.queue.busy).toBe(false);
        for (const { id, run, begun } of bench.made) {
          const result = await Promise.resolve(run).catch(() => 'error');
          expect([id, result]).toEqual([id, results.get(id)]);
          if (result === 'not begun') expect(begun).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('ends the loop over a run that is cancelled while it waits, without a step', async () => {
    const bench = new Bench();
    const first = bench.add('wait');
    const second = bench.add('wait');
    const steps: number[] = [];
    const read = (async () => {
      for await (const step of second.run) steps.push(step);
    })();
    await second.run.cancel();
    await read;
    expect(steps).toEqual([]);
    expect(first.begun && !second.begun).toBe(true);
    first.end('done');
    expect(await first.run).toBe('done');
  });

  it('begins nothing while it is held, and goes on after it', async () => {
    const bench = new Bench();
    const first = bench.add('wait');
    const second = bench.add('wait');
    await bench.queue.hold(async () => {
      first.end('done');
      await first.run;
      await settle();
      expect(second.begun).toBe(false);
      expect(bench.queue.busy).toBe(true);
    });
    await settle();
    expect(second.begun).toBe(true);
    second.end('done');
    await second.run;
  });

  it('says who failed and how many go on, and refuses names it does not know', async () => {
    const bench = new Bench();
    const first = bench.add('wait');
    const second = bench.add('wait');
    first.end('failed');
    await expect(Promise.resolve(first.run)).rejects.toThrow('It failed.');
    await settle();
    expect(bench.failures).toEqual([1]);
    expect(second.begun).toBe(true);
    await expect(bench.queue.cancel('run 9')).rejects.toThrow('There is no run “run 9” under way or waiting');
    second.end('done');
    await second.run;
  });
});
